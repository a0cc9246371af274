import { AbstractPage, type PageContext, type PageRequestOptions } from './abstract-page.ts';
import type { PageBody } from './paging.ts';

/** What came before the page that is fetched with these options. */
const before = new WeakMap<PageRequestOptions, { data: readonly unknown[]; received: number }>();

/**
 * A page that has a number. The next one is the page with the next number, as long as there are more pages or items by
 * what the server says; where it says nothing, up to the first page without items.
 *
 * @example
 * ```ts
 * for await (const book of client.books.list({ page: 3 })) console.log(book.id); // from the third page on
 * ```
 */
export class NumberedPage<TItem> extends AbstractPage<TItem> {
  /** Whether there are pages after this one. */
  has_more: boolean;
  /** The number of items in the whole list, or null if it is unknown. */
  total: number | null;

  readonly #context: PageContext;
  readonly #number: number;
  /** How many items came up to here; NaN where the walk did not begin with the first page. */
  readonly #received: number;
  /** Whether `total` alone decides. */
  readonly #counts: boolean;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body);
    const { has_more, total, pages } = body as PageBody;
    const first = context.paging?.first ?? 1;
    const number = numberOf(context, 'page', first);
    const received = earlierOf(context, this.data) ?? (number === first ? 0 : Number.NaN);
    this.#context = context;
    this.#number = number;
    this.#received = received + this.data.length;
    this.#counts = has_more === undefined && pages === undefined && this.#received >= 0;
    this.total = total ?? null;
    if (has_more !== undefined) this.has_more = has_more;
    else if (pages !== undefined) this.has_more = number - first + 1 < pages;
    else if (total !== undefined && this.#counts) this.has_more = this.#received < total;
    else this.has_more = this.data.length > 0;
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    if (this.#counts && this.has_more && this.data.length === 0) {
      throw cutOff(this.#context, this.total, this.#received);
    }
    return toText(this.#number + 1);
  }

  override nextPageRequestOptions(): PageRequestOptions | null {
    return remember(super.nextPageRequestOptions(), this.data, this.#received);
  }
}

/**
 * A page that begins after a number of items. The next one begins after the items that were received, however many the
 * request asked for.
 *
 * @example
 * ```ts
 * for await (const book of client.books.list({ offset: 100 })) console.log(book.id);
 * ```
 */
export class OffsetPage<TItem> extends AbstractPage<TItem> {
  /** Whether there are items after this page. */
  has_more: boolean;
  /** The number of items in the whole list, or null if it is unknown. */
  total: number | null;

  readonly #context: PageContext;
  readonly #next: number;
  /** How many items of the list there are up to here. */
  readonly #end: number;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body);
    const { has_more, total } = body as PageBody;
    const first = context.paging?.first ?? 0;
    earlierOf(context, this.data);
    this.#context = context;
    this.#next = numberOf(context, 'offset', first) + this.data.length;
    this.#end = this.#next - first;
    this.total = total ?? null;
    this.has_more = has_more ?? (total === undefined ? this.data.length > 0 : this.#end < total);
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    if (this.has_more && this.data.length === 0) {
      throw cutOff(this.#context, this.total, this.#end);
    }
    return toText(this.#next);
  }

  override nextPageRequestOptions(): PageRequestOptions | null {
    return remember(super.nextPageRequestOptions(), this.data, this.#end);
  }
}

/** The number that was asked for, in the whole address: it may be a default of the client's. NaN where it is none. */
function numberOf({ exchange, paging }: PageContext, name: string, first: number): number {
  const given = new URL(exchange.call.url).searchParams.get(paging?.position ?? name);
  return given === null ? first : Number(given);
}

function toText(number: number): string | undefined {
  return Number.isSafeInteger(number) ? `${number}` : undefined;
}

/** Keeps what the next page has to know, apart from the options that callers see. */
function remember(
  options: PageRequestOptions | null,
  data: readonly unknown[],
  received: number,
): PageRequestOptions | null {
  if (options) before.set(options, { data, received });
  return options;
}

/**
 * How many items came before a page; undefined for the first one of a walk.
 *
 * @throws {InvalidResponseError} if the server sent the previous page again: it does not know the parameter, or takes a
 * number that is too large for that of the last page
 */
function earlierOf(
  { options, exchange }: PageContext,
  data: readonly unknown[],
): number | undefined {
  const earlier = before.get(options);
  if (earlier && data.length > 0 && JSON.stringify(earlier.data) === JSON.stringify(data)) {
    throw exchange.invalid('Pagination loop: the server returned the same page twice.');
  }
  return earlier?.received;
}

/** The error of a list that ends before the server says that it does. */
function cutOff({ exchange }: PageContext, total: number | null, received: number): Error {
  return exchange.invalid(
    `Expected ${total ?? 'more'} items, but the list ended after ${received}.`,
  );
}
