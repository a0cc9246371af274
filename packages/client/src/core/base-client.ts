import {
  type AbstractPage,
  type PageClass,
  PagePromise,
  type PageRequestOptions,
} from './abstract-page.ts';
import { splitOptions } from './arguments.ts';
import { isRaw, writeBody } from './body.ts';
import type * as errors from './errors.ts';
import { classes, OrgClientError } from './errors.ts';
import { mergeHeaders, toHeaders } from './headers.ts';
import { buildURL } from './http.ts';
import type { Logger, LogLevel } from './log.ts';
import type { BodyOptions, ClientOptions, FetchOptions, RequestOptions } from './options.ts';
import { encodePath, splitPath } from './path.ts';
import { APIPromise, type BodyKind, parseBody } from './promise.ts';
import { type ArrayFormat, mergeQueries } from './query.ts';
import {
  checkCount,
  defaultBaseURL,
  parseBaseURL,
  type ResolvedOptions,
  resolveOptions,
  trimURL,
} from './resolve-options.ts';
import type { CallParts, Method, ResourceClient } from './resource.ts';
import { isUnsafe, randomKey } from './retry.ts';
import { extend, type Trail } from './trail.ts';
import { Exchange } from './transport.ts';

/** What a client has besides its resources: its options, calls by method and path, and the error classes as statics. */
export abstract class BaseClient {
  declare static readonly OrgClientError: typeof errors.OrgClientError;
  declare static readonly OpenAIError: typeof errors.OrgClientError;
  declare static readonly APIError: typeof errors.APIError;
  declare static readonly APIConnectionError: typeof errors.APIConnectionError;
  declare static readonly APIConnectionTimeoutError: typeof errors.APIConnectionTimeoutError;
  declare static readonly APIUserAbortError: typeof errors.APIUserAbortError;
  declare static readonly InvalidResponseError: typeof errors.InvalidResponseError;
  declare static readonly BadRequestError: typeof errors.BadRequestError;
  declare static readonly AuthenticationError: typeof errors.AuthenticationError;
  declare static readonly PermissionDeniedError: typeof errors.PermissionDeniedError;
  declare static readonly NotFoundError: typeof errors.NotFoundError;
  declare static readonly ConflictError: typeof errors.ConflictError;
  declare static readonly UnprocessableEntityError: typeof errors.UnprocessableEntityError;
  declare static readonly RateLimitError: typeof errors.RateLimitError;
  declare static readonly InternalServerError: typeof errors.InternalServerError;

  /** The address of the API, without a trailing slash. */
  declare readonly baseURL: string;
  /** The organization that requests name, or null. */
  declare readonly organization: string | null;
  /** The project that requests name, or null. */
  declare readonly project: string | null;
  /** Milliseconds per attempt. */
  declare readonly timeout: number;
  /** How many more times a failed request is sent. */
  declare readonly maxRetries: number;
  /** Whether POST, PUT, PATCH and DELETE are retried. */
  declare readonly retryUnsafe: boolean;
  /** The largest body of a successful response, in bytes. */
  declare readonly maxResponseSize: number;
  /** How arrays are written in a query. */
  declare readonly arrayFormat: ArrayFormat;
  /** How much is logged. */
  declare readonly logLevel: LogLevel;
  /** Where log lines go. */
  declare readonly logger: Logger;

  readonly #options: ResolvedOptions;
  readonly #resourceClient: ResourceClient;

  /** @throws {OrgClientError} if the admin key is missing, an option is invalid, or this is a browser */
  constructor(options: ClientOptions = {}) {
    this.#options = resolveOptions(options);
    Object.assign(this, this.#options.settings);
    this.#resourceClient = {
      call: (method, path, parts, options) => this.#call(method, path, parts, options, 'optional'),
      list: (Page, path, parts, options) => this.#list(Page, path, parts, options),
    };
  }

  /**
   * What resources are made with.
   *
   * @internal
   */
  protected get _client(): ResourceClient {
    return this.#resourceClient;
  }

  /** Further options for every `fetch`. Not enumerable: a dispatcher may hold a proxy's password. */
  get fetchOptions(): FetchOptions {
    return this.#options.fetchOptions;
  }

