import { describe, expect, test } from 'vitest';
import { OrgClientError } from '../src/index.ts';
import { rejection, stubClient } from './support/stub.ts';

/** A method as JavaScript calls it, without the compiler. */
type Untyped = Record<string, (...args: unknown[]) => PromiseLike<unknown>>;

const bad = [undefined, null, 'user_abc', '', ['user_abc'], 5, true, {}, () => ({})];

describe.each(['retrieve', 'delete'])('users.roles.%s', (name) => {
  test.each(bad)('with %o instead of the params is an error that names user_id', (params) => {
    const { users, sent } = stubClient();
    const roles = users.roles as unknown as Untyped;
    expect(() => roles[name]?.('role_abc', params)).toThrow(
      new OrgClientError('user_id must be an ID, not undefined.'),
    );
    expect(sent).toHaveLength(0);
  });

  test.each([undefined, null, {}, [], Number.NaN, ''])('without its role (%o)', (role) => {
    const roles = stubClient().users.roles as unknown as Untyped;
    const call = () => roles[name]?.(role, { user_id: 'user_abc' });
    expect(call).toThrow(OrgClientError);
    expect(call).toThrow(/^role_id must be an ID, not /);
  });
});

test.each([
  ['users', 'retrieve'],
  ['users', 'update'],
  ['users', 'delete'],
  ['roles', 'list'],
  ['roles', 'create'],
])('%s.%s without the user is an error that names user_id', (resource, name) => {
  const { users, sent } = stubClient();
  const target = { users, roles: users.roles }[resource] as unknown as Untyped;
  for (const user of [undefined, null, {}, [], Number.NaN, '']) {
    expect(() => target[name]?.(user)).toThrow(OrgClientError);
    expect(() => target[name]?.(user)).toThrow(/^user_id must be an ID, not /);
  }
  expect(sent).toHaveLength(0);
});

test.each(['user_abc', ['user_abc'], 5, true, () => ({})])(
  'a list with %o instead of the query is an error',
  (query) => {
    const { users } = stubClient();
    for (const target of [users, { list: users.roles.list.bind(users.roles, 'user_abc') }]) {
      const list = () => (target as unknown as Untyped)['list']?.(query);
      expect(list).toThrow(
        new OrgClientError('A query must be an object such as { name: value }.'),
      );
    }
  },
);

test.each(['sk-secret', ['sk-secret'], 5, true, () => ({})])(
  'request options that are %o are an error that does not show them',
  async (options) => {
    const { client, users, sent } = stubClient();
    const error = new OrgClientError('Pass options as an object: { timeout: … }.');
    const given = options as object;
    expect(() => users.list({}, given)).toThrow(error);
    expect(() => users.retrieve('user_abc', given)).toThrow(error);
    expect(() => users.update('user_abc', {}, given)).toThrow(error);
    expect(() => users.roles.delete('role_abc', { user_id: 'user_abc' }, given)).toThrow(error);
    expect(() => client.get('/x', given)).toThrow(error);
    expect(sent).toHaveLength(0);
  },
);

test('request options may be null', async () => {
  const { client, users, sent } = stubClient();
  const none = null as unknown as undefined;
  await users.list({}, none);
  await users.retrieve('user_abc', none);
  await client.get('/x', none);
  expect(sent).toHaveLength(3);
});

test.each([undefined, null, 5, {}])('a path that is %o is an error', async (path) => {
  const { client } = stubClient();
  const error = await rejection(client.get(path as string));
  expect(error).toBeInstanceOf(OrgClientError);
  expect(error.message).toMatch(/^path must be a string, not \w+\.$/);
});

test('a request without a method is an error', async () => {
  const { client } = stubClient();
  const error = await rejection(client.request({ path: '/x' } as never));
  expect(error).toEqual(new OrgClientError('method must be a string, not undefined.'));
});

test('a defaultBaseURL that is not an address is an error that names it', async () => {
  const { client } = stubClient();
  const error = await rejection(client.get('/x', { defaultBaseURL: 'localhost:4010' }));
  expect(error.message).toMatch(/^defaultBaseURL must be an http\(s\) URL/);
});
