// Generated from spec/openapi.yaml. Do not edit: run `pnpm generate`.

import { APIResource } from '../core/resource.ts';
import { Organization } from './admin/organization.gen.ts';

/** Calls under `client.admin`. */
export class Admin extends APIResource {
  /** Calls under `client.admin.organization`. */
  readonly organization: Organization = new Organization(this._client);
}

export declare namespace Admin {
  export {
    type Organization,
  };
}
