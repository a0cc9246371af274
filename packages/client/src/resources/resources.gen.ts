// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { ResourceClient } from '../core/resource.ts';
import { Admin } from './admin.gen.ts';

export { Admin };
export type { OrganizationUsersPage } from './admin/organization/users.gen.ts';
export type { UserListResponsesPage } from './admin/organization/users.gen.ts';
export type { AssignedRolesPage } from './admin/organization/users/roles.gen.ts';
export type { RoleListResponsesPage } from './admin/organization/users/roles.gen.ts';

/** The resources at the root of the client, which extends this class. */
export abstract class Resources {
  /** Calls under `client.admin`. */
  readonly admin: Admin;

  /** @internal */
  constructor(client: ResourceClient) {
    this.admin = new Admin(client);
  }
}
