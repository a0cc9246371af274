export type {
  ErrorObject,
  ErrorResponse,
  OrganizationUser,
  OrganizationUserList,
  Project,
  Projects,
  User,
  UserListParams,
} from '@org/types';
export { OrgClient, OrgClient as default } from './client.ts';
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  InvalidResponseError,
  NotFoundError,
  OrgClientError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from './core/errors.ts';
export type { HeadersLike } from './core/headers.ts';
export type { Logger, LogLevel } from './core/log.ts';
export type { ClientOptions, FetchOptions, RequestOptions } from './core/options.ts';
export {
  AbstractPage,
  ConversationCursorPage,
  CursorPage,
  NextCursorPage,
  Page,
  PagePromise,
  type PageRequestOptions,
} from './core/page.ts';
export { APIPromise, type WithResponse } from './core/promise.ts';
export type { ArrayFormat } from './core/query.ts';
export { APIResource } from './core/resource.ts';
export type { Fetch, KeySource } from './core/transport.ts';
export type { OrganizationUsersPage } from './resources/admin/organization/users.ts';
