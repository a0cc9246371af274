// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import { APIResource } from '../../core/resource.ts';
import { Users } from './organization/users.gen.ts';

/** Calls under `client.admin.organization`. */
export class Organization extends APIResource {
  /** The people and service accounts that belong to the organization. */
  readonly users: Users = new Users(this._client);
}

export declare namespace Organization {
  export {
    type Users,
  };
}
