import type { OrganizationUser, UserListParams } from '@org/types';
import type { QueryOrOptions, RequestOptions } from '../../../core/options.ts';
import { ConversationCursorPage, type PagePromise } from '../../../core/page.ts';
import { APIResource } from '../../../core/resource.ts';

/** One page of the organization's users. */
export type OrganizationUsersPage = ConversationCursorPage<OrganizationUser>;

/** The people and service accounts that belong to the organization. */
export class Users extends APIResource {
  /**
   * Lists the organization's users. Await it for a page, iterate it for all of them.
   *
   * @throws {APIError} what went wrong, by status; see the error classes
   * @example
   * ```ts
   * const page = await client.admin.organization.users.list({ limit: 50 });
   * for await (const user of client.admin.organization.users.list()) console.log(user.email);
   * ```
   */
  list(
    query?: QueryOrOptions<UserListParams> | null,
    options?: RequestOptions,
  ): PagePromise<OrganizationUsersPage, OrganizationUser> {
    return this._client.list(
      ConversationCursorPage<OrganizationUser>,
      '/organization/users',
      { query },
      options,
    );
  }
}
