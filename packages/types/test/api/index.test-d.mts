import type {
  components,
  ErrorObject,
  OrganizationUser,
  Project,
  Projects,
  RoleListParams,
  User,
  UserListParams,
} from '@org/types';
import { expectTypeOf, test } from 'vitest';

test('the parts of a user have their official names within it', () => {
  expectTypeOf<OrganizationUser.User>().toEqualTypeOf<User>();
  expectTypeOf<OrganizationUser.Projects>().toEqualTypeOf<Projects>();
  expectTypeOf<OrganizationUser.Projects.Data>().toEqualTypeOf<Project>();
});

test('a cursor is a text where it is given', () => {
  expectTypeOf<UserListParams['after']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<RoleListParams['after']>().toEqualTypeOf<string | undefined>();
});

test('openapi-typescript’s own names lead to the same types', () => {
  expectTypeOf<components['schemas']['OrganizationUser']>().toEqualTypeOf<OrganizationUser>();
  expectTypeOf<components['schemas']['ErrorObject']>().toEqualTypeOf<ErrorObject>();
});
