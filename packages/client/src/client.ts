import { splitOptions } from './core/arguments.ts';
import * as errors from './core/errors.ts';
import { mergeHeaders } from './core/headers.ts';
import { createHttp, type HttpInit } from './core/http.ts';
import {
  type ClientOptions,
  checkCount,
  type RequestOptions,
  resolveOptions,
  type Settings,
} from './core/options.ts';
import {
  type AbstractPage,
  type PageClass,
  PagePromise,
  type PageRequestOptions,
} from './core/page.ts';
import { encodePath } from './core/path.ts';
import { APIPromise, parseJSON } from './core/promise.ts';
import { mergeQueries, type Query, readQuery } from './core/query.ts';
import type { CallParts, Method, ResourceClient } from './core/resource.ts';
import { extend, type Trail } from './core/trail.ts';
import { Exchange } from './core/transport.ts';
import { Admin } from './resources/admin/admin.ts';

/** A call's options on their way through openapi-fetch, and what became of the call on their way back. */
interface Trip {
  options: RequestOptions;
  authorize: boolean;
  signals: readonly AbortSignal[];
  exchange?: Exchange;
}

/**
 * Lists the users of an organization. A program that does so with the official package works with this one when its
 * import changes.
 *
 * @example
 * ```ts
 * const client = new OrgClient(); // the key comes from OPENAI_ADMIN_KEY
 * for await (const user of client.admin.organization.users.list()) console.log(user.id);
 * ```
 */
export class OrgClient implements ResourceClient {
  static readonly OrgClientError: typeof errors.OrgClientError = errors.OrgClientError;
  static readonly APIError: typeof errors.APIError = errors.APIError;
  static readonly APIConnectionError: typeof errors.APIConnectionError = errors.APIConnectionError;
  static readonly APIConnectionTimeoutError: typeof errors.APIConnectionTimeoutError =
    errors.APIConnectionTimeoutError;
  static readonly APIUserAbortError: typeof errors.APIUserAbortError = errors.APIUserAbortError;
  static readonly InvalidResponseError: typeof errors.InvalidResponseError =
    errors.InvalidResponseError;
  static readonly BadRequestError: typeof errors.BadRequestError = errors.BadRequestError;
  static readonly AuthenticationError: typeof errors.AuthenticationError =
    errors.AuthenticationError;
  static readonly PermissionDeniedError: typeof errors.PermissionDeniedError =
    errors.PermissionDeniedError;
  static readonly NotFoundError: typeof errors.NotFoundError = errors.NotFoundError;
  static readonly ConflictError: typeof errors.ConflictError = errors.ConflictError;
  static readonly UnprocessableEntityError: typeof errors.UnprocessableEntityError =
    errors.UnprocessableEntityError;
  static readonly RateLimitError: typeof errors.RateLimitError = errors.RateLimitError;
  static readonly InternalServerError: typeof errors.InternalServerError =
    errors.InternalServerError;

  /** Where the API is, without a trailing slash. */
  readonly baseURL: string;
  /** The organization that requests name, or null. */
  readonly organization: string | null;
  /** The project that requests name, or null. */
  readonly project: string | null;
  /** Milliseconds per attempt. */
  readonly timeout: number;
  /** How many more times a failed request is sent. */
  readonly maxRetries: number;
  /** The administration API. */
  readonly admin: Admin = new Admin(this);

  readonly #options: ClientOptions;
  readonly #settings: Settings;
  readonly #http: ReturnType<typeof createHttp>;

  /**
   * @throws {OrgClientError} if the admin key is missing, an option is not as it must be, or this is a browser
   */
  constructor(options: ClientOptions = {}) {
    const settings = resolveOptions(options);
    this.baseURL = settings.baseURL;
    this.organization = settings.organization;
    this.project = settings.project;
    this.timeout = settings.timeout;
    this.maxRetries = settings.maxRetries;
    this.#options = options;
    this.#settings = settings;
    this.#http = createHttp({ ...settings, headers: {} }, (url, init) => this.#send(url, init));
  }

