export type * from '@org/types';
export * from './client.gen.ts';
export { default } from './client.gen.ts';
export type { PageClass } from './core/abstract-page.ts';
export type { KeySource } from './core/auth.ts';
export type { Fetch, RetryEvent } from './core/call.ts';
export { NumberedPage, OffsetPage } from './core/counted-page.ts';
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type ErrorBody,
  InternalServerError,
  InvalidResponseError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from './core/errors.ts';
export type { HeadersLike } from './core/headers.ts';
export { LinkPage } from './core/link-page.ts';
export type { Logger, LogLevel } from './core/log.ts';
export type {
  ClientOptions,
  FetchOptions,
  FinalRequestOptions,
  QueryOrOptions,
  RequestOptions,
} from './core/options.ts';
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
export { APIPromise, type WithRequestID, type WithResponse } from './core/promise.ts';
export type { ArrayFormat } from './core/query.ts';
export { APIResource, type ResourceClient } from './core/resource.ts';
export * from './server/base-error.gen.ts';
