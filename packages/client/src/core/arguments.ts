import type { RequestOptions } from './options.ts';

const callOptions = new Set([
  'headers',
  'query',
  'timeout',
  'maxRetries',
  'signal',
  'idempotencyKey',
  'prefetch',
]);
/** These decide what is sent and where to: an object that a program took for a query must not hold them. */
const routeOptions = new Set(['fetchOptions', 'defaultBaseURL', 'body']);

/** All options of a request, and what makes them whole. */
export const requestOptionNames: readonly string[] = [
  ...callOptions,
  ...routeOptions,
  'method',
  'path',
];

/**
 * Sorts out `list({ signal })`: request options that are passed instead of the query. Properties that are undefined do
 * not count.
 *
 * @param own query parameters of the operation that are called like a request option
 * @throws {TypeError} if an object mixes both kinds
 */
export function splitOptions<TQuery extends object>(
  query: TQuery | RequestOptions | null | undefined,
  options: RequestOptions | undefined,
  own: readonly string[] = [],
): [TQuery | null | undefined, RequestOptions | undefined] {
  let isQuery = false;
  let isOptions = false;
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    const named = !own.includes(name);
    if (named && callOptions.has(name)) isOptions = true;
    else if (named && routeOptions.has(name)) isOptions = isQuery = true;
    else isQuery = true;
  }
  // Only the names tell which of the two it is: the casts follow the check above.
  if (!isOptions) return [query as TQuery, options];
  if (isQuery || options) {
    throw new TypeError(
      'Query parameters and request options must be passed as separate arguments.',
    );
  }
  return [undefined, query as RequestOptions];
}
