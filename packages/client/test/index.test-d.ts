import type OpenAI from 'openai';
import { expectTypeOf, test } from 'vitest';
import OrgClient, {
  OpenAI as Alias,
  type APIError,
  type AssignedRole,
  type ConversationCursorPage,
  type ErrorBody,
  OrgClient as Named,
  type NextCursorPage,
  type OrganizationUser,
  RateLimitError,
  type UserDeleteResponse,
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

test('single objects carry the id of their request', async () => {
  const { users } = client.admin.organization;
  const user = await users.retrieve('user_a');
  expectTypeOf(user).toExtend<OrganizationUser>();
  expectTypeOf(user._request_id).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(await users.delete('user_a')).toExtend<UserDeleteResponse>();
  const { data } = await users.update('user_a', { role: null }).withResponse();
  expectTypeOf(data.email).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(await users.roles.list('user_a')).toEqualTypeOf<NextCursorPage<AssignedRole>>();
});

test('last_id may be passed on as it is', async () => {
  const { users } = client.admin.organization;
  users.list({ after: (await users.list()).last_id });
});

test('errors say what they have', () => {
  const error = new RateLimitError(429, undefined, 'Slow down.', new Headers());
  expectTypeOf(error.headers).toEqualTypeOf<Headers>();
  expectTypeOf(error.status).toEqualTypeOf<429>();
  expectTypeOf(error.error?.message).toEqualTypeOf<string | undefined>();
  expectTypeOf<APIError['error']>().toEqualTypeOf<ErrorBody | undefined>();
  expectTypeOf(error).toExtend<APIError>();
});

test('the types have the names of the official package', () => {
  type Official = OpenAI.Admin.Organization.Users.UserUpdateParams;
  expectTypeOf<Alias.Admin.Organization.Users.UserUpdateParams>().toExtend<Official>();
  expectTypeOf<Alias.Admin.Organization.Users.OrganizationUser>().toEqualTypeOf<OrganizationUser>();
  expectTypeOf<Alias.ConversationCursorPage<OrganizationUser>>().toEqualTypeOf<
    ConversationCursorPage<OrganizationUser>
  >();
  expectTypeOf<OrgClient.RequestOptions>().toEqualTypeOf<Alias.RequestOptions>();
  expectTypeOf(Alias).toEqualTypeOf(OrgClient);
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
  new OrgClient({ adminKey: 'sk' });
  // @ts-expect-error a signal is an option of its own
  users.list({}, { fetchOptions: { signal: AbortSignal.timeout(5) } });
  // @ts-expect-error a header is not a number
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
