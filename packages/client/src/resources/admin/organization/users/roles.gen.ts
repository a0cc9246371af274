// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { AssignedRole, RoleAssignment, RoleCreateParams, RoleDeleteParams, RoleDeleteResponse, RoleListParams, RoleRetrieveParams } from '@org/types';
import type { QueryOrOptions, RequestOptions } from '../../../../core/options.ts';
import { NextCursorPage, type PagePromise } from '../../../../core/page.ts';
import type { APIPromise } from '../../../../core/promise.ts';
import { APIResource } from '../../../../core/resource.ts';

export type { AssignedRole, RoleAssignment, RoleCreateParams, RoleDeleteParams, RoleDeleteResponse, RoleListParams, RoleRetrieveParams };
export type AssignedRolesPage = NextCursorPage<AssignedRole>;
export type RoleListResponse = AssignedRole;
export type RoleListResponsesPage = NextCursorPage<AssignedRole>;
export type RoleCreateResponse = RoleAssignment;
export type RoleRetrieveResponse = AssignedRole;

/** The roles assigned to a user. */
export class Roles extends APIResource {
  /**
   * Returns the roles assigned to a user, one page at a time.
   * Await the call for a page, or iterate it for the items of all pages.
   *
   * @param userID The id of the user.
   * @param query.after A cursor for pagination: pass the `next` of one page to get the page that follows it.
   * @param query.limit The maximum number of roles on a page. 0 to 1000.
   * @param query.order The order in which roles are returned, ascending or descending. One of "asc", "desc".
   * @throws {OrgClientError} `userID` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * for await (const item of client.admin.organization.users.roles.list('user_abc', { limit: 50 })) {
   *   console.log(item);
   * }
   * ```
   */
  list(userID: string, query?: QueryOrOptions<RoleListParams> | null, options?: RequestOptions): PagePromise<NextCursorPage<AssignedRole>, AssignedRole> {
    return this._client._list(NextCursorPage<AssignedRole>, '/organization/users/{user_id}/roles', { path: { user_id: userID }, query }, options);
  }

  /**
   * Assigns a role to a user. The user keeps the roles they already have.
   *
   * @param userID The id of the user.
   * @param body The role to assign.
   * @throws {OrgClientError} `userID` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.roles.create('user_abc', { role_id: 'role_abc' });
   * ```
   */
  create(userID: string, body: RoleCreateParams, options?: RequestOptions): APIPromise<RoleAssignment> {
    return this._client._call('post', '/organization/users/{user_id}/roles', { path: { user_id: userID }, body }, options);
  }

  /**
   * Returns one of the roles assigned to a user.
   *
   * @param roleID The id of the role.
   * @param params.user_id The id of the user.
   * @throws {OrgClientError} `roleID` or `params.user_id` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.roles.retrieve('role_abc', { user_id: 'user_abc' });
   * ```
   */
  retrieve(roleID: string, params: RoleRetrieveParams, options?: RequestOptions): APIPromise<AssignedRole> {
    const { user_id } = params ?? {};
    return this._client._call('get', '/organization/users/{user_id}/roles/{role_id}', { path: { user_id, role_id: roleID } }, options);
  }

  /**
   * Removes a role from a user. The role itself and the user's other roles stay.
   *
   * @param roleID The id of the role.
   * @param params.user_id The id of the user.
   * @throws {OrgClientError} `roleID` or `params.user_id` is empty or not a path segment.
   * @throws {BadRequestError} A parameter is invalid; `param` names it.
   * @throws {AuthenticationError} The admin key is missing or unknown.
   * @throws {PermissionDeniedError} The admin key lacks a permission that this operation needs.
   * @throws {NotFoundError} The path or the object that it names does not exist.
   * @throws {RateLimitError} Too many requests; `Retry-After` has the time to wait.
   * @throws {InternalServerError} The server failed to process a valid request.
   * @example
   * ```ts
   * const result = await client.admin.organization.users.roles.delete('role_abc', { user_id: 'user_abc' });
   * ```
   */
  delete(roleID: string, params: RoleDeleteParams, options?: RequestOptions): APIPromise<RoleDeleteResponse> {
    const { user_id } = params ?? {};
    return this._client._call('delete', '/organization/users/{user_id}/roles/{role_id}', { path: { user_id, role_id: roleID } }, options);
  }
}

export declare namespace Roles {
  export {
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
  };
}
