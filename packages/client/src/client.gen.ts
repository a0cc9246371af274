// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { PagePromise } from './core/abstract-page.ts';
import type { ErrorObject } from './core/errors.ts';
import type { Logger, LogLevel } from './core/log.ts';
import type { ClientOptions, RequestOptions } from './core/options.ts';
import { ConversationCursorPage, type ConversationCursorPageParams, type ConversationCursorPageResponse, CursorPage, type CursorPageParams, type CursorPageResponse, NextCursorPage, type NextCursorPageParams, type NextCursorPageResponse, Page, type PageResponse } from './core/page.ts';
import type { APIPromise } from './core/promise.ts';
import { BaseClient } from './core/base-client.ts';
import type { OrgClientError } from './server/base-error.gen.ts';
import { Admin } from './resources/admin.gen.ts';

export type { Admin };
export type { OrganizationUsersPage } from './resources/admin/organization/users.gen.ts';
export type { UserListResponsesPage } from './resources/admin/organization/users.gen.ts';
export type { AssignedRolesPage } from './resources/admin/organization/users/roles.gen.ts';
export type { RoleListResponsesPage } from './resources/admin/organization/users/roles.gen.ts';

/**
 * A client for the API "Organization users".
 *
 * @example
 * ```ts
 * const client = new OrgClient(); // the key comes from OPENAI_ADMIN_KEY
 * for await (const item of client.admin.organization.users.list({ limit: 50 })) {
 *   console.log(item);
 * }
 * ```
 */
export class OrgClient extends BaseClient {
  declare static readonly OrgClientError: typeof OrgClientError;
  declare static readonly OpenAIError: typeof OrgClientError;

  /** The class itself, also called `OpenAI`. */
  static readonly OpenAI: typeof OrgClient = OrgClient;

  /** The value of the header `OpenAI-Organization`, or null. */
  declare readonly organization: string | null;

  /** The value of the header `OpenAI-Project`, or null. */
  declare readonly project: string | null;

  /** Calls under `client.admin`. */
  readonly admin: Admin = new Admin(this._client);

  static {
    Object.assign(this, { Admin, ConversationCursorPage, CursorPage, NextCursorPage, Page });
  }
}

/** The client's types and classes as its members: `OpenAI.RequestOptions`. */
export declare namespace OrgClient {
  export {
    Admin,
    type APIPromise,
    type ClientOptions,
    ConversationCursorPage,
    type ConversationCursorPageParams,
    type ConversationCursorPageResponse,
    CursorPage,
    type CursorPageParams,
    type CursorPageResponse,
    type ErrorObject,
    type LogLevel,
    type Logger,
    NextCursorPage,
    type NextCursorPageParams,
    type NextCursorPageResponse,
    Page,
    type PagePromise,
    type PageResponse,
    type RequestOptions,
  };
}

export { OrgClient as OpenAI, OrgClient as default };
