import {
  type Document,
  formatPointer,
  type ParameterObject,
  type Pointer,
  type Problems,
} from '@org/openapi';
import { locatedKeywordNodes } from '../read/keyword-nodes.ts';
import { isOption, rootKeys } from '../read/read-client.ts';
import { ignoredHeaders } from '../read/read-operations.ts';
import type { Findings } from './findings.ts';
import type { Operation } from './operations.ts';

const optionKeys = ['option', 'env'];
/** The keys on a parameter, by its place. */
const parameterKeys = new Map<unknown, readonly string[]>([
  ['header', [...optionKeys, 'argument']],
  ['query', ['argument']],
  ['path', ['argument']],
]);

/** `x-client` and its keys in places where they have no effect: most often a misspelling. */
export function checkExtensions(
  document: Document,
  operations: readonly Operation[],
  pages: ReadonlySet<string>,
  { problems }: Findings,
): void {
  const read = new Map<string, readonly string[]>([['', rootKeys]]);
  for (const name of Object.keys(document.components?.securitySchemes ?? {}))
    read.set(formatPointer(['components', 'securitySchemes', name]), optionKeys);
  for (const { pointer } of operations) read.set(formatPointer(pointer), ['page', 'ignore']);
  for (const node of locatedKeywordNodes(document)) {
    const { 'x-client': given } = node.value;
    if (given === undefined) continue;
    const { path } = node;
    const at = [...path, 'x-client'];
    const place = isParameter(node.value, path) ? node.value['in'] : undefined;
    const keys = read.get(formatPointer(path)) ?? parameterKeys.get(place);
    if (!keys) {
      problems.add(
        'x-client',
        at,
        '`x-client` has no effect here. It is read at the root of the document, on operations, on security schemes, and on path, query and header parameters.',
      );
      continue;
    }
    if (place !== undefined) checkParameter(node.value as unknown as ParameterObject, at, problems);
    const unknown = Object.keys(given ?? {}).find((key) => !keys.includes(key));
    if (unknown !== undefined)
      problems.add(
        'x-client',
        [...at, unknown],
        `\`x-client\` has the unknown key \`${unknown}\`. The keys here are ${keys.join(', ')}.`,
      );
  }
  for (const { id, object, pointer } of operations) {
    const { page, ignore } = (object['x-client'] ?? {}) as { page?: unknown; ignore?: unknown };
    if (ignore !== undefined && typeof ignore !== 'boolean')
      problems.add(
        'x-client',
        [...pointer, 'x-client', 'ignore'],
        '`x-client.ignore` must be `true`, to leave the operation out of the client, or `false`.',
      );
    if (page === undefined || pages.has(id) || ignore === true) continue;
    problems.add(
      'x-client',
      [...pointer, 'x-client', 'page'],
      `\`x-client.page\` says how a list is paged, and \`${id}\` does not return a list.`,
    );
  }
}

/** A parameter, not a key of `components` or a security scheme. */
function isParameter(value: Record<string, unknown>, path: Pointer): boolean {
  return typeof value['name'] === 'string' && path.at(-2) === 'parameters';
}

/** The name of a parameter's argument, or the client's option that replaces the argument. */
function checkParameter(parameter: ParameterObject, at: Pointer, problems: Problems): void {
  const { in: place, name } = parameter;
  const { option, argument } = (parameter['x-client'] ?? {}) as Record<string, unknown>;
  const isText = typeof argument === 'string' && /^[A-Za-z_$][\w$]*$/.test(argument);
  if (argument !== undefined && (!isText || argument === '__proto__'))
    problems.add(
      'x-client',
      [...at, 'argument'],
      '`x-client.argument` must be a name of letters, digits, `_` and `$`, such as `queryLimit`.',
    );
  else if (argument !== undefined && (option !== undefined || isIgnored(parameter)))
    problems.add(
      'x-client',
      [...at, 'argument'],
      `\`x-client.argument\` has no effect: the header \`${name}\` is ${option === undefined ? 'set by the client' : 'an option of the client'}, not an argument.`,
    );
  else if (argument === undefined && !isOption(parameter))
    problems.add(
      'x-client',
      at,
      `\`x-client\` of a ${place} parameter must name the \`argument\` of calls: \`x-client: { argument: queryLimit }\`.${place === 'header' ? ' Or name an `option` of the client: `x-client: { option: tenant }`.' : ''}`,
    );
}

function isIgnored({ in: place, name }: ParameterObject): boolean {
  return place === 'header' && ignoredHeaders.has(name.toLowerCase());
}
