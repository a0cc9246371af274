// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { AssignedRole, AssignmentSource, Project, Projects, Role, RoleAssignment, RoleCreateParams, RoleDeleteResponse, User } from '@org/types';
import { APIResource } from '../../core/resource.ts';
import { Users, type OrganizationUser, type UserDeleteResponse, type UserListParams, type UserUpdateParams, type OrganizationUsersPage, type UserListResponse, type UserListResponsesPage, type UserRetrieveResponse, type UserUpdateResponse } from './organization/users.gen.ts';

/** Calls under `client.admin.organization`. */
export class Organization extends APIResource {
  /** The people and service accounts that belong to the organization. */
  readonly users: Users = new Users(this._client);

  static {
    Object.assign(this, { Users });
  }
}

export declare namespace Organization {
  export {
    Users,
    type OrganizationUser,
    type UserDeleteResponse,
    type UserListParams,
    type UserUpdateParams,
    type OrganizationUsersPage,
    type UserListResponse,
    type UserListResponsesPage,
    type UserRetrieveResponse,
    type UserUpdateResponse,
    type AssignedRole,
    type AssignmentSource,
    type Project,
    type Projects,
    type Role,
    type RoleAssignment,
    type RoleCreateParams,
    type RoleDeleteResponse,
    type User,
  };
}
