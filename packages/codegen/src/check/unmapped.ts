import type { Document, PathItem } from '@org/openapi';
import { readErrors } from '../infer/read-errors.ts';
import { typeName } from '../model/names.ts';
import { locatedKeywordNodes } from '../read/keyword-nodes.ts';
import { isIgnored, readClient } from '../read/read-client.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

/** Parts of a document that are not generated. */
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
    const methods = ['head', 'options', 'trace', 'query'].filter((name) =>
      Object.hasOwn(item, name),
    );
    const { additionalOperations = {} } = item as { additionalOperations?: object };
    const further = Object.keys(additionalOperations).map((name) => ['additionalOperations', name]);
    for (const place of [...methods.map((name) => [name]), ...further])
      listed.add(
        'method',
        ['paths', path, ...place],
        `${place.at(-1)?.toUpperCase()} ${path} is not generated.`,
      );
    checkItem(path, item, problems);
  }
  for (const { id, object, pointer } of operations) {
    if (isIgnored(object)) {
      listed.add(
        'ignored-operation',
        [...pointer, 'x-client', 'ignore'],
        `\`${id}\` has no method in the client, as its \`x-client.ignore\` says. The mock serves it.`,
      );
      continue;
    }
    for (const name of Object.keys(object.callbacks ?? {}))
      listed.add(
        'callbacks',
        [...pointer, 'callbacks', name],
        `The callback \`${name}\` of \`${id}\` is not generated.`,
      );
  }
}

/** A reference whose target depends on the schema that contains it. */
export function listDynamicReferences(document: Document, { listed }: Findings): void {
  for (const { value, path } of locatedKeywordNodes(document)) {
    if (typeof value['$dynamicRef'] !== 'string') continue;
    listed.add(
      'dynamic-reference',
      [...path, '$dynamicRef'],
      `\`$dynamicRef: ${value['$dynamicRef']}\` is not followed: its type is \`unknown\`.`,
    );
  }
}

/** Redocly does not resolve a reference beside other keys. */
function checkItem(path: string, item: PathItem, problems: Findings['problems']): void {
  if (!Object.hasOwn(item, '$ref')) return;
  problems.add(
    'path-reference',
    ['paths', path, '$ref'],
    `The path \`${path}\` refers to another path of this document, which is not supported. Write its operations here.`,
  );
}

/** Errors have a type if the document describes them. */
export function checkErrors(document: Document, { listed }: Findings): void {
  const { types } = readErrors(document);
  if (types.length === 0)
    listed.add(
      'error-object',
      ['paths'],
      'No error response has a JSON body with a named schema: `error.error` is `unknown` in the client.',
    );
  const clashing = Object.keys(document.components?.schemas ?? {}).find(
    (name) => typeName(name) === 'ErrorObject',
  );
  if (clashing === undefined || types.join() === 'ErrorObject') return;
  listed.add(
    'error-object',
    ['components', 'schemas', clashing],
    `The type \`ErrorObject\` is that of the schema \`${clashing}\`. The type of the API's errors is \`${readClient(document).name}.ErrorObject\`.`,
  );
}
