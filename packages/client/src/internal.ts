/**
 * What `@org/mock` takes of the client to copy a server. Not for other programs: it may change in any release.
 *
 * @module
 */
import type { AbstractPage, PageClass } from './core/abstract-page.ts';
import { auth, keyOption } from './core/auth.gen.ts';
import { BaseClient } from './core/base-client.ts';
import { NumberedPage, OffsetPage } from './core/counted-page.ts';
import { LinkPage } from './core/link-page.ts';
import type { ClientOptions, RequestOptions } from './core/options.ts';
import { ConversationCursorPage, CursorPage, NextCursorPage, Page } from './core/page.ts';
import { pagedBy } from './core/paging.ts';
import { encodePath } from './core/path.ts';
import { headerOptions } from './server/server.gen.ts';

export { APIError, APIUserAbortError } from './core/errors.ts';
export { maskSecrets, parseMasked, secretsOf } from './core/mask.ts';

/** The names of the page classes. */
export type PageKind =
  | 'ConversationCursorPage'
  | 'CursorPage'
  | 'LinkPage'
  | 'NextCursorPage'
  | 'NumberedPage'
  | 'OffsetPage'
  | 'Page';

const pageClasses: Record<PageKind, PageClass<AbstractPage<unknown>>> = {
  ConversationCursorPage,
  CursorPage,
  LinkPage,
  NextCursorPage,
  NumberedPage,
  OffsetPage,
  Page,
};

/** A list of any document: where it is, and how its pages follow each other. */
export interface ListCall {
  path: string;
  /** Values of the path's parameters. */
  params: Record<string, string>;
  query: Record<string, unknown>;
  pageClass: PageKind;
  paging: Parameters<typeof pagedBy>[0];
}

/** One page of a list. */
export interface ListedPage {
  data: readonly unknown[];
  /** The total number of items of the list, if the server sends it. */
  total: number | undefined;
}

/** A client for any document: what differs between documents is passed with each call. It has no key of its own. */
export class DocumentClient extends BaseClient {
  /** Every page of a list. As all lists of the client, it ends after the last item or throws. */
  async *pages(call: ListCall, options: RequestOptions): AsyncGenerator<ListedPage> {
    const { path, params, query, pageClass, paging } = call;
    const first = await this.requestAPIList<unknown, AbstractPage<unknown>>(
      pageClasses[pageClass],
      { ...options, method: 'get', path: encodePath(path, params), query },
      { paging: pagedBy(paging) },
    );
    for await (const page of first.iterPages()) {
      const { data } = page;
      // Some page classes have it.
      const { total } = page as { total?: number | null };
      yield { data, total: total ?? undefined };
    }
  }

  /** One object. */
  read(path: string, params: Record<string, string>, options: RequestOptions): Promise<unknown> {
    return this.get(encodePath(path, params), options);
  }
}

/** Options of a client that sends no key, and none of the headers that this API's document gives options for. */
export const bare: ClientOptions = Object.fromEntries(
  [...(auth ? Object.keys(auth.options) : [keyOption]), ...Object.keys(headerOptions)]
    .filter((name) => name !== '')
    .map((name) => [name, null]),
);
/** The names of the options in {@link bare} that are sent as headers and are not keys. */
export const headers: readonly string[] = Object.keys(headerOptions);
