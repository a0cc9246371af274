import { APIResource } from '../../../core/resource.ts';
import { Users } from './users.ts';

/** The organization that the admin key belongs to. */
export class Organization extends APIResource {
  /** The people and service accounts that belong to the organization. */
  readonly users: Users = new Users(this._client);
}
