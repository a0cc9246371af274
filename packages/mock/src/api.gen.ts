// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { AssignedRole, AssignedRoleList, OrganizationUser, OrganizationUserList, RoleAssignment, RoleCreateParams, RoleDeleteResponse, UserDeleteResponse, UserUpdateParams, operations } from '@org/types';
import type { Collection } from './collection.ts';

/** The collections of the mock, by name. */
export interface Collections {
  users: Collection<OrganizationUser>;
  'users.roles': Collection<AssignedRole, { user_id: string }>;
}

/** The parameters, the body and the result of each operation, by id. */
export interface OperationTypes {
  'admin.organization.users.list': {
    params: Record<never, never>;
    query: NonNullable<operations['admin.organization.users.list']['parameters']['query']>;
    body: undefined;
    response: OrganizationUserList;
  };
  'admin.organization.users.retrieve': {
    params: { user_id: string };
    query: Record<never, never>;
    body: undefined;
    response: OrganizationUser;
  };
  'admin.organization.users.update': {
    params: { user_id: string };
    query: Record<never, never>;
    body: UserUpdateParams;
    response: OrganizationUser;
  };
  'admin.organization.users.delete': {
    params: { user_id: string };
    query: Record<never, never>;
    body: undefined;
    response: UserDeleteResponse;
  };
  'admin.organization.users.roles.list': {
    params: { user_id: string };
    query: NonNullable<operations['admin.organization.users.roles.list']['parameters']['query']>;
    body: undefined;
    response: AssignedRoleList;
  };
  'admin.organization.users.roles.create': {
    params: { user_id: string };
    query: Record<never, never>;
    body: RoleCreateParams;
    response: RoleAssignment;
  };
  'admin.organization.users.roles.retrieve': {
    params: { user_id: string; role_id: string };
    query: Record<never, never>;
    body: undefined;
    response: AssignedRole;
  };
  'admin.organization.users.roles.delete': {
    params: { user_id: string; role_id: string };
    query: Record<never, never>;
    body: undefined;
    response: RoleDeleteResponse;
  };
}
