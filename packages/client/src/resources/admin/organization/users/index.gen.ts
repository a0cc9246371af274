// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

export { Users, type OrganizationUser, type UserDeleteResponse, type UserListParams, type UserUpdateParams, type OrganizationUsersPage, type UserListResponse, type UserListResponsesPage, type UserRetrieveResponse, type UserUpdateResponse } from '../users.gen.ts';
export { Roles, type AssignedRole, type RoleAssignment, type RoleCreateParams, type RoleDeleteParams, type RoleDeleteResponse, type RoleListParams, type RoleRetrieveParams, type AssignedRolesPage, type RoleListResponse, type RoleListResponsesPage, type RoleCreateResponse, type RoleRetrieveResponse } from './roles.gen.ts';
