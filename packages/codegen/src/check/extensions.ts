import type { Document, ParameterObject, Pointer } from '@org/openapi';
import { locatedKeywordNodes } from '../read/keyword-nodes.ts';
import { isOption, rootKeys } from '../read/read-client.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

const optionKeys = ['option', 'env'];

/** `x-client` and its keys in places where they have no effect: most often a misspelling. */
export function checkExtensions(
  document: Document,
  operations: readonly Operation[],
  pages: ReadonlySet<string>,
  { problems }: Findings,
): void {
  const read = new Map<string, readonly string[]>([['', rootKeys]]);
  for (const name of Object.keys(document.components?.securitySchemes ?? {}))
    read.set(keyOf(['components', 'securitySchemes', name]), optionKeys);
  for (const { pointer } of operations) read.set(keyOf(pointer), ['page']);
  for (const node of locatedKeywordNodes(document)) {
    const { 'x-client': given } = node.value;
    if (given === undefined) continue;
    const { path } = node;
    const at = [...path, 'x-client'];
    const isHeader = node.value['in'] === 'header';
    const keys = read.get(keyOf(path)) ?? (isHeader ? optionKeys : undefined);
    if (!keys) {
      problems.add(
        'x-client',
        at,
        '`x-client` has no effect here. It is read at the root of the document, on operations, on security schemes and on header parameters.',
      );
      continue;
    }
    if (isHeader && !isOption(node.value as unknown as ParameterObject))
      problems.add(
        'x-client',
        at,
        '`x-client` of a header parameter must name the `option` of the client: `x-client: { option: tenant }`.',
      );
    const unknown = Object.keys(given ?? {}).find((key) => !keys.includes(key));
    if (unknown !== undefined)
      problems.add(
        'x-client',
        [...at, unknown],
        `\`x-client\` has the unknown key \`${unknown}\`. The keys here are ${keys.join(', ')}.`,
      );
  }
  for (const { id, object, pointer } of operations) {
    const { page } = (object['x-client'] ?? {}) as { page?: unknown };
    if (page === undefined || pages.has(id)) continue;
    problems.add(
      'x-client',
      [...pointer, 'x-client', 'page'],
      `\`x-client.page\` says how a list is paged, and \`${id}\` does not return a list.`,
    );
  }
}

function keyOf(pointer: Pointer): string {
  return pointer.join('\n');
}
