import { type HeaderOptions, headerOptions } from '../server/server.gen.ts';
import { type AuthOptions, auth, keyOption } from './auth.gen.ts';
import { ClientError } from './errors.ts';
import { isObject } from './object.ts';
import type { ClientOptions, FinalRequestOptions, RequestOptions } from './options.ts';

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

/** All options of a client. Where two are equally close to an unknown one, the first is suggested. */
export const clientOptions: Readonly<Record<string, unknown>> = {
  ...(auth ? auth.options : { [keyOption]: 1 }),
  ...headerOptions,
  baseURL: 1,
  timeout: 1,
  maxRetries: 1,
  retryUnsafe: 1,
  maxRetryAfter: 1,
  onRetry: 1,
  maxResponseSize: 1,
  defaultHeaders: 1,
  defaultQuery: 1,
  arrayFormat: 1,
  fetchOptions: 1,
  fetch: 1,
  logLevel: 1,
  logger: 1,
  dangerouslyAllowBrowser: 1,
} satisfies Record<Exclude<keyof ClientOptions, keyof AuthOptions | keyof HeaderOptions>, unknown>;

/** Checks that options are an object. Never shows them: a string may be the key. */
export function checkOptions<T extends object>(
  options: T | null | undefined,
  example = 'timeout',
): T | Partial<T> {
  if (!isObject(options ?? {})) {
    throw new ClientError(`Pass options as an object: { ${example}: … }.`);
  }
  return options ?? {};
}

/** A sentence for each option that does not exist, with the option that was probably meant. */
export function unknownOptions(
  options: object,
  known: Readonly<Record<string, unknown>> = kinds,
): string[] {
  return Object.keys(options)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => {
      const near = findNear(name, options, Object.keys(known));
      return `Unknown option ${JSON.stringify(name)}.${near ? ` Did you mean "${near}"?` : ''}`;
    });
}

/** The option that is not given yet and is spelled alike, or contains the name or is a part of it. */
function findNear(name: string, options: object, known: string[]): string | undefined {
  const given = normalize(name);
  if (given.length < 3) return undefined;
  const free = known.filter((each) => options[each as keyof object] === undefined);
  return (
    free.find((each) => normalize(each) === given) ??
    free.find((each) => normalize(each).includes(given) || given.includes(normalize(each)))
  );
}

/** `max_retry`, `maxRetry` and `maxRetries` are spelled alike. */
function normalize(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace('ies', 'y');
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
  options: RequestOptions | null | undefined,
  own: readonly string[] = [],
): [TQuery | null | undefined, RequestOptions] {
  let isQuery = false;
  let isOptions = false;
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    const kind = own.includes(name) ? undefined : kinds[name];
    isOptions ||= kind === 1 || kind === 2;
    isQuery ||= kind !== 1;
  }
  // Only the names tell which of the two it is: the casts follow the check above.
  if (!isOptions) return [query as TQuery, checkOptions(options)];
  if (isQuery || options) {
    throw new TypeError(
      'Query parameters and request options must be passed as separate arguments.',
    );
  }
  return [undefined, query as RequestOptions];
}
