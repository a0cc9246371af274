import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readOnly } from '../../src/copy/reader.ts';
import { CopyError, type CopyReport, startMock } from '../../src/index.ts';
import { noRoles, page, type Reply, role, serve, user } from './scripted-server.ts';

const key = 'sk-admin-hostile-0123456789';

beforeEach(() => vi.stubEnv('OPENAI_ADMIN_KEY', key));
afterEach(() => vi.unstubAllEnvs());

const error = (status: number, message: string): Reply => ({
  status,
  body: { error: { message, type: 'test', param: null, code: null } },
});
const isRoles = (url: URL) => url.pathname.endsWith('/roles');

/** Copies a server that answers as a function says. */
async function copyOf(answer: Parameters<typeof serve>[0], from: object = {}) {
  const server = await serve(answer);
  const mock = await startMock({ from: { url: server.url, ...from } }).catch(async (reason) => {
    await server[Symbol.asyncDispose]();
    throw reason;
  });
  const copied = mock.copied as CopyReport;
  const result = { mock, copied, users: mock.data.users.list(), requests: server.requests };
  await mock.close();
  await server[Symbol.asyncDispose]();
  return result;
}

/** What a copy that cannot be made says. */
async function refusal(answer: Parameters<typeof serve>[0]): Promise<string> {
  const reason = await copyOf(answer).catch((thrown: unknown) => thrown);
  expect(reason).toBeInstanceOf(CopyError);
  return (reason as Error).message;
}

test.each(['POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'post'])('%s is never sent', (method) => {
  const send = vi.fn();
  expect(() => readOnly(send)('http://127.0.0.1', { method })).toThrow('GET and HEAD alone');
  expect(() => readOnly(send)('http://127.0.0.1', { method: 'GET', body: 'x' })).toThrow();
  expect(send).not.toHaveBeenCalled();
});

test.each<[string, Reply, string]>([
  ['answers HTML', { body: '<!doctype html><title>Log in</title>' }, 'not JSON'],
  ['rejects the key', error(401, `Incorrect key: ${key}`), '401 Incorrect key: ***'],
  ['is another API', error(404, 'Not found'), 'Does the address lack /v1 at its end?'],
  ['answers an object that is not a list', { body: { users: [] } }, '`data` is not an array'],
])('a server that %s gives nothing to copy, and an error says so', async (_, reply, message) => {
  const text = await refusal(() => reply);
  expect(text).toMatch(/^Nothing could be read from http:\/\/127/);
  expect(text).toContain(message);
  expect(text).not.toContain(key);
});

test('a server that is down is named with the reason', async () => {
  const server = await serve(() => 'hang up');
  await server[Symbol.asyncDispose]();
  await expect(startMock({ from: server.url })).rejects.toThrow(/ECONNREFUSED/);
});

test('a pagination loop ends; what came before it is kept', async () => {
  const { users, copied } = await copyOf((url) => ({
    body: isRoles(url)
      ? noRoles
      : url.searchParams.has('after')
        ? page([user('user_b')], { has_more: true, last_id: 'user_a' })
        : page([user('user_a')], { has_more: true, last_id: 'user_a' }),
  }));
  expect(users.map(({ id }) => id)).toEqual(['user_a', 'user_b']);
  expect(copied.problems).toEqual([
    expect.objectContaining({
      collection: 'users',
      reason: expect.stringContaining('Pagination loop'),
      count: 0,
    }),
  ]);
});

test('a collection that may not be read is given up after a few refusals', async () => {
  const data = Array.from({ length: 100 }, (_, i) => user(`user_${i}x`));
  const { users, copied, requests } = await copyOf((url) =>
    isRoles(url) ? error(403, 'This key may not read roles.') : { body: page(data) },
  );
  expect(users).toHaveLength(100);
  expect(requests.length).toBeLessThan(20);
  const [refused, given] = copied.problems;
  expect(refused).toMatchObject({
    collection: 'users.roles',
    reason: 'Not read to the end: 403 This key may not read roles.',
  });
  expect(refused?.ids[0]).toBe('user_0x');
  expect(given?.reason).toMatch(/^Gave up after 10 failures in a row: \d+ of 100 lists/);
});

