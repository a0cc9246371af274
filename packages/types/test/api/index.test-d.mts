import type {
  AssignedRole,
  components,
  ErrorObject,
  OrganizationUser,
  Project,
  Projects,
  Role,
  RoleAssignment,
  RoleCreateParams,
  RoleDeleteParams,
  RoleDeleteResponse,
  RoleListParams,
  RoleRetrieveParams,
  User,
  UserDeleteResponse,
  UserListParams,
  UserUpdateParams,
} from '@org/types';
import type { Role as OfficialRole } from 'openai/resources/admin/organization/roles';
import type * as Roles from 'openai/resources/admin/organization/users/roles';
import type * as Users from 'openai/resources/admin/organization/users/users';
import type { OrganizationUser as OfficialUser } from 'openai/resources/admin/organization/users/users';
import { expectTypeOf, test } from 'vitest';

/** The same, but for `null` as a cursor: the first page. */
type WithoutNullCursor<T extends { after?: string | null }> = Omit<T, 'after'> & { after?: string };

test('a user is what the official package calls a user, both ways', () => {
  expectTypeOf<OrganizationUser>().toExtend<OfficialUser>();
  expectTypeOf<OfficialUser>().toExtend<OrganizationUser>();
});

test('so are the parts of a user', () => {
  expectTypeOf<User>().toExtend<OfficialUser.User>();
  expectTypeOf<OfficialUser.User>().toExtend<User>();
  expectTypeOf<Projects>().toExtend<OfficialUser.Projects>();
  expectTypeOf<OfficialUser.Projects>().toExtend<Projects>();
  expectTypeOf<Project>().toExtend<OfficialUser.Projects.Data>();
  expectTypeOf<OfficialUser.Projects.Data>().toExtend<Project>();
});

test('the parts of a user have the official names within it', () => {
  expectTypeOf<OrganizationUser.User>().toEqualTypeOf<User>();
  expectTypeOf<OrganizationUser.Projects>().toEqualTypeOf<Projects>();
  expectTypeOf<OrganizationUser.Projects.Data>().toEqualTypeOf<Project>();
});

test('so are the parameters of the list', () => {
  expectTypeOf<WithoutNullCursor<UserListParams>>().toExtend<Users.UserListParams>();
  expectTypeOf<Users.UserListParams>().toExtend<UserListParams>();
  expectTypeOf<WithoutNullCursor<RoleListParams>>().toExtend<Roles.RoleListParams>();
  expectTypeOf<Roles.RoleListParams>().toExtend<RoleListParams>();
});

test('a cursor may be null, as `last_id` and `next` are on the last page', () => {
  expectTypeOf<UserListParams['after']>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<RoleListParams['after']>().toEqualTypeOf<string | null | undefined>();
});

test('the parameters and results of all other calls are the official ones, both ways', () => {
  expectTypeOf<UserUpdateParams>().toEqualTypeOf<Users.UserUpdateParams>();
  expectTypeOf<UserDeleteResponse>().toEqualTypeOf<Users.UserDeleteResponse>();
  expectTypeOf<RoleCreateParams>().toEqualTypeOf<Roles.RoleCreateParams>();
  expectTypeOf<RoleRetrieveParams>().toEqualTypeOf<Roles.RoleRetrieveParams>();
  expectTypeOf<RoleDeleteParams>().toEqualTypeOf<Roles.RoleDeleteParams>();
  expectTypeOf<RoleDeleteResponse>().toEqualTypeOf<Roles.RoleDeleteResponse>();
  expectTypeOf<AssignedRole>().toEqualTypeOf<Roles.RoleRetrieveResponse>();
  expectTypeOf<RoleAssignment>().toEqualTypeOf<Roles.RoleCreateResponse>();
  expectTypeOf<Role>().toEqualTypeOf<OfficialRole>();
});

test('both know exactly the same properties', () => {
  expectTypeOf<keyof OrganizationUser>().toEqualTypeOf<keyof OfficialUser>();
  expectTypeOf<keyof UserListParams>().toEqualTypeOf<keyof Users.UserListParams>();
  expectTypeOf<keyof RoleListParams>().toEqualTypeOf<keyof Roles.RoleListParams>();
});

test('openapi-typescript’s own names lead to the same types', () => {
  expectTypeOf<components['schemas']['OrganizationUser']>().toEqualTypeOf<OrganizationUser>();
  expectTypeOf<components['schemas']['ErrorObject']>().toEqualTypeOf<ErrorObject>();
});
