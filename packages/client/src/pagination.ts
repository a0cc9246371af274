// `@org/client/pagination` and `@org/client/core/pagination`, as the official package has them.
export { NumberedPage, OffsetPage } from './core/counted-page.ts';
export { LinkPage } from './core/link-page.ts';
export {
  AbstractPage,
  ConversationCursorPage,
  type ConversationCursorPageParams,
  type ConversationCursorPageResponse,
  CursorPage,
  type CursorPageParams,
  type CursorPageResponse,
  NextCursorPage,
  type NextCursorPageParams,
  type NextCursorPageResponse,
  Page,
  PagePromise,
  type PageRequestOptions,
  type PageResponse,
} from './core/page.ts';