test('what disappears while it is read is named, and everything else is copied', async () => {
  const { copied, users } = await copyOf((url) => {
    if (!isRoles(url)) return { body: page([user('user_gone'), user('user_here')]) };
    return url.pathname.includes('user_gone')
      ? error(404, 'No user user_gone.')
      : { body: { ...noRoles, data: [role('role_a')] } };
  });
  expect(users).toHaveLength(2);
  expect(copied.items).toEqual({ users: 2, 'users.roles': 1 });
  expect(copied.problems).toEqual([
    expect.objectContaining({
      collection: 'users.roles',
      reason: expect.stringContaining('it may have been removed while it was read'),
      ids: ['user_gone'],
    }),
  ]);
});

test('items that break the contract are taken over as far as it allows', async () => {
  const data = [
    user('user_extra', { nickname: 'Ada', nested: { of: ['any', 1] } }),
    user('user_wrong', { name: 7, role: 'owner', user: { id: 5, object: 'user' } }),
    { object: 'organization.user', id: 'user_missing', name: 'Bob' },
    user('user_twice', { name: 'first' }),
    user('user_twice', { name: 'second' }),
    { object: 'organization.user', added_at: 1 },
    'not an object',
    null,
    user('__proto__', { name: 'Eve' }),
    user('..', { name: 'Dots' }),
  ];
  const { users, copied, mock } = await copyOf((url) => ({
    body: isRoles(url) ? noRoles : page(data),
  }));
  const ids = ['user_extra', 'user_wrong', 'user_missing', 'user_twice', '__proto__', '..'];
  expect(users.map(({ id }) => id)).toEqual(ids);
  const [extra, wrong, missing, twice] = users;
  // What the document does not forbid is kept.
  expect(extra).toEqual(data[0]);
  expect(wrong).toMatchObject({ id: 'user_wrong', role: 'owner' });
  expect(wrong).not.toHaveProperty('name');
  expect(missing?.added_at).toEqual(expect.any(Number));
  expect(twice?.name).toBe('first');
  const reasons = copied.problems.map(({ reason, ids }) => `${ids.join()}: ${reason}`);
  for (const text of [
    'user_wrong: `name` must be string',
    'user_missing: `added_at` is required, but the server sends none: it has a generated value.',
    'user_twice: The server sent it twice',
    '#6: Left out: its `id` is not an id.',
    '#7,#8: Left out: it is not an object.',
    '..: Not read to the end: user_id must be an ID',
  ])
    expect(reasons.join('\n')).toContain(text);
  expect(mock.copied?.problems).toBe(copied.problems);
});

test('a copy can be served: every answer keeps the contract', async () => {
  const data = [user('user_a', { name: 7, new_property: { deep: true } })];
  await using server = await serve((url) => ({ body: isRoles(url) ? noRoles : page(data) }));
  await using mock = await startMock({ from: server.url });
  const headers = { authorization: 'Bearer any' };
  for (const path of ['', '/user_a', '/user_a/roles']) {
    const response = await fetch(`${mock.url}/organization/users${path}`, { headers });
    expect(response.status).toBe(200);
  }
  expect(mock.requests.flatMap(({ validations }) => validations)).toEqual([]);
});

test('a key that the server sends back is in no item, no problem and no request of the journal', async () => {
  const { mock } = await copyOf((url) =>
    isRoles(url)
      ? error(403, `Your key ${key} is ${encodeURIComponent(key)}.`)
      : { body: page([user('user_a', { name: `I know ${key}`, [key]: key })]) },
  );
  const all = JSON.stringify([mock.snapshot(), mock.copied, mock.requests]);
  expect(all).toContain('I know ***');
  expect(all).not.toContain(key);
});

test('a redirect to another origin does not take the key along', async () => {
  await using other = await serve((url) => ({
    body: isRoles(url) ? noRoles : page([user('user_a')]),
  }));
  const { users } = await copyOf((url) => ({
    status: 302,
    body: '',
    headers: { location: `${other.url}${url.pathname}` },
  }));
  expect(users).toHaveLength(1);
  expect(other.requests.length).toBeGreaterThan(0);
  for (const { headers } of other.requests) expect(JSON.stringify(headers)).not.toContain(key);
});

test('a connection that breaks off in the middle of a list keeps what came before it', async () => {
  const { users, copied } = await copyOf(
    (url) => {
      if (isRoles(url)) return { body: noRoles };
      if (url.searchParams.has('after')) return error(400, 'The cursor expired.');
      return { body: page([user('user_a')], { has_more: true, last_id: 'user_a' }) };
    },
    { only: ['users'] },
  );
  expect(users.map(({ id }) => id)).toEqual(['user_a']);
  expect(copied.problems[0]?.reason).toBe('Not read to the end: 400 The cursor expired.');
});
