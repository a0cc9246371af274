import type { OrganizationUser, Project, Projects, User, UserListParams } from '@org/types';
import type {
  UserListParams as OfficialParams,
  OrganizationUser as OfficialUser,
} from 'openai/resources/admin/organization/users/users';
import { expectTypeOf, test } from 'vitest';

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

test('so are the parameters of the list', () => {
  expectTypeOf<UserListParams>().toExtend<OfficialParams>();
  expectTypeOf<OfficialParams>().toExtend<UserListParams>();
});

test('both know exactly the same properties', () => {
  expectTypeOf<keyof OrganizationUser>().toEqualTypeOf<keyof OfficialUser>();
  expectTypeOf<keyof UserListParams>().toEqualTypeOf<keyof OfficialParams>();
});
