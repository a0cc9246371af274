import { AbstractPage, type PageContext, type PageRequestOptions } from './abstract-page.ts';
import type { PageBody } from './paging.ts';

/**
 * A page that has the address of the next one, in its body or in the header `Link`. An address of another origin, or
 * one that is not below `baseURL`, is an error: the key must not go there.
 *
 * @example
 * ```ts
 * const page = await client.books.list();
 * if (page.hasNextPage()) console.log(page.next);
 * ```
 */
export class LinkPage<TItem> extends AbstractPage<TItem> {
  /** The address of the next page as the server sent it, or null on the last one. */
  next: string | null;
  /** Whether there are items after this page. */
  has_more: boolean;

  readonly #context: PageContext;

  /** @internal */
  constructor(context: PageContext, body: unknown) {
    super(context, body);
    const { next, has_more } = body as PageBody;
    const header = context.paging?.link && context.exchange.response.headers.get('link');
    // Whether it is an address is checked where it is used.
    this.next = ((header ? nextLink(header) : next) as string | undefined) || null;
    this.has_more = has_more ?? this.next !== null;
    if (header) this.has_more = this.next !== null;
    this.#context = context;
  }

  /** @internal */
  protected override _nextCursor(): unknown {
    const { next } = this;
    if (!next) return undefined;
    const { exchange, base } = this.#context;
    if (typeof next !== 'string' || !/^(https?:\/|[/?])/i.test(next) || !URL.canParse(next, base)) {
      throw exchange.invalid('Expected the address of the next page: it is not an http(s) URL.');
    }
    const own = new URL(exchange.call.url);
    const url = new URL(next, own);
    url.hash = '';
    // The path of this page itself may be that of another server of the same origin.
    const isOwn = url.origin === own.origin && url.pathname === own.pathname;
    if (!isOwn && !`${url.origin}${url.pathname}/`.startsWith(`${base}/`)) {
      throw exchange.invalid(
        `The next page is at ${url.origin}${url.pathname}, which is not below baseURL (${base}).`,
      );
    }
    if (url.href === own.href) {
      throw exchange.invalid('Pagination loop: the next page is the page itself.');
    }
    return url.href;
  }

  override nextPageRequestOptions(): PageRequestOptions | null {
    const path = this._nextCursor();
    // The address has the whole query.
    return typeof path === 'string' ? { ...this.#context.options, path, query: null } : null;
  }
}

/** The target of `rel="next"` in a header `Link` of RFC 8288. */
function nextLink(header: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(/<([^>]*)>((?:[^,"]|"[^"]*")*)/g)) {
    const [, quoted, token] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters) ?? [];
    const relations = (quoted ?? token ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return undefined;
}
