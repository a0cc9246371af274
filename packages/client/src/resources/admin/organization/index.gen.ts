// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

export { Organization } from '../organization.gen.ts';
export { Users, type OrganizationUser, type UserDeleteResponse, type UserListParams, type UserUpdateParams, type OrganizationUsersPage, type UserListResponse, type UserListResponsesPage, type UserRetrieveResponse, type UserUpdateResponse } from './users.gen.ts';
