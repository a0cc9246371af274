import type { OrgClient } from '../../client.ts';
import { Organization } from './organization/organization.ts';

/** The administration API. */
export class Admin {
  /** The organization that the admin key belongs to. */
  readonly organization: Organization;

  constructor(client: OrgClient) {
    this.organization = new Organization(client);
  }
}
