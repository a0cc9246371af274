// Compiled against the published packages, as an ES module.
import OrgClient, { type OrganizationUser, RateLimitError } from '@org/client';
import { createFetchClient } from '@org/client/fetch';
import { createMock, type Mock } from '@org/mock';
import type { paths, UserListParams } from '@org/types';

const mock: Mock = createMock({ data: { users: 3 } });
const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
const query: UserListParams = { limit: 2, emails: ['a@example.com'] };
for await (const user of client.admin.organization.users.list(query)) {
  const { id, email }: OrganizationUser = user;
  // @ts-expect-error email may be null, or missing
  email.toLowerCase();
  console.log(id, email);
}
const typed = createFetchClient({ adminAPIKey: 'any', fetch: mock.fetch });
const { data, error } = await typed.GET('/organization/users', { params: { query: { limit: 2 } } });
console.log(data?.data.length, error?.error.message, RateLimitError.name);
export type Path = keyof paths;

// @ts-expect-error limit is a number
client.admin.organization.users.list({ limit: '2' });
// @ts-expect-error there is no such parameter
client.admin.organization.users.list({ page: 2 });
// @ts-expect-error there is no such path
typed.GET('/organization/nothing');
// @ts-expect-error users is a number, or users
createMock({ data: { users: 'many' } });
