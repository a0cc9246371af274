import type { components, operations } from '@org/types';
import type { Collection } from './collection.ts';

type Schemas = components['schemas'];
type QueryOf<ID extends keyof operations> = NonNullable<operations[ID]['parameters']['query']>;

/** The collections of the API, by name. */
export interface Collections {
  users: Collection<Schemas['OrganizationUser']>;
  'users.roles': Collection<Schemas['AssignedRole'], { user_id: string }>;
}

/** What each operation takes and answers, by its id. */
export interface OperationTypes {
  'admin.organization.users.list': {
    params: Record<never, never>;
    query: QueryOf<'admin.organization.users.list'>;
    body: undefined;
    response: Schemas['OrganizationUserList'];
  };
  'admin.organization.users.retrieve': {
    params: { user_id: string };
    query: Record<never, never>;
    body: undefined;
    response: Schemas['OrganizationUser'];
  };
  'admin.organization.users.update': {
    params: { user_id: string };
    query: Record<never, never>;
    body: Schemas['UserUpdateParams'];
    response: Schemas['OrganizationUser'];
  };
  'admin.organization.users.delete': {
    params: { user_id: string };
    query: Record<never, never>;
    body: undefined;
    response: Schemas['UserDeleteResponse'];
  };
  'admin.organization.users.roles.list': {
    params: { user_id: string };
    query: QueryOf<'admin.organization.users.roles.list'>;
    body: undefined;
    response: Schemas['AssignedRoleList'];
  };
  'admin.organization.users.roles.create': {
    params: { user_id: string };
    query: Record<never, never>;
    body: Schemas['RoleCreateParams'];
    response: Schemas['RoleAssignment'];
  };
  'admin.organization.users.roles.retrieve': {
    params: { user_id: string; role_id: string };
    query: Record<never, never>;
    body: undefined;
    response: Schemas['AssignedRole'];
  };
  'admin.organization.users.roles.delete': {
    params: { user_id: string; role_id: string };
    query: Record<never, never>;
    body: undefined;
    response: Schemas['RoleDeleteResponse'];
  };
}
