import { AbstractPage, type PageContext } from './abstract-page.ts';

export { AbstractPage, PagePromise, type PageRequestOptions } from './abstract-page.ts';

/** The body of a list. */
export interface PageResponse<TItem> {
  data: TItem[];
  object: string;
}

/** The body of a list whose next page starts after its last item. */
export interface CursorPageResponse<TItem> {
  data: TItem[];
  has_more: boolean;
}

/** The body of a list whose next page starts after `last_id`. */
export interface ConversationCursorPageResponse<TItem> extends CursorPageResponse<TItem> {
  last_id: string;
}

/** The body of a list that names the cursor of the next page in `next`. */
export interface NextCursorPageResponse<TItem> extends CursorPageResponse<TItem> {
  next: string | null;
}

/** The query parameters of a list with a cursor. */
export interface CursorPageParams {
  after?: string;
  limit?: number;
}

/** The query parameters of a list with a cursor. */
export interface ConversationCursorPageParams extends CursorPageParams {}

/** The query parameters of a list with a cursor. */
export interface NextCursorPageParams extends CursorPageParams {}

/** A list without pages, as one page. */
export class Page<TItem> extends AbstractPage<TItem> {
  /** @internal */
  protected override _nextCursor(): unknown {
    return undefined;
  }

  /** Always false. */
  override hasNextPage(): boolean {
    return false;
  }
}

/**
 * A page whose next one starts after its last item. If the response does not say whether there are more items, the
 * first page without items is the end.
 *
 * @example
 * ```ts
 * for await (const page of (await users.list()).iterPages()) console.log(page.data.length);
 * ```
 */
export class CursorPage<TItem extends { id?: string | number | null }> extends AbstractPage<TItem> {
  /** Whether there are items after this page. */
  declare has_more: boolean;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body, true);
    const { paging } = context;
    if (paging && !paging.hasMore) this.has_more = this.data.length > 0;
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    return lastID(this.data);
  }
}

/**
 * A page whose next one starts after `last_id`, or after its last item if the server leaves that out.
 *
 * @example
 * ```ts
 * const page = await client.admin.organization.users.list({ limit: 50 });
 * for (const user of page.data) console.log(user.id);
 * if (page.hasNextPage()) console.log((await page.getNextPage()).data.length);
 * ```
 */
export class ConversationCursorPage<TItem> extends AbstractPage<TItem> {
  /** The cursor of the first item. */
  first_id: string | null;
  /** The cursor of the last item; empty if the server sends none. */
  last_id: string;
  /** Whether there are items after this page. */
  declare has_more: boolean;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body, true);
    // The page has checked that it is an object. Whether a cursor is one is checked where it is used.
    const { first_id, last_id } = body as { first_id?: string | null; last_id?: string };
    this.first_id = first_id ?? null;
    this.last_id = last_id || '';
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    return this.last_id || lastID(this.data);
  }
}

/** A page that names the cursor of the next one in `next`. */
export class NextCursorPage<TItem> extends AbstractPage<TItem> {
  /** The cursor of the next page, or null on the last one. */
  next: string | null;
  /** Whether there are items after this page. */
  declare has_more: boolean;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body, true);
    this.next = (body as { next?: string }).next || null;
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    return this.next;
  }
}

/** Items come from the server: what they are is checked where the cursor is used. */
function lastID(items: readonly unknown[]): unknown {
  return (items.at(-1) as { id?: unknown } | null | undefined)?.id;
}
