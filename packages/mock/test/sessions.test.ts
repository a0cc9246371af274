import { afterEach, expect, test, vi } from 'vitest';
import { createCore } from '../src/core.ts';
import { createMock, type LoadedSession, loadAPI, startMock } from '../src/index.ts';
import type { MockOptions } from '../src/options.ts';
import { ask, bodyOf } from './support/ask.ts';
import { gadgets } from './support/gadgets.ts';

afterEach(() => {
  vi.useRealTimers();
});

const users = '/v1/organization/users';
const named = (name: string) => ({ 'x-mock-session': name });

test('a session has data, faults, handlers and a journal of its own', async () => {
  const mock = createMock({ data: { users: 3 } });
  const [user] = mock.data.users.list();
  const path = `${users}/${user?.id}`;
  const [one, two] = [mock.session('one'), mock.session('two')];
  expect((await ask(mock, '', { path, method: 'DELETE', headers: named('one') })).status).toBe(200);
  expect([mock, one, two].map(({ data }) => data.users.size)).toEqual([3, 2, 3]);
  two.fail({ status: 503 });
  one.handle('admin.organization.users.list', () => new Response(null, { status: 418 }));
  const statusOf = async (headers: object) =>
    (await ask(mock, '', { headers: headers as never })).status;
  expect([await statusOf({}), await statusOf(named('one')), await statusOf(named('two'))]).toEqual([
    200, 418, 503,
  ]);
  expect(mock.requests.map(({ status, session }) => [status, session])).toEqual([[200, undefined]]);
  expect(one.requests.map(({ status, session }) => [status, session])).toEqual([
    [200, 'one'],
    [418, 'one'],
  ]);
  expect(Object.keys(one.changes().collections)).toEqual(['users']);
  expect(mock.changes().collections).toEqual({});
  mock.reset();
  expect([one.data.users.size, one.requests.length]).toEqual([2, 2]);
  one.reset();
  expect([one.data.users.size, one.requests.length, two.requests.length]).toEqual([3, 0, 1]);
});

test('fetch of a session is a request that names it, and ids of requests are unique', async () => {
  const mock = createMock({ data: { users: 1 } });
  const session = mock.session('a');
  const response = await session.fetch(users, { headers: { authorization: 'Bearer x' } });
  expect([response.status, response.headers.get('x-mock-session')]).toEqual([200, 'a']);
  const other = await ask(mock);
  expect(other.headers.get('x-mock-session')).toBeNull();
  expect(new Set([session.requests[0]?.id, mock.requests[0]?.id]).size).toBe(2);
  expect(session.requests[0]?.id).toBe(response.headers.get('x-request-id'));
});

test('a session begins with the options of the mock', async () => {
  const mock = createMock({
    data: { users: [{ id: 'user_ada' }] },
    faults: [{ status: 500, times: 1 }],
    keys: ['good'],
  });
  const session = mock.session('a');
  mock.data.users.remove('user_ada');
  expect(session.data.users.get('user_ada')?.id).toBe('user_ada');
  const status = async (key: string) =>
    (await session.fetch(users, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await status('good'), await status('good'), await status('bad')]).toEqual([
    500, 200, 401,
  ]);
});

