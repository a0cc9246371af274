// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { AssignmentSource, OrganizationUser, Project, Projects, Role, User, UserDeleteResponse, UserListParams, UserUpdateParams } from '@org/types';
import type { QueryOrOptions, RequestOptions } from '../../../core/options.ts';
import { ConversationCursorPage, type PagePromise } from '../../../core/page.ts';
import type { APIPromise } from '../../../core/promise.ts';
import { APIResource } from '../../../core/resource.ts';
import { Roles, type AssignedRole, type RoleAssignment, type RoleCreateParams, type RoleDeleteParams, type RoleDeleteResponse, type RoleListParams, type RoleRetrieveParams, type AssignedRolesPage, type RoleListResponse, type RoleListResponsesPage, type RoleCreateResponse, type RoleRetrieveResponse } from './users/roles.gen.ts';

export type { OrganizationUser, UserDeleteResponse, UserListParams, UserUpdateParams };
export type OrganizationUsersPage = ConversationCursorPage<OrganizationUser>;
export type UserListResponse = OrganizationUser;
export type UserListResponsesPage = ConversationCursorPage<OrganizationUser>;
export type UserRetrieveResponse = OrganizationUser;
export type UserUpdateResponse = OrganizationUser;

/** The people and service accounts that belong to the organization. */
export class Users extends APIResource {
  /** The roles assigned to a user. */
  readonly roles: Roles = new Roles(this._client);

  /**
   * Returns the users of the organization, one page at a time.
   * Await the call for a page, or iterate it for the items of all pages.
   *
   * @param query.after A cursor for pagination: the id of the object after which the page starts. Pass the `last_id` of one page to get the next.
   * @param query.emails Returns only users with one of these email addresses. Repeat the parameter to pass several.
   * @param query.limit The maximum number of users on a page. 1 to 100, default 20.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * for await (const item of client.admin.organization.users.list({ limit: 50 })) {
   *   console.log(item);
   * }
   * ```
   */
  list(query?: QueryOrOptions<UserListParams> | null, options?: RequestOptions): PagePromise<ConversationCursorPage<OrganizationUser>, OrganizationUser> {
    return this._client._list(ConversationCursorPage<OrganizationUser>, '/organization/users', { query }, options);
  }

  /**
   * Returns one user of the organization.
   *
   * @param userID The id of the user.
   * @throws {OrgClientError} `userID` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.retrieve('user_abc');
   * ```
   */
  retrieve(userID: string, options?: RequestOptions): APIPromise<OrganizationUser> {
    return this._client._call('get', '/organization/users/{user_id}', { path: { user_id: userID } }, options);
  }

  /**
   * Changes a user's role or profile and returns the updated user. Properties that the body leaves out keep their value.
   *
   * @param userID The id of the user.
   * @param body The properties to change.
   * @throws {OrgClientError} `userID` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.update('user_abc', { role: 'owner' });
   * ```
   */
  update(userID: string, body: UserUpdateParams, options?: RequestOptions): APIPromise<OrganizationUser> {
    return this._client._call('post', '/organization/users/{user_id}', { path: { user_id: userID }, body }, options);
  }

  /**
   * Removes a user from the organization, together with the roles assigned to them.
   *
   * @param userID The id of the user.
   * @throws {OrgClientError} `userID` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.delete('user_abc');
   * ```
   */
  delete(userID: string, options?: RequestOptions): APIPromise<UserDeleteResponse> {
    return this._client._call('delete', '/organization/users/{user_id}', { path: { user_id: userID } }, options);
  }

  static {
    Object.assign(this, { Roles });
  }
}

export declare namespace Users {
  export {
    type OrganizationUser,
    type UserDeleteResponse,
    type UserListParams,
    type UserUpdateParams,
    type OrganizationUsersPage,
    type UserListResponse,
    type UserListResponsesPage,
    type UserRetrieveResponse,
    type UserUpdateResponse,
    Roles,
    type AssignedRole,
    type RoleAssignment,
    type RoleCreateParams,
    type RoleDeleteParams,
    type RoleDeleteResponse,
    type RoleListParams,
    type RoleRetrieveParams,
    type AssignedRolesPage,
    type RoleListResponse,
    type RoleListResponsesPage,
    type RoleCreateResponse,
    type RoleRetrieveResponse,
    type AssignmentSource,
    type Project,
    type Projects,
    type Role,
    type User,
  };
}
