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
} from './errors.ts';
export type { HeadersLike } from './headers.ts';
export type { Logger, LogLevel } from './log.ts';
export type { ClientOptions, FetchOptions, RequestOptions } from './options.ts';
export { ConversationCursorPage, PagePromise } from './page.ts';
export { APIPromise, type WithResponse } from './promise.ts';
export type { ArrayFormat } from './query.ts';
export type { OrganizationUsersPage } from './resources/admin/organization/users.ts';
export type { Fetch, KeySource } from './transport.ts';