test('control endpoints act on the session that the header, or the query, names', async () => {
  const mock = createMock({ data: { users: 2 } });
  const control = async (method: string, path: string, headers: object, body?: object) =>
    bodyOf(
      await mock.fetch(`/_mock/${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  await control('POST', 'data/users', named('a'), { id: 'user_new' });
  expect((await control('GET', 'health', named('a'))).collections.users).toBe(3);
  expect((await control('GET', 'health?x-mock-session=a', {})).collections.users).toBe(3);
  expect((await control('GET', 'health', {})).collections.users).toBe(2);
  const page = await control('GET', 'data/users?limit=1&x-mock-session=a', {});
  expect([page.data.length, page.total]).toEqual([1, 3]);
  expect(await control('GET', 'sessions', {})).toEqual([
    { name: 'a', requests: 0, used: expect.any(Number) },
  ]);
  await control('POST', 'reset', named('a'));
  expect(mock.session('a').data.users.size).toBe(2);
});

test.each(['', 'a b', '../x', 'ä', 'x'.repeat(65), 'a, b'])(
  'the name %j of a session is refused',
  async (name) => {
    const mock = createMock({ data: { users: 1 } });
    expect(() => mock.session(name)).toThrow('The name of a session must be 1 to 64 letters');
    const header = name === 'ä' ? '\u00e4' : name;
    for (const path of [users, '/_mock/health']) {
      const { status, body } = await ask(mock, '', { path, headers: named(header) });
      expect([path, status, body.error.message]).toEqual([
        path,
        400,
        expect.stringContaining('The name of a session'),
      ]);
    }
    expect(mock.requests).toEqual([]);
  },
);

test('the session that was not used for the longest makes room for a new one', async () => {
  const mock = createMock({ data: { users: 2 }, sessions: { max: 2 } });
  const [user] = mock.data.users.list();
  for (const name of ['a', 'b']) mock.session(name).data.users.remove(user?.id ?? '');
  await ask(mock, '', { headers: named('a') });
  expect(mock.session('c').data.users.size).toBe(2);
  // In this order: asking for a session that was dropped makes it again.
  expect(mock.session('a').data.users.size).toBe(1);
  expect(mock.session('b').data.users.size).toBe(2);
});

test('a session with requests under way is not dropped; without room, a new one is refused', async () => {
  const mock = createMock({ data: { users: 2 }, sessions: { max: 1 }, latency: 30 });
  const call = ask(mock, '', { headers: named('busy') });
  const { status, body } = await ask(mock, '', { headers: named('other') });
  expect([status, body.error.message]).toEqual([503, expect.stringContaining('All 1 sessions')]);
  expect((await call).status).toBe(200);
  expect((await ask(mock, '', { headers: named('other') })).status).toBe(200);
});

test('a session that is not used for the idle time begins anew', () => {
  vi.useFakeTimers();
  const mock = createMock({ data: { users: 2 }, sessions: { idle: 1_000 } });
  const [user] = mock.data.users.list();
  mock.session('a').data.users.remove(user?.id ?? '');
  vi.advanceTimersByTime(900);
  expect(mock.session('a').data.users.size).toBe(1);
  vi.advanceTimersByTime(1_100);
  expect(mock.session('a').data.users.size).toBe(2);
});

test.each([[5], [{ max: 0 }], [{ idle: 1.5 }], [{ maximum: 5 }]])(
  'sessions %j is an invalid option',
  (sessions) => {
    expect(() => createMock({ sessions: sessions as never })).toThrow('sessions must be');
  },
);

test('a page of another origin may name a session, and read which one answered', async () => {
  await using mock = await startMock({ data: { users: 1 } });
  const origin = 'http://localhost:3000';
  const preflight = await fetch(`${mock.url}/organization/users`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-mock-session',
    },
  });
  expect(preflight.headers.get('access-control-allow-headers')).toContain('x-mock-session');
  const response = await fetch(`${mock.url}/organization/users`, {
    headers: { origin, authorization: 'Bearer x', ...named('page') },
  });
  expect(response.headers.get('x-mock-session')).toBe('page');
  expect(response.headers.get('access-control-expose-headers')).toContain('x-mock-session');
  expect(mock.session('page').requests).toHaveLength(1);
});

test('sessions run side by side', async () => {
  const mock = createMock({ data: { users: 20 } });
  const ids = mock.data.users.list().map(({ id }) => id);
  const names = Array.from({ length: 30 }, (_, i) => `test-${i}`);
  await Promise.all(
    names.flatMap((name, i) =>
      ids
        .slice(0, i % 20)
        .map((id) =>
          ask(mock, '', { path: `${users}/${id}`, method: 'DELETE', headers: named(name) }),
        ),
    ),
  );
  expect(names.map((name) => mock.session(name).data.users.size)).toEqual(
    names.map((_, i) => 20 - (i % 20)),
  );
  expect(mock.data.users.size).toBe(20);
});

test('a mock of a loaded API has sessions as well', async () => {
  const mock = createMock({ api: await loadAPI(gadgets), data: { gadgets: 2 } });
  const session = mock.session('a');
  session.data['gadgets']?.remove('1');
  session.handle('gadgets.list', () => ({ gadgets: [] }));
  expect(await bodyOf(await session.fetch('/gadgets'))).toEqual({ gadgets: [] });
  expect([session.data['gadgets']?.size, mock.data['gadgets']?.size]).toEqual([1, 2]);
});

test('a session follows the document, and keeps its data', async () => {
  const { api } = await loadAPI(gadgets);
  const other = await loadAPI({ ...gadgets, info: { title: 'Gadgets', version: '2' } });
  const core = createCore({}, api);
  core.session('a').mark('before');
  (core.session('a') as unknown as LoadedSession).data['gadgets']?.remove('1');
  core.reload(other.api);
  const session = core.session('a');
  expect(session.changes().collections['gadgets']?.removed).toMatchObject([{ id: '1' }]);
  expect(session.changes({ since: 'before' }).collections['gadgets']?.removed).toHaveLength(1);
  expect((await session.fetch('/gadgets/1')).status).toBe(404);
  expect(core.changes().collections).toEqual({});
});

test('a document that loses an operation with a handler is served, also with a snapshot as data', async () => {
  const { api } = await loadAPI(gadgets);
  const { '/gadgets/{gadgetId}/settings': _, ...paths } = gadgets.paths;
  const fewer = await loadAPI({ ...gadgets, paths });
  const [id] = api.operations.flatMap(({ iid, path }) => (path.endsWith('/settings') ? iid : []));
  const data = createCore({}, api).snapshot();
  // Options of a loaded document have the types of no document.
  const handlers = { [id ?? '']: () => ({}) } as MockOptions['handlers'] & object;
  const core = createCore({ data, handlers }, api);
  expect(core.reload(fewer.api)).toContain(
    `The document has no operation ${id}: its handler is not used.`,
  );
});

test('after the document lost what the options name, sessions begin, and a reset works', async () => {
  const { api } = await loadAPI(gadgets);
  const fewer = await loadAPI({ ...gadgets, paths: {} });
  const [id = ''] = api.operations.map(({ iid }) => iid);
  const handlers = { [id]: () => ({}) } as MockOptions['handlers'] & object;
  const faults = [{ status: 503, match: { operation: id } }];
  const data = { gadgets: 2 } as MockOptions['data'] & object;
  const core = createCore({ data, handlers, faults }, api);
  core.reload(fewer.api);
  const session = core.session('new');
  expect((await session.fetch('/gadgets')).status).toBe(404);
  for (const one of [session, core]) expect(() => one.reset()).not.toThrow();
});
