import type { AbstractPage, PageClass, PagePromise } from './abstract-page.ts';
import type { RequestOptions } from './options.ts';
import type { APIPromise } from './promise.ts';

/** The methods that operations use. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What goes into one request. */
export interface CallParts {
  /** Values for the `{names}` in the path: checked, and percent-encoded. */
  path?: Record<string, unknown>;
  query?: object | null | undefined;
  /** Goes out as JSON. */
  body?: unknown;
  /** Query parameters of the operation that are called like a request option. */
  own?: readonly string[];
}

/**
 * What resources need of the client.
 *
 * @internal
 */
export interface ResourceClient {
  /** Sends one request; the result is the parsed body, or undefined where the body is empty. */
  call<T>(method: Method, path: string, parts?: CallParts, options?: RequestOptions): APIPromise<T>;
  /** Fetches the first page of a list. Request options may be passed instead of the query. */
  list<TPage extends AbstractPage<TItem>, TItem = ReturnType<TPage['getPaginatedItems']>[number]>(
    Page: PageClass<TPage>,
    path: string,
    parts: CallParts,
    options?: RequestOptions,
  ): PagePromise<TPage, TItem>;
}

/** The base of all resources: a group of operations, such as `client.admin.organization.users`. */
export abstract class APIResource {
  readonly #client: ResourceClient;

  /** @internal */
  constructor(client: ResourceClient) {
    this.#client = client;
  }

  /**
   * An accessor, so that printing a resource does not print the client.
   *
   * @internal
   */
  protected get _client(): ResourceClient {
    return this.#client;
  }
}
