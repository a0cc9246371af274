import { OrgClientError } from './errors.ts';
import type { RequestOptions } from './options.ts';
import { APIPromise, noteRequestID, parseJSON } from './promise.ts';
import { mergeQueries } from './query.ts';
import type { Exchange } from './transport.ts';

/** The body of a page, as the API sends it. */
export interface PageBody<TItem> {
  object?: string;
  data: TItem[];
  first_id?: string | null;
  last_id?: string | null;
  has_more: boolean;
}

/** Sends the request for a page. The signal ends a walk, besides the caller's own. */
export type SendPage = (options: RequestOptions, walk?: AbortSignal) => Promise<Exchange>;

/** The cursor that led to a page, and the ones before it. `taken` belongs to all steps that start at one page. */
interface Step {
  depth: number;
  previous: Step | undefined;
  taken: Map<string, Step>;
}

/**
 * One page of a list, and the way to the next ones.
 *
 * @example
 * ```ts
 * const page = await client.admin.organization.users.list({ limit: 50 });
 * for (const user of page.data) console.log(user.id);
 * if (page.hasNextPage()) console.log((await page.getNextPage()).data.length);
 * ```
 */
export class ConversationCursorPage<TItem extends { id?: string | null }>
  implements AsyncIterable<TItem>
{
  /** The type of the object, always `list`. */
  readonly object: string;
  /** The items of this page. */
  readonly data: TItem[];
  /** The cursor of the first item. */
  readonly first_id: string | null;
  /** The cursor of the last item. */
  readonly last_id: string | null;
  /** Whether there are items after this page. */
  readonly has_more: boolean;
  /** The `x-request-id` of the response. Not enumerable. */
  declare readonly _request_id: string | null;

  readonly #exchange: Exchange;
  readonly #body: PageBody<TItem>;
  readonly #options: RequestOptions;
  readonly #send: SendPage;
  readonly #step: Step;

  constructor(
    exchange: Exchange,
    body: unknown,
    options: RequestOptions,
    send: SendPage,
    step?: Step,
  ) {
    this.#body = checkPage<TItem>(exchange, body);
    const { object = 'list', data, first_id = null, last_id = null, has_more = false } = this.#body;
    this.object = object;
    this.data = data;
    this.first_id = first_id;
    this.last_id = last_id;
    this.has_more = has_more;
    noteRequestID(this, exchange.response);
    this.#exchange = exchange;
    this.#options = options;
    this.#send = send;
    this.#step = step ?? firstStep(options);
  }

  /** The items of this page. */
  getPaginatedItems(): TItem[] {
    return this.data;
  }

  /** Whether the server has more items after this page. */
  hasNextPage(): boolean {
    return this.has_more;
  }

  /** The options of the request for the next page, or null where no cursor leads to one. */
  nextPageRequestOptions(): RequestOptions | null {
    const after = this.last_id || this.data.at(-1)?.id;
    if (!after) return null;
    return { ...this.#options, query: mergeQueries(this.#options.query, { after }) };
  }

  /**
   * Asks for the next page.
   *
   * @throws {OrgClientError} where there is none: look at `hasNextPage()` first
   * @throws {InvalidResponseError} where the server says that there is more but gives no way to it, or a cursor that
   * it has given before
   */
  getNextPage(): Promise<this> {
    return this.#next();
  }

  /** Walks this page and all that follow. */
  async *iterPages(): AsyncGenerator<this> {
    const walk = this.#options.prefetch ? new AbortController() : undefined;
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
      // Where the consumer breaks off, nothing that it did not ask for goes on.
      if (ahead) walk?.abort();
    }
  }

  /** Walks the items of this page and of all that follow. */
  [Symbol.asyncIterator](): AsyncGenerator<TItem> {
    return walkItems(this);
  }

  /** What the server sent, word for word. */
  toJSON(): unknown {
    return this.#body;
  }

  async #next(walk?: AbortSignal): Promise<this> {
    if (!this.has_more) {
      throw new OrgClientError(
        'There is no next page; look at `hasNextPage()` before you ask for it.',
      );
    }
    const options = this.nextPageRequestOptions();
    if (!options) {
      throw this.#exchange.invalid(
        'The server says that there is more, but gives no cursor to go on from.',
      );
    }
    const cursor = String((options.query as { after: unknown }).after);
    const step = nextStep(this.#step, cursor);
    if (!step) {
      const shown = JSON.stringify(cursor);
      throw this.#exchange.invalid(
        `The server gave the cursor ${shown} a second time: it leads in a circle.`,
      );
    }
    const exchange = await this.#send(options, walk);
    const body = await parseJSON(exchange);
    return new ConversationCursorPage<TItem>(exchange, body, options, this.#send, step) as this;
  }
}

/** A list call under way: await it for the first page, or iterate it for every item of every page. */
export class PagePromise<
    TPage extends ConversationCursorPage<TItem>,
    TItem extends { id?: string | null },
  >
  extends APIPromise<TPage>
  implements AsyncIterable<TItem>
{
  /** Walks every item of every page; pages are asked for as they are needed. */
  [Symbol.asyncIterator](): AsyncGenerator<TItem> {
    return walkItems<TItem>(this);
  }
}

async function* walkItems<TItem extends { id?: string | null }>(
  first: ConversationCursorPage<TItem> | PromiseLike<ConversationCursorPage<TItem>>,
): AsyncGenerator<TItem> {
  for await (const page of (await first).iterPages()) {
    for (const item of page.data) yield item;
  }
}

function checkPage<TItem>(exchange: Exchange, body: unknown): PageBody<TItem> {
  const page = body as PageBody<TItem> | null | undefined;
  const cursors = [page?.first_id, page?.last_id];
  if (!Array.isArray(page?.data))
    throw exchange.invalid('The response is no list: it has no array `data`.');
  if (typeof (page.has_more ?? false) !== 'boolean') {
    throw exchange.invalid('The response is no list: its `has_more` is not a boolean.');
  }
  if (cursors.some((cursor) => typeof (cursor ?? '') !== 'string')) {
    throw exchange.invalid('The response is no list: its `first_id` or `last_id` is not a string.');
  }
  return page;
}

function firstStep({ query }: RequestOptions): Step {
  const { after } = (query ?? {}) as { after?: string | null };
  const step: Step = { depth: 0, previous: undefined, taken: new Map() };
  if (after) step.taken.set(after, step);
  return step;
}

/** The step to a cursor, or undefined where the steps before it have been there: a circle. */
function nextStep(previous: Step, cursor: string): Step | undefined {
  const earlier = previous.taken.get(cursor);
  if (earlier) {
    let step: Step | undefined = previous;
    while (step && step.depth > earlier.depth) step = step.previous;
    // The same page may be asked for its successor twice: that is no circle.
    if (step === earlier) return undefined;
  }
  const step = { depth: previous.depth + 1, previous, taken: previous.taken };
  previous.taken.set(cursor, step);
  return step;
}
