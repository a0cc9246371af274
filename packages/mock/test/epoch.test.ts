import { expect, test } from 'vitest';
import { createMock } from '../src/index.ts';

const headers = { authorization: 'Bearer x' };

test('a request that a reset overtakes changes the data of before, and is not in the new journal', async () => {
  const mock = createMock({ data: { users: 3 }, latency: 30 });
  const [user, other] = mock.data.users.list();
  mock.data.users.remove(other?.id ?? '');
  const path = `/organization/users/${user?.id}`;
  const late = [
    mock.fetch(path, { method: 'DELETE', headers }),
    mock.fetch('/organization/users', { headers }),
  ];
  await new Promise((arrived) => setTimeout(arrived, 10));
  mock.reset();
  const [deleted, listed] = await Promise.all(late);
  expect(deleted?.status).toBe(200);
  // As it would have been: the one item that was left.
  expect(await listed?.json()).toMatchObject({ data: { length: 1 } });
  expect(mock.data.users.size).toBe(3);
  expect(mock.requests).toEqual([]);
  expect((await mock.fetch(path, { headers })).status).toBe(200);
  expect(mock.requests).toHaveLength(1);
});

test('the results of fail and handle remove them', async () => {
  const mock = createMock({ data: { users: 1 } });
  const status = async () => (await mock.fetch('/organization/users', { headers })).status;
  const id = 'admin.organization.users.list';
  const rule = mock.fail({ status: 503 });
  expect(await status()).toBe(503);
  rule.remove();
  rule.remove();
  expect(await status()).toBe(200);
  const first = mock.handle(id, () => new Response(null, { status: 418 }));
  const second = mock.handle(id, () => new Response(null, { status: 409 }));
  expect(await status()).toBe(409);
  second[Symbol.dispose]();
  expect(await status()).toBe(418);
  first.remove();
  expect(await status()).toBe(200);
});

test('a rule for a path that no operation has is refused', () => {
  const mock = createMock();
  for (const path of ['/organization/users', '/v1/organization/users', '/organization/users/a'])
    expect(() => mock.fail({ status: 500, match: { path } })).not.toThrow();
  expect(() => mock.fail({ status: 500, match: { path: '/organisation/users' } })).toThrow(
    'match.path must be the path of an operation',
  );
});

test('a handler that returns Response.error() is a 500 that explains the fix', async () => {
  const mock = createMock();
  mock.handle('admin.organization.users.list', () => Response.error());
  const response = await mock.fetch('/organization/users', { headers });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain("mock.fail({ connection: 'reset' })");
});

test('fetch gets the same requests as a server', async () => {
  const mock = createMock({ data: { users: 1 } });
  const path = `/organization/users/${mock.data.users.list()[0]?.id}`;
  const post = (body: string | URLSearchParams, more: Record<string, string> = {}) =>
    mock.fetch(path, { method: 'POST', body, headers: { ...headers, ...more } });
  expect((await post('{"role":"owner"}', { 'content-type': 'application/json' })).status).toBe(200);
  // Without a type, `fetch` sends `text/plain`, and a form's own type.
  expect((await post('{"role":"owner"}')).status).toBe(415);
  expect((await post(new URLSearchParams({ role: 'owner' }))).status).toBe(415);
  expect((await post('x'.repeat(2 * 1024 * 1024))).status).toBe(413);
  expect(
    (await mock.fetch(`/organization/users?a=${'x'.repeat(20_000)}`, { headers })).status,
  ).toBe(431);
  await expect(mock.fetch(path, { body: '{}', headers })).rejects.toThrow('GET/HEAD');
});
