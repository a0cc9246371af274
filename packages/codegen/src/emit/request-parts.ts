import type { Operation } from '../model/model.ts';
import type { Signature } from './signatures.ts';
import { propertyName, quote } from './text.ts';

/**
 * The client's request options, by name: the core has to be told of query parameters that are called the same. A test
 * of the scripts compares them with the client.
 */
export const requestOptions = [
  'body',
  'headers',
  'query',
  'timeout',
  'maxRetries',
  'signal',
  'idempotencyKey',
  'prefetch',
  'fetchOptions',
  'defaultBaseURL',
] as const;
const optionNames: ReadonlySet<string> = new Set(requestOptions);

/** The parts of a request, and the statement that takes them out of the params. */
export function partsOf(
  operation: Operation,
  { positional, params }: Signature,
): { setup: string; parts: string[] } {
  const { pathParams, query, body } = operation;
  const parts: string[] = [];
  let setup = '';
  const mixed = params?.name === 'params';
  // A variable of its own for each parameter, whatever it is called.
  const local = new Map<string, string>();
  for (const { name, argument } of [...pathParams, ...query]) {
    const plain =
      /^[A-Za-z_$][\w$]*$/.test(name) &&
      argument.toLowerCase() === name.replaceAll('_', '').toLowerCase();
    const variable = plain ? name : argument;
    local.set(
      name,
      [positional?.name, 'options', 'query', 'body'].includes(variable) ? `${variable}_` : variable,
    );
  }
  const bind = (name: string) =>
    local.get(name) === name ? name : `${propertyName(name)}: ${local.get(name)}`;
  const path = pathParams.map(({ name }) => bind(name));
  const last = operation.positional;
  if (last && positional) {
    path.push(
      last.name === positional.name ? last.name : `${propertyName(last.name)}: ${positional.name}`,
    );
  }
  if (path.length > 0) parts.push(`path: { ${path.join(', ')} }`);
  if (mixed) {
    const split = body ? [...pathParams, ...query] : pathParams;
    const rest = body ? 'body' : query.length > 0 ? 'query' : undefined;
    const names = [...split.map(({ name }) => bind(name)), ...(rest ? [`...${rest}`] : [])];
    // Without the params, the client reports the path parameter that is missing.
    setup = `    const { ${names.join(', ')} } = params ?? {};\n`;
    if (body && query.length > 0)
      parts.push(`query: { ${query.map(({ name }) => bind(name)).join(', ')} }`);
    if (rest) parts.push(rest);
  } else if (params) {
    parts.push(params.name);
  }
  if (body && body.mediaType !== 'application/json') parts.push(`type: ${quote(body.mediaType)}`);
  if (operation.result.kind === 'value' && operation.result.read !== undefined)
    parts.push(`result: '${operation.result.read}'`);
  if (operation.result.kind === 'empty') parts.push("result: 'none'");
  const own =
    operation.result.kind === 'page' ? query.filter(({ name }) => optionNames.has(name)) : [];
  if (own.length > 0) parts.push(`own: [${own.map(({ name }) => quote(name)).join(', ')}]`);
  return { setup, parts };
}
