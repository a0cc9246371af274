import { defaultBaseURL } from '../server/server.gen.ts';
import {
  type AbstractPage,
  type PageClass,
  type PageContext,
  PagePromise,
} from './abstract-page.ts';
import { checkOptions, splitOptions, unknownOptions } from './arguments.ts';
import { writeBody } from './body.ts';
import type { Call, CallHooks, CallInit } from './call.ts';
import { isBrowser } from './environment.ts';
import type * as errors from './errors.ts';
import { ClientError, classes } from './errors.ts';
import { checkHeaderValue, mergeHeaders, toHeaders } from './headers.ts';
import { type Logger, type LogLevel, warnUnknown } from './log.ts';
import type {
  ClientOptions,
  FetchOptions,
  FinalRequestOptions,
  Method,
  OptionsOrPromise,
  RequestOptions,
} from './options.ts';
import { checkText, encodePath, splitPath } from './path.ts';
import { APIPromise, parseBody, type ResultKind } from './promise.ts';
import { type ArrayFormat, mergeQueries, type Query, writeQuery } from './query.ts';
import {
  checkCount,
  defaultTimeout,
  milliseconds,
  parseBaseURL,
  type ResolvedOptions,
  resolveOptions,
  trimURL,
} from './resolve-options.ts';
import type { CallParts, ResourceClient } from './resource.ts';
import { isUnsafe, randomKey } from './retry.ts';
import { extend, type Trail } from './trail.ts';
import { Exchange } from './transport.ts';

/** The members of a client besides its resources: options, calls by method and path, and error classes as statics. */
export abstract class BaseClient implements ResourceClient {
  /** Milliseconds per attempt, where nothing else is set. */
  static readonly DEFAULT_TIMEOUT: number = defaultTimeout;

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

  /** The address of the API, as it was given. */
  declare readonly baseURL: string;
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

