import type OpenAI from 'openai';
import { expectTypeOf, test } from 'vitest';
import OrgClient, {
  type ConversationCursorPage,
  OrgClient as Named,
  type OrganizationUser,
} from '../src/index.ts';

declare const client: OrgClient;

test('a list is awaited for a page, and iterated for users', async () => {
  const call = client.admin.organization.users.list({ limit: 5 }, { timeout: 5 });
  expectTypeOf(await call).toEqualTypeOf<ConversationCursorPage<OrganizationUser>>();
  for await (const user of call) expectTypeOf(user).toEqualTypeOf<OrganizationUser>();
  for await (const user of await call) expectTypeOf(user).toEqualTypeOf<OrganizationUser>();
  expectTypeOf(await (await call).getNextPage()).toEqualTypeOf<
    ConversationCursorPage<OrganizationUser>
  >();
});

test('it takes the query of the official package', () => {
  type Theirs = OpenAI.Admin.Organization.Users.UserListParams;
  const query = {} as Theirs;
  expectTypeOf(client.admin.organization.users.list).toBeCallableWith(query);
});

test('wrong calls do not compile', () => {
  const { users } = client.admin.organization;
  // @ts-expect-error limit is a number
  users.list({ limit: '5' });
  // @ts-expect-error there is no such parameter
  users.list({ limits: 5 });
  // @ts-expect-error emails is an array
  users.list({ emails: 'a@x.test' });
  // @ts-expect-error timeout is a number
  users.list({}, { timeout: '5' });
  // @ts-expect-error there is no such option
  new OrgClient({ apiKey: 'sk' });
  // @ts-expect-error a header is no number
  new OrgClient({ defaultHeaders: { 'x-team': 5 } });
});

test('the class has a name and is the default', () => {
  expectTypeOf(Named).toEqualTypeOf(OrgClient);
});

test('nothing is any', async () => {
  const page = await client.admin.organization.users.list();
  expectTypeOf(page).not.toBeAny();
  expectTypeOf(page.data[0]).not.toBeAny();
  expectTypeOf(await client.get('/x')).toBeUnknown();
});