  /**
   * A new client with some options changed; this one stays as it is. `undefined` puts an option back to its default.
   *
   * @example const patient = client.withOptions({ timeout: 60_000 });
   */
  withOptions(overrides: ClientOptions): this {
    // A subclass makes a client of itself.
    const Class = this.constructor as new (options: ClientOptions) => this;
    return new Class({ ...this.#options.source, ...overrides });
  }

  /**
   * Calls a path that has no method here yet, with the same key, retries and errors. A body that is not JSON by its
   * content type is returned as text, an empty one as undefined.
   *
   * @param path begins with a slash and follows `baseURL`; it may have a query
   * @throws {OrgClientError} for an absolute address: the key must not go elsewhere
   * @example const project = await client.get<{ name: string }>('/organization/projects/proj_abc');
   */
  get<T = unknown>(path: string, options?: RequestOptions): APIPromise<T> {
    return this.#call('get', path, {}, options);
  }

  /**
   * Sends a POST as `get` sends a GET, with `body` as JSON.
   *
   * @example await client.post('/organization/projects', { body: { name: 'Search' } });
   */
  post<T = unknown>(path: string, options?: BodyOptions): APIPromise<T> {
    return this.#call('post', path, options, options);
  }

  /** Sends a PUT as `post` sends a POST. */
  put<T = unknown>(path: string, options?: BodyOptions): APIPromise<T> {
    return this.#call('put', path, options, options);
  }

  /** Sends a PATCH as `post` sends a POST. */
  patch<T = unknown>(path: string, options?: BodyOptions): APIPromise<T> {
    return this.#call('patch', path, options, options);
  }

  /** Sends a DELETE as `post` sends a POST. */
  delete<T = unknown>(path: string, options?: BodyOptions): APIPromise<T> {
    return this.#call('delete', path, options, options);
  }

  #call<T>(
    method: Method,
    path: string,
    { path: values, query, body }: CallParts = {},
    options: RequestOptions = {},
    kind: BodyKind = 'any',
  ): APIPromise<T> {
    const pathname = encodePath(path, values);
    const merged = { ...options, query: mergeQueries(query, options.query) };
    return new APIPromise(this.#send(method, pathname, merged, body), (exchange) =>
      parseBody(exchange, kind),
    );
  }

  #list<TPage extends AbstractPage<TItem>, TItem>(
    Page: PageClass<TPage>,
    path: string,
    parts: CallParts,
    options: RequestOptions | undefined,
  ): PagePromise<TPage, TItem> {
    const [query, given] = splitOptions(parts.query, options, parts.own);
    const first: PageRequestOptions = {
      ...given,
      method: 'get',
      path: encodePath(path, parts.path),
      query: mergeQueries(query, given?.query),
    };
    const send = (next: PageRequestOptions, signal?: AbortSignal) =>
      this.#send('get', first.path, next, undefined, signal);
    const parse = async (exchange: Exchange, options: PageRequestOptions, trail?: Trail) =>
      new Page({ exchange, options, trail, fetchPage }, await parseBody(exchange, 'json'));
    const fetchPage = async (next: PageRequestOptions, trail: Trail, signal?: AbortSignal) =>
      parse(await send(next, signal), next, trail);
    const { after } = first.query as { after?: unknown };
    const trail = typeof after === 'string' ? extend(undefined, after) : undefined;
    return new PagePromise(send(first), (exchange) => parse(exchange, first, trail));
  }

  async #send(
    method: Method,
    path: string,
    options: RequestOptions,
    body?: unknown,
    walk?: AbortSignal,
  ): Promise<Exchange> {
    const resolved = this.#options;
    const { idempotencyKey, defaultBaseURL: elsewhere, signal } = options;
    if (signal && !signal.addEventListener) {
      throw new OrgClientError('signal must be an AbortSignal.');
    }
    const own = isUnsafe(method) && {
      'content-type': body === undefined || isRaw(body) ? undefined : 'application/json',
      'idempotency-key': idempotencyKey ?? randomKey(),
    };
    const headers = mergeHeaders(mergeHeaders(resolved.headers, own), options.headers);
    const [pathname, query] = splitPath(path);
    const call = {
      url: buildURL(
        elsewhere && this.baseURL === defaultBaseURL
          ? trimURL(parseBaseURL(elsewhere))
          : this.baseURL,
        pathname,
        mergeQueries(resolved.query, query, options.query),
        resolved.arrayFormat,
      ),
      init: {
        ...resolved.fetchOptions,
        // Each runtime has options of its own, which `RequestInit` does not list.
        ...(options.fetchOptions as RequestInit | undefined),
        method: method.toUpperCase(),
        headers: toHeaders(headers),
        body: body === undefined ? null : writeBody(body),
        ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
      },
      authorize: !('authorization' in headers),
      timeout: checkCount('timeout', options.timeout) ?? this.timeout,
      maxRetries: checkCount('maxRetries', options.maxRetries) ?? this.maxRetries,
      signals: [signal, walk].filter((signal) => !!signal),
    };
    const exchange = new Exchange(call, resolved);
    const response = await exchange.send();
    if (!response.ok) throw await exchange.failure();
    return exchange;
  }
}

Object.assign(BaseClient, classes);
