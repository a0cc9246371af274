import type { HeaderOptions } from '../server/server.gen.ts';
import type { AuthOptions } from './auth.gen.ts';
import type { Fetch, RetryEvent } from './call.ts';
import type { HeadersLike } from './headers.ts';
import type { Logger, LogLevel } from './log.ts';
import type { ArrayFormat } from './query.ts';

/** Options of `fetch` that only some runtimes have: Node.js and undici, Bun, Deno, Cloudflare, Next.js. */
interface RuntimeFetchOptions {
  dispatcher?: unknown;
  agent?: unknown;
  proxy?: unknown;
  tls?: unknown;
  unix?: unknown;
  verbose?: unknown;
  decompress?: unknown;
  client?: unknown;
  cf?: unknown;
  next?: unknown;
}

/** Further options of `fetch`; those that this package sets itself are options of their own. */
export interface FetchOptions
  extends Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal' | keyof RuntimeFetchOptions>,
    RuntimeFetchOptions {}

/** The options of a client. Every option is optional, and may be undefined. */
export interface ClientOptions extends AuthOptions, HeaderOptions {
  /**
   * The address of the API. Its query, if it has one, is sent with every request. In a browser, it may be relative to
   * the page.
   *
   * @default the environment variable that ends in `_BASE_URL`, else the server of the spec
   * @throws {ClientError} at construction, unless it is an http(s) URL without credentials
   * @example new Client({ baseURL: 'http://127.0.0.1:4010/v1' })
   */
  baseURL?: string | null | undefined;
  /**
   * Milliseconds that one attempt may take, headers and body together. With retries, a call may take longer.
   *
   * @default 600_000 (ten minutes)
   * @throws {ClientError} unless it is a non-negative integer
   * @example new Client({ timeout: 20_000 })
   */
  timeout?: number | null | undefined;
  /**
   * How many more times a failed request is sent: after 408, 409, 429 and 5xx, after a timeout, and when the
   * connection fails. See `retryUnsafe` for requests that change something.
   *
   * @default 2
   * @throws {ClientError} unless it is a non-negative integer
   * @example new Client({ maxRetries: 5 })
   */
  maxRetries?: number | null | undefined;
  /**
   * Whether POST, PUT, PATCH and DELETE are retried as GET is. Every attempt carries the same `Idempotency-Key`, which
   * helps only if the server honors it; with `false`, such a request is never sent twice.
   *
   * @default true
   * @example new Client({ retryUnsafe: false })
   */
  retryUnsafe?: boolean | undefined;
  /**
   * The longest wait that a server may request with `Retry-After`, in milliseconds. If it requests more, the call
   * fails at once, and the error's `retryAfter` has the number of seconds.
   *
   * @default 60_000 (a minute)
   * @throws {ClientError} unless it is a non-negative integer
   * @example new Client({ maxRetryAfter: 3_600_000 })
   */
  maxRetryAfter?: number | null | undefined;
  /**
   * Called before the wait for each retry, with `attempt`, `wait` in milliseconds, and the `response` or `error` that
   * caused it. Its exceptions are ignored.
   *
   * @example new Client({ onRetry: ({ wait }) => metrics.count('retries', { wait }) })
   */
  onRetry?: ((retry: RetryEvent) => void) | undefined;
  /**
   * The largest body of a successful response, in bytes, counted after decompression. A larger one fails the call with
   * an `InvalidResponseError`, and is not retried.
   *
   * @default 64_000_000
   * @throws {ClientError} unless it is a non-negative integer
   * @example new Client({ maxResponseSize: 1_000_000 })
   */
  maxResponseSize?: number | null | undefined;
  /**
   * Headers of every request. Per-request values take precedence; `null` deletes a header.
   *
   * @default the environment variable that ends in `_CUSTOM_HEADERS` (lines of `Name: value`), else {}
   * @example new Client({ defaultHeaders: { 'x-team': 'search' } })
   */
  defaultHeaders?: HeadersLike;
  /**
   * Query parameters of every request. Per-request values take precedence; there, `null` and `undefined` delete one.
   *
   * @default {}
   * @example new Client({ defaultQuery: { limit: '100' } })
   */
  defaultQuery?: Record<string, unknown> | undefined;
  /**
   * The format of arrays in a query: `repeat` (`emails=a&emails=b`) as in the API's description, or `brackets`
   * (`emails[]=a&emails[]=b`) as in the official package.
   *
   * @default 'repeat'
   * @example new Client({ arrayFormat: 'brackets' })
   */
  arrayFormat?: ArrayFormat | undefined;
  /**
   * The `fetch` that sends the requests, called as `fetch(url, init)`.
   *
   * @default globalThis.fetch at the time of the request
   * @example new Client({ fetch: mock.fetch })
   */
  fetch?: Fetch | undefined;
  /**
   * Further options for every `fetch`, such as Node.js's `dispatcher`. Per-request values take precedence, key by key.
   *
   * @default {}
   * @example new Client({ fetchOptions: { dispatcher: new ProxyAgent('http://127.0.0.1:8888') } })
   */
  fetchOptions?: FetchOptions | undefined;
  /**
   * The destination of log lines.
   *
   * @default console
   * @example new Client({ logger: pino() })
   */
  logger?: Logger | undefined;
  /**
   * How much is logged. Keys are masked at every level; bodies and headers are never logged.
   *
   * @default the environment variable that ends in `_LOG`, else 'warn'
   * @example new Client({ logLevel: 'debug' })
   */
  logLevel?: LogLevel | undefined;
  /**
   * Allows use in a browser, where everybody who opens the page can read the admin key.
   *
   * @default false
   * @throws {ClientError} at construction in a browser, unless it is set, `fetch` is given, or `baseURL` is on this
   * machine
   * @example new Client({ adminAPIKey: null, baseURL: '/proxy', dangerouslyAllowBrowser: true })
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** The HTTP methods that calls use. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The options of a single request. */
export interface RequestOptions {
  /**
   * The body. It is sent as JSON, except for streams, forms and binary data, which are sent unchanged, and iterators,
   * which are streamed. With a `content-type` in `headers`, a string is sent unchanged, and an object as the form it
   * names. A stream is sent once: it is not retried.
   */
  body?: unknown;
  /** Headers, over the client's. `null` deletes one. */
  headers?: HeadersLike;
  /** Query parameters, over the call's own and the client's. `null` and `undefined` delete one. */
  query?: object | null | undefined;
  /** Milliseconds per attempt, instead of the client's. */
  timeout?: number | null | undefined;
  /** How many more times a failed request is sent, instead of the client's number. */
  maxRetries?: number | null | undefined;
  /** Ends the call, between attempts as well; the error's `cause` is the signal's reason. */
  signal?: AbortSignal | null | undefined;
  /**
   * The `Idempotency-Key` of a POST, PUT, PATCH or DELETE; every attempt carries the same one.
   *
   * @default a random UUID
   */
  idempotencyKey?: string | undefined;
  /** Further options for `fetch`, over the client's. */
  fetchOptions?: FetchOptions | undefined;
  /**
   * The API's address for this request, if the client has the default one. The admin key is not sent to
   * another origin: pass that origin's key in `headers`.
   */
  defaultBaseURL?: string | undefined;
  /**
   * Requests the next page as soon as the current one has arrived, one page ahead at most.
   *
   * @default false
   * @example for await (const user of users.list({}, { prefetch: true })) await handle(user);
   */
  prefetch?: boolean | undefined;
}

/** The first argument of a list: the query or request options, but not both in one object. */
export type QueryOrOptions<TQuery> =
  | (TQuery & { [K in Exclude<keyof RequestOptions, keyof TQuery>]?: never })
  | (RequestOptions & { [K in Exclude<keyof TQuery, keyof RequestOptions>]?: never });

/** The options of a request, or a promise of them. */
export type OptionsOrPromise = RequestOptions | PromiseLike<RequestOptions> | undefined;

/** A whole request: its options, with the method and the path. */
export interface FinalRequestOptions extends RequestOptions {
  method: Method;
  path: string;
}
