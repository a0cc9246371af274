import type { RequestOptions } from './options.ts';

const callOptions = [
  'headers',
  'query',
  'timeout',
  'maxRetries',
  'signal',
  'idempotencyKey',
  'prefetch',
];
/** These decide where a request goes: an object that a program took for a query must not hold them. */
const routeOptions = ['fetchOptions', 'defaultBaseURL'];

/**
 * Sorts out `list({ signal })`: request options that come in the place of the query. Properties that are undefined do
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
  const names = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  const known = [...callOptions, ...routeOptions].filter((name) => !own.includes(name));
  // Without any request option it is a query, and with nothing else it is options.
  if (!names.some((name) => known.includes(name))) return [query as TQuery, options];
  if (options || !names.every((name) => callOptions.includes(name) && !own.includes(name))) {
    throw new TypeError(
      'Query parameters and request options must be passed as separate arguments.',
    );
  }
  return [undefined, query as RequestOptions];
}
