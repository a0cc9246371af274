import type { AbstractPage, PageClass, PagePromise } from './abstract-page.ts';
import type { Security } from './auth.ts';
import type { FinalRequestOptions, Method, OptionsOrPromise, RequestOptions } from './options.ts';
import type { Paging } from './paging.ts';
import type { APIPromise } from './promise.ts';

/** What goes into one request. */
export interface CallParts {
  /** Values for the `{names}` in the path: checked, and percent-encoded. */
  path?: Record<string, unknown>;
  query?: object | null | undefined;
  /** Null where the caller need not give one; undefined where one is missing. */
  body?: unknown;
  /** The media type of the body. JSON unless it says otherwise. */
  type?: string;
  /** The media types of the response. JSON unless it says otherwise. */
  accept?: string;
  /** What the call gives, where that is not JSON: nothing, a text, or the response with its body unread. */
  result?: 'none' | 'text' | 'response' | 'any';
  /** Query parameters of the operation that are called like a request option. */
  own?: readonly string[];
  /** Where the response of a list has its items and what leads to the next page, if not where `CursorPage` has them. */
  paging?: Paging;
  /** The keys that the operation takes, if not those of the whole API. */
  security?: Security;
}

/** What resources need of the client. */
export interface ResourceClient {
  get<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T>;
  post<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T>;
  put<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T>;
  patch<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T>;
  delete<T = unknown>(path: string, options?: OptionsOrPromise): APIPromise<T>;
  request<T = unknown>(
    options: FinalRequestOptions | PromiseLike<FinalRequestOptions>,
  ): APIPromise<T>;
  getAPIList<TItem, TPage extends AbstractPage<TItem> = AbstractPage<TItem>>(
    path: string,
    Page: PageClass<TPage>,
    options?: OptionsOrPromise,
  ): PagePromise<TPage, TItem>;
  buildURL(path: string, query?: object | null): string;
  /**
   * Sends the request of a generated method; the result is the parsed body, or undefined where the body is empty.
   *
   * @internal
   */
  _call<T>(
    method: Method,
    path: string,
    parts?: CallParts,
    options?: RequestOptions,
  ): APIPromise<T>;
  /**
   * Fetches the first page of a generated list. Request options may be passed instead of the query.
   *
   * @internal
   */
  _list<TPage extends AbstractPage<TItem>, TItem = ReturnType<TPage['getPaginatedItems']>[number]>(
    Page: PageClass<TPage>,
    path: string,
    parts: CallParts,
    options?: RequestOptions,
  ): PagePromise<TPage, TItem>;
}

/**
 * The base of all resources: a group of operations, such as `client.admin.organization.users`. A resource of your own
 * reaches paths that have no method yet.
 *
 * @example
 * ```ts
 * class Projects extends APIResource {
 *   retrieve(id: string) {
 *     return this._client.get<{ id: string; name: string }>(`/organization/projects/${id}`);
 *   }
 * }
 * const project = await new Projects(client).retrieve('proj_abc');
 * ```
 */
export abstract class APIResource {
  readonly #client: ResourceClient;

  constructor(client: ResourceClient) {
    this.#client = client;
  }

  /** An accessor, so that printing a resource does not print the client. */
  protected get _client(): ResourceClient {
    return this.#client;
  }
}
