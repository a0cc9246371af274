import { ClientError } from './errors.ts';
import type { FinalRequestOptions } from './options.ts';
import type { Paging } from './paging.ts';
import { APIPromise, noteRequestID } from './promise.ts';
import { extend, passed, type Trail } from './trail.ts';
import type { Exchange } from './transport.ts';

/** The options of the request for a page: those of the first call, with what asks for the page. */
export interface PageRequestOptions extends FinalRequestOptions {}

/**
 * What a page knows about the call that it came from.
 *
 * @internal
 */
export interface PageContext {
  readonly exchange: Exchange;
  readonly options: PageRequestOptions;
  /** What the list has under other names; the body is read by it. */
  readonly paging: Paging | undefined;
  /** The body as the server sent it. */
  readonly raw: unknown;
  /** The address that paths follow: no page is fetched from elsewhere. */
  readonly base: string;
  readonly trail: Trail | undefined;
  /** Fetches another page of the same list. The signal ends the request, besides the caller's own. */
  fetchPage(options: PageRequestOptions, trail: Trail, signal?: AbortSignal): Promise<unknown>;
}

/** A page class, such as `ConversationCursorPage`. Only the client makes pages. */
export type PageClass<TPage> = new (...context: never[]) => TPage;

/**
 * One page of a list, with access to the next ones. Subclasses locate the cursor; everything else, including
 * iteration, is the same for all lists.
 *
 * An iteration returns every item of the list or throws an error: an empty page is not the end, and a
 * missing cursor or a pagination loop is an error.
 */
export abstract class AbstractPage<TItem> implements AsyncIterable<TItem> {
  /** The type of the object, always `list`. */
  object: string;
  /** The items of this page. */
  data: TItem[];
  /** The `x-request-id` of the response. Not enumerable. */
  declare readonly _request_id: string | null;

  readonly #body: object;
  readonly #context: PageContext;

  /**
   * @param paged whether the body has `has_more`
   * @internal
   */
  constructor(context: PageContext, body: unknown, paged?: boolean) {
    // JSON of any kind: each property is checked before it is used.
    const page = (body ?? {}) as Record<string, unknown>;
    const { exchange, raw } = context;
    if (!Array.isArray(page['data'])) {
      throw exchange.invalid('Expected a list: `data` is not an array.');
    }
    this.object = String(page['object'] ?? 'list');
    this.data = page['data'] as TItem[];
    if (paged) {
      const has_more = page['has_more'] ?? false;
      if (typeof has_more !== 'boolean') {
        throw exchange.invalid('Expected a list: `has_more` is not a boolean.');
      }
      // Declared by the subclasses that have it.
      Object.assign(this, { has_more });
    }
    noteRequestID(this, exchange.response);
    // An object or an array: it has the items.
    this.#body = raw as object;
    this.#context = context;
  }

  /**
   * The cursor of the next page, as the server sent it.
   *
   * @internal
   */
  protected abstract _nextCursor(): unknown;

  /** The items of this page. */
  getPaginatedItems(): TItem[] {
    return this.data;
  }

  /** Whether the server has more items after this page. */
  hasNextPage(): boolean {
    return (this as { has_more?: boolean }).has_more === true;
  }

  /** The options of the request for the next page, or null if this page has no cursor. */
  nextPageRequestOptions(): PageRequestOptions | null {
    const { options, paging } = this.#context;
    const cursor = this._nextCursor();
    const after = paging ? paging.write(cursor) : cursor;
    if (typeof after !== 'string' || !after) return null;
    return { ...options, query: { ...options.query, [paging?.position ?? 'after']: after } };
  }

  /**
   * Fetches the next page.
   *
   * @throws {ClientError} if there is no next page: check `hasNextPage()` first
   * @throws {InvalidResponseError} if the server reports more items without a cursor, or with a cursor that
   * already led to a page of this walk
   */
  getNextPage(): Promise<this> {
    return this.#next();
  }

  /** Walks this page and all that follow. */
  async *iterPages(): AsyncGenerator<this> {
    const walk = this.#context.options.prefetch ? new AbortController() : undefined;
    let page = this;
    let ahead: Promise<this> | undefined;
    try {
      for (;;) {
        if (walk && page.hasNextPage()) {
          ahead = page.#next(walk.signal);
          // It is awaited below, once the consumer is done with this page.
          ahead.catch(() => {});
        }
        yield page;
        if (!page.hasNextPage()) return;
        page = await (ahead ?? page.getNextPage());
        ahead = undefined;
      }
    } finally {
      // A consumer that breaks off has no use for the page that was fetched ahead. Without such a page, nothing is aborted:
      // the error that an abort makes takes time.
      if (ahead) walk?.abort();
    }
  }

  /** Walks the items of this page and of all that follow. */
  [Symbol.asyncIterator](): AsyncGenerator<TItem> {
    return walkItems(this);
  }

  /** The body that the server sent. */
  toJSON(): unknown {
    return this.#body;
  }

  async #next(signal?: AbortSignal): Promise<this> {
    const { exchange, trail, fetchPage } = this.#context;
    if (!this.hasNextPage()) {
      throw new ClientError(
        'No next page expected; please check `.hasNextPage()` before calling `.getNextPage()`.',
      );
    }
    const options = this.nextPageRequestOptions();
    if (!options) {
      throw exchange.invalid('Expected a cursor: `has_more` is true, but the page has none.');
    }
    const after = `${this._nextCursor()}`;
    if (passed(trail, after)) {
      const shown = JSON.stringify(after);
      throw exchange.invalid(`Pagination loop: the server returned the cursor ${shown} twice.`);
    }
    // The context makes pages of the class that it was made for.
    return fetchPage(options, extend(trail, after), signal) as Promise<this>;
  }
}

/** A list call under way: await it for the first page, or iterate it for every item of every page. */
export class PagePromise<
    TPage extends AbstractPage<TItem>,
    TItem = ReturnType<TPage['getPaginatedItems']>[number],
  >
  extends APIPromise<TPage>
  implements AsyncIterable<TItem>
{
  /** Walks every item of every page; pages are fetched as they are needed. */
  [Symbol.asyncIterator](): AsyncGenerator<TItem> {
    return walkItems<TItem>(this);
  }
}

async function* walkItems<TItem>(
  first: AbstractPage<TItem> | PromiseLike<AbstractPage<TItem>>,
): AsyncGenerator<TItem> {
  for await (const page of (await first).iterPages()) {
    for (const item of page.data) yield item;
  }
}
