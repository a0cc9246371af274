// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import type { AssignedRole, AssignmentSource, OrganizationUser, Project, Projects, Role, RoleAssignment, RoleCreateParams, RoleDeleteResponse, User, UserDeleteResponse, UserUpdateParams } from '@org/types';
import { APIResource } from '../core/resource.ts';
import { Organization } from './admin/organization.gen.ts';

/** Calls under `client.admin`. */
export class Admin extends APIResource {
  /** Calls under `client.admin.organization`. */
  readonly organization: Organization = new Organization(this._client);

  static {
    Object.assign(this, { Organization });
  }
}

export declare namespace Admin {
  export {
    Organization,
    type AssignedRole,
    type AssignmentSource,
    type OrganizationUser,
    type Project,
    type Projects,
    type Role,
    type RoleAssignment,
    type RoleCreateParams,
    type RoleDeleteResponse,
    type User,
    type UserDeleteResponse,
    type UserUpdateParams,
  };
}
