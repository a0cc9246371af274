import type { FinalRequestOptions, RequestOptions } from './options.ts';

/**
 * All options of a request. 1: may stand in place of a query. 2: decides what is sent or where to, so that an object
 * that a program took for a query must not hold it. 3: makes the options whole.
 */
const kinds: Readonly<Record<string, number>> = {
  headers: 1,
  query: 1,
  timeout: 1,
  maxRetries: 1,
  signal: 1,
  idempotencyKey: 1,
  prefetch: 1,
  fetchOptions: 2,
  defaultBaseURL: 2,
  body: 2,
  method: 3,
  path: 3,
} satisfies Record<keyof FinalRequestOptions, number>;

/** The names of options that a request does not have. */
export function unknownOptions(options: object): string[] {
  return Object.keys(options).filter((name) => !Object.hasOwn(kinds, name));
}

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
    const kind = own.includes(name) ? undefined : kinds[name];
    isOptions ||= kind === 1 || kind === 2;
    isQuery ||= kind !== 1;
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
