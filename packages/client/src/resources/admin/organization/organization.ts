import type { OrgClient } from '../../../client.ts';
import { Users } from './users.ts';

/** The organization that the admin key belongs to. */
export class Organization {
  /** The people and service accounts that belong to the organization. */
  readonly users: Users;

  constructor(client: OrgClient) {
    this.users = new Users(client);
  }
}