  /** @throws {ClientError} if the key is missing, an option is invalid, or this is a browser */
  constructor(options: ClientOptions = {}) {
    this.#options = resolveOptions(options);
    Object.assign(this, this.#options.settings);
  }

  /**
   * What resources are made with.
   *
   * @internal
   */
  protected get _client(): ResourceClient {
    return this;
  }

  /** Further options for every `fetch`. Not enumerable: a dispatcher may hold a proxy's password. */
  get fetchOptions(): FetchOptions | undefined {
    return this.#options.fetchOptions;
  }

  /**
   * Returns a new client with some options changed. `undefined` resets an option to its default.
   *
   * @example const patient = client.withOptions({ timeout: 60_000 });
   */
  withOptions(overrides: ClientOptions): this {
    // A subclass makes a client of itself.
    const Class = this.constructor as new (options: ClientOptions) => this;
    return new Class({ ...this.#options.source, ...checkOptions(overrides) });
  }

  /**
   * Calls a path that has no method here yet, with the same key, retries and errors. A body that is not JSON by its
   * content type is returned as text, an empty one as undefined.
   *
   * @param path follows `baseURL`, or is an absolute address of the same origin; it may have a query
   * @throws {ClientError} for an address of another origin: the key must not go there
   * @example const project = await client.get<{ name: string }>('/organization/projects/proj_abc');
   */
  get<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T> {
    return this.request(withRoute('get', path, options));
  }

  /**
   * Sends a POST as `get` sends a GET, with `body` as JSON.
   *
   * @example await client.post('/organization/projects', { body: { name: 'Search' } });
   */
  post<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T> {
    return this.request(withRoute('post', path, options));
  }

  /** Sends a PUT as `post` sends a POST. */
  put<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T> {
    return this.request(withRoute('put', path, options));
  }

  /** Sends a PATCH as `post` sends a POST. */
  patch<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T> {
    return this.request(withRoute('patch', path, options));
  }

  /** Sends a DELETE as `post` sends a POST. */
  delete<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T> {
    return this.request(withRoute('delete', path, options));
  }

  /**
   * Sends any request, as `get` does.
   *
   * @param remainingRetries at most how many more times a failed request is sent
   * @example await client.request({ method: 'post', path: '/organization/projects', body: { name: 'Search' } });
   */
  request<T = unknown>(
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
    remainingRetries?: number | null,
  ): APIPromise<T> {
    const limited = async () => {
      const given = await options;
      const { maxRetries } = given;
      return {
        ...given,
        maxRetries:
          typeof remainingRetries === 'number'
            ? Math.min(remainingRetries, maxRetries ?? this.maxRetries)
            : maxRetries,
      };
    };
    return this.#call(limited(), 'any');
  }

  /**
   * Fetches a list that has no method here yet.
   *
   * @param Page how the list is paged, such as `ConversationCursorPage`
   * @example for await (const project of client.getAPIList('/organization/projects', CursorPage)) console.log(project);
   */
  getAPIList<TItem, TPage extends AbstractPage<TItem> = AbstractPage<TItem>>(
    path: string,
    Page: PageClass<TPage>,
    options?: OptionsOrPromise,
  ): PagePromise<TPage, TItem> {
    return this.requestAPIList(Page, withRoute('get', path, options));
  }

  /** Fetches a list as `getAPIList` does, with the method and the path among the options. */
  requestAPIList<TItem = unknown, TPage extends AbstractPage<TItem> = AbstractPage<TItem>>(
    Page: PageClass<TPage>,
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
  ): PagePromise<TPage, TItem>;
  /** @internal */
  requestAPIList<TItem, TPage extends AbstractPage<TItem>>(
    Page: PageClass<TPage>,
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
    parts: CallParts,
  ): PagePromise<TPage, TItem>;
  requestAPIList<TItem, TPage extends AbstractPage<TItem>>(
    Page: PageClass<TPage>,
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
    parts: CallParts = {},
  ): PagePromise<TPage, TItem> {
    const { paging } = parts;
    const { base } = this.#options;
    // Every page class takes these two.
    const Class = Page as unknown as new (context: PageContext, body: unknown) => TPage;
    const parse = async (exchange: Exchange, walked?: Trail) => {
      // Calls of a client have them.
      const options = exchange.call.options as FinalRequestOptions;
      const raw = await parseBody(exchange, 'list');
      const after = (options.query as Query | undefined)?.[paging?.position ?? 'after'];
      const trail = walked ?? (typeof after === 'string' ? extend(undefined, after) : undefined);
      const context = { exchange, options, trail, fetchPage, paging, raw, base };
      return new Class(context, paging ? paging.read(raw, exchange) : raw);
    };
    const fetchPage = async (next: FinalRequestOptions, trail: Trail, walk?: AbortSignal) =>
      parse(await this.#send(next, 'list', parts, walk), trail);
    return new PagePromise(this.#send(options, 'list', parts), (exchange) => parse(exchange));
  }

  /**
   * Builds the URL of a call: `baseURL`, the path, and the query with its defaults.
   *
   * @param elsewhere an address that replaces a default `baseURL`
   * @throws {ClientError} for an address of another origin
   */
  buildURL(path: string, query?: object | null, elsewhere?: string): string {
    const { base, origin, query: defaults, arrayFormat } = this.#options;
    let start =
      elsewhere && base === defaultBaseURL
        ? trimURL(parseBaseURL(`${elsewhere}`, 'defaultBaseURL'))
        : base;
    let address = path;
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
      const url = new URL(path);
      start = url.origin;
      address = url.pathname + url.search;
      if (start !== origin) {
        throw new ClientError(
          `The path must be on the origin of baseURL, unlike ${JSON.stringify(start)}.`,
        );
      }
    }
    const [pathname, own] = splitPath(address);
    const written = writeQuery(mergeQueries(defaults, own, query), arrayFormat);
    return start + pathname + (written && `?${written}`);
  }

  /**
   * A hook for subclasses: changes the options of a request before each attempt.
   *
   * @example
   * ```ts
   * class TracedClient extends Client {
   *   protected override async prepareOptions(options: FinalRequestOptions) {
   *     options.headers = { ...options.headers, traceparent: currentTrace() };
   *   }
   * }
   * ```
   */
  protected async prepareOptions(_options: FinalRequestOptions): Promise<void> {}

  /** A hook for subclasses: changes the arguments of `fetch` before each attempt. The headers have the key. */
  protected async prepareRequest(
    _request: CallInit,
    _context: { url: string; options: FinalRequestOptions },
  ): Promise<void> {}

  /** @internal */
  _call<T>(
    method: Method,
    path: string,
    parts: CallParts = {},
    given?: RequestOptions | null,
  ): APIPromise<T> {
    const options = checkOptions(given);
    const { result = 'value' } = parts;
    const body = options.body ?? parts.body;
    const written = encodePath(path, parts.path);
    // Only in JavaScript can the argument be missing.
    if ('body' in parts && body === undefined) {
      throw new ClientError('The body is missing: pass it as an object.');
    }
    const whole = {
      ...options,
      method,
      path: written,
      query: parts.query ? mergeQueries(parts.query, options.query) : options.query,
      body,
    };
    return this.#call(whole, result, parts);
  }

  /** @internal */
  _list<TPage extends AbstractPage<TItem>, TItem>(
    Page: PageClass<TPage>,
    path: string,
    parts: CallParts,
    options: RequestOptions | undefined,
  ): PagePromise<TPage, TItem> {
    const [query, given] = splitOptions(parts.query, options, parts.own);
    const whole: FinalRequestOptions = {
      ...given,
      method: 'get',
      path: encodePath(path, parts.path),
      query: mergeQueries(query, given.query),
    };
    return this.requestAPIList<TItem, TPage>(Page, whole, parts);
  }

  #call<T>(
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
    kind: ResultKind,
    parts?: CallParts,
  ): APIPromise<T> {
    return new APIPromise(this.#send(options, kind, parts), (exchange) =>
      parseBody(exchange, kind),
    );
  }

  async #send(
    given: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
    kind: ResultKind,
    parts: CallParts = {},
    walk?: AbortSignal,
  ): Promise<Exchange> {
    const options = isPromise(given) ? await given : given;
    const { prepareOptions, prepareRequest } = BaseClient.prototype;
    const hooks: CallHooks | undefined =
      this.prepareOptions === prepareOptions && this.prepareRequest === prepareRequest
        ? undefined
        : {
            again: async () => {
              await this.prepareOptions(options);
              return this.#build(options, kind, parts, walk);
            },
            request: (init, url) => this.prepareRequest(init, { url, options }),
          };
    const call = hooks ? await hooks.again() : this.#build(options, kind, parts, walk);
    const exchange = new Exchange(call, this.#options, hooks);
    const response = await exchange.send();
    if (!response.ok) throw await exchange.failure();
    return exchange;
  }

  /** Makes the call that the options describe. */
  #build(
    options: FinalRequestOptions,
    kind: ResultKind,
    { type: mediaType, accept = 'application/json', security }: CallParts,
    walk: AbortSignal | undefined,
  ): Call {
    const resolved = this.#options;
    const { method, signal, timeout, maxRetries } = options;
    if (signal && !signal.addEventListener) {
      throw new ClientError('signal must be an AbortSignal.');
    }
    warnUnknown(this.logger, this.logLevel, unknownOptions(options));
    const given = mergeHeaders({}, options.headers);
    const headers = mergeHeaders(resolved.headers, options.headers && given);
    const { body, type, once } = writeBody(
      options.body,
      given['content-type'] ?? mediaType,
      (form) => writeQuery(form as Record<string, unknown>, resolved.arrayFormat),
    );
    const unsafe = isUnsafe(method);
    // The same for every attempt.
    if (unsafe) options.idempotencyKey ??= randomKey();
    // What the client's and the call's headers replace.
    const own = {
      accept,
      'content-type': type,
      'idempotency-key': unsafe
        ? checkHeaderValue(String(options.idempotencyKey), 'idempotencyKey')
        : null,
      'accept-encoding': /any|text|response/.test(kind) && !isBrowser() ? 'identity' : null,
    };
    return {
      options,
      url: this.buildURL(options.path, options.query, options.defaultBaseURL),
      init: {
        ...resolved.fetchOptions,
        // Each runtime has options of its own, which `RequestInit` does not list.
        ...(options.fetchOptions as RequestInit | undefined),
        method: checkText(method, 'method').toUpperCase(),
        headers: toHeaders({ ...own, ...headers }),
        body,
        ...(once ? { duplex: 'half' as const } : {}),
      },
      once,
      given: headers,
      security,
      timeout: checkCount('timeout', timeout, this.timeout, milliseconds),
      maxRetries: checkCount('maxRetries', maxRetries, this.maxRetries),
      signals: [signal, walk].filter((signal) => !!signal),
    };
  }
}

/** Adds method and path to the options. What is not an object fails at once. */
function withRoute(method: Method, path: string, options: OptionsOrPromise) {
  const whole = (given: RequestOptions | null | undefined) => ({
    ...checkOptions(given),
    method,
    path,
  });
  return isPromise(options) ? options.then(whole) : whole(options);
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | undefined)?.then === 'function';
}

Object.assign(BaseClient, classes);
