import { APIResource } from '../../core/resource.ts';
import { Organization } from './organization/organization.ts';

/** The administration API. */
export class Admin extends APIResource {
  /** The organization that the admin key belongs to. */
  readonly organization: Organization = new Organization(this._client);
}