  /**
   * A new client with some options changed; this one stays as it is.
   *
   * @example const patient = client.withOptions({ timeout: 60_000 });
   */
  withOptions(overrides: ClientOptions): OrgClient {
    const { organization, project, baseURL } = this;
    const { logLevel, query: defaultQuery, transport } = this.#settings;
    const adminAPIKey = transport.key;
    const resolved = { organization, project, baseURL, adminAPIKey, logLevel, defaultQuery };
    return new OrgClient(mergeQueries(this.#options, resolved, overrides));
  }

  /**
   * Reaches a path that has no resource here yet, with the same key, retries and errors.
   *
   * @param path begins with a slash and follows `baseURL`; it may have a query
   * @throws {OrgClientError} for an absolute address: the key must not go elsewhere
   * @example const user = await client.get<OrganizationUser>('/organization/users/user_abc');
   */
  get<T = unknown>(path: string, options: RequestOptions = {}): APIPromise<T> {
    // What the server sends is the caller's word.
    return new APIPromise(
      this.#request('get', path, options),
      (exchange) => parseJSON(exchange) as Promise<T>,
    );
  }

  /**
   * Sends one request, for a resource.
   *
   * @internal
   */
  call<T>(
    method: Method,
    path: string,
    parts: CallParts = {},
    options: RequestOptions = {},
  ): APIPromise<T> {
    const query = mergeQueries(parts.query, options.query);
    const pathname = encodePath(path, parts.path);
    return new APIPromise(
      this.#request(method, pathname, { ...options, query }, parts.body),
      (exchange) => parseJSON(exchange) as Promise<T>,
    );
  }

  /**
   * Fetches the first page of a list, for a resource.
   *
   * @internal
   */
  list<TPage extends AbstractPage<TItem>, TItem = ReturnType<TPage['getPaginatedItems']>[number]>(
    Page: PageClass<TPage>,
    path: string,
    parts: CallParts,
    options?: RequestOptions,
  ): PagePromise<TPage, TItem> {
    const [query, given] = splitOptions(parts.query, options, parts.own);
    const first: PageRequestOptions = {
      method: 'get',
      path: encodePath(path, parts.path),
      ...given,
      query: mergeQueries(query, given?.query),
    };
    const { after } = first.query as { after?: unknown };
    const send = (next: PageRequestOptions, signal?: AbortSignal) =>
      this.#request('get', first.path, next, undefined, signal);
    const parse = async (
      exchange: Exchange,
      options: PageRequestOptions,
      trail: Trail | undefined,
    ) => new Page({ exchange, options, trail, fetchPage }, await parseJSON(exchange));
    const fetchPage = async (next: PageRequestOptions, trail: Trail, signal?: AbortSignal) =>
      parse(await send(next, signal), next, trail);
    const trail = typeof after === 'string' ? extend(undefined, after) : undefined;
    return new PagePromise(send(first), (exchange) => parse(exchange, first, trail));
  }

  async #request(
    method: Method,
    path: string,
    options: RequestOptions,
    body?: unknown,
    walk?: AbortSignal,
  ): Promise<Exchange> {
    checkCount('timeout', options.timeout);
    checkCount('maxRetries', options.maxRetries);
    const headers = mergeHeaders(this.#settings.headers, options.headers);
    const [pathname, query] = splitPath(path);
    const trip: Trip = {
      options,
      authorize: !('authorization' in headers),
      signals: [options.signal, walk].filter((signal) => !!signal),
    };
    // The path is the caller's: openapi-fetch's types know only those of the spec.
    await this.#http.request(
      method,
      pathname as never,
      {
        ...this.#settings.fetchOptions,
        ...options.fetchOptions,
        params: { query: mergeQueries(query, options.query) },
        headers,
        body,
        parseAs: 'stream',
        trip,
      } as never,
    );
    return trip.exchange as Exchange;
  }

  async #send(url: string, { trip, ...init }: HttpInit & { trip?: Trip }): Promise<Response> {
    const { options, authorize, signals } = trip as Trip;
    const { timeout = this.timeout, maxRetries = this.maxRetries } = options;
    const call = { url, init, authorize, timeout, maxRetries, signals };
    const exchange = new Exchange(call, this.#settings.transport);
    (trip as Trip).exchange = exchange;
    const response = await exchange.send();
    if (!response.ok) throw await exchange.failure();
    return response;
  }
}

/** The path, and the query that it holds. */
function splitPath(path: string): [string, Query] {
  if (!path.startsWith('/')) {
    throw new errors.OrgClientError(
      `A path must begin with a slash, unlike ${JSON.stringify(path)}.`,
    );
  }
  const start = path.indexOf('?');
  if (start < 0) return [path, {}];
  return [path.slice(0, start), readQuery(path.slice(start))];
}
