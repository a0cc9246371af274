import { type Document, type PathItem, shapeOf } from '@org/openapi';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Parts of a document that nothing is generated from. */
export function listUnmapped(
  document: Document,
  operations: readonly Operation[],
  { problems, listed }: Findings,
): void {
  for (const key of ['webhooks', 'x-webhooks'] as const) {
    for (const name of Object.keys(document[key] ?? {}))
      listed.add('webhooks', [key, name], `The webhook \`${name}\` is not generated.`);
  }
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ['head', 'options', 'trace', 'query', 'additionalOperations']) {
      if (Object.hasOwn(item, method))
        listed.add(
          'method',
          ['paths', path, method],
          `${method.toUpperCase()} ${path} is not generated.`,
        );
    }
    checkItem(path, item, problems);
  }
  for (const { id, object, pointer } of operations) {
    for (const name of Object.keys(object.callbacks ?? {}))
      listed.add(
        'callbacks',
        [...pointer, 'callbacks', name],
        `The callback \`${name}\` of \`${id}\` is not generated.`,
      );
  }
}

/** Redocly leaves a reference beside other keys where it is. */
function checkItem(path: string, item: PathItem, problems: Findings['problems']): void {
  if (!Object.hasOwn(item, '$ref')) return;
  problems.add(
    'path-reference',
    ['paths', path, '$ref'],
    `The path \`${path}\` refers to another one of this document, which is not followed. Write its operations here.`,
  );
}

/** The client's errors have the fields of this schema. */
export function checkErrors(document: Document, { problems }: Findings): void {
  const schema = document.components?.schemas?.['ErrorObject'];
  const shape = shapeOf(document, schema);
  const missing = ['message', 'type', 'param', 'code'].filter((name) => !shape.has(name));
  if (missing.length === 0) return;
  problems.add(
    'error-object',
    schema ? ['components', 'schemas', 'ErrorObject'] : ['components'],
    `The client's errors need a schema \`ErrorObject\` with ${missing.map((name) => `\`${name}\``).join(', ')}. Add ${schema ? 'them' : 'it to the components'}.`,
  );
}
