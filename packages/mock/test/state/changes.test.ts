import { expect, test } from 'vitest';
import { createMock, loadAPI } from '../../src/index.ts';
import { ask } from '../support/ask.ts';
import { gadgets } from '../support/gadgets.ts';

const users = '/v1/organization/users';
const send = (method: string, path: string, body?: object) => ({
  path,
  method,
  ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
});

function setUp(count = 4) {
  const mock = createMock({ data: { users: count, 'users.roles': 2 } });
  const ids = mock.data.users.list().map(({ id }) => id);
  const call = (method: string, path: string, body?: object) =>
    ask(mock, '', send(method, path, body));
  return { mock, ids: ids as [string, string, string, string], call };
}

test('changes are listed by collection, property by property, with the requests that made them', async () => {
  const { mock, ids, call } = setUp();
  mock.data.users.update(ids[0], { role: 'reader' });
  mock.mark('prepared');
  await call('POST', `${users}/${ids[0]}`, { role: 'owner' });
  await call('DELETE', `${users}/${ids[1]}`);
  await call('POST', `${users}/${ids[2]}/roles`, { role_id: 'role_new' });
  const [updated, deleted, assigned] = mock.requests.map(({ id }) => id);
  const { since, collections, singletons } = mock.changes({ since: 'prepared' });
  expect([since, singletons]).toEqual(['prepared', {}]);
  expect(collections).toMatchObject({
    users: {
      added: [],
      changed: [
        {
          id: ids[0],
          scope: {},
          properties: [{ path: 'role', before: 'reader', after: 'owner' }],
          before: { role: 'reader' },
          after: { role: 'owner' },
          requests: [updated],
        },
      ],
      removed: [{ id: ids[1], below: { 'users.roles': 2 }, requests: [deleted] }],
    },
    'users.roles': {
      added: [{ id: 'role_new', scope: { user_id: ids[2] }, requests: [assigned] }],
      changed: [],
      removed: [],
    },
  });
});

test('a write without an effect, and one that is taken back, are no changes', async () => {
  const { mock, ids, call } = setUp();
  const role = mock.data.users.get(ids[0])?.role;
  const other = role === 'owner' ? 'reader' : 'owner';
  await call('POST', `${users}/${ids[0]}`, { role });
  await call('GET', users);
  await call('POST', `${users}/${ids[0]}`, { role: 5 });
  await call('DELETE', `${users}/user_unknown`);
  expect(mock.changes()).toEqual({ since: null, collections: {}, singletons: {} });
  await call('POST', `${users}/${ids[0]}`, { role: other });
  expect(Object.keys(mock.changes().collections)).toEqual(['users']);
  await call('POST', `${users}/${ids[0]}`, { role });
  await call('POST', `${users}/${ids[1]}/roles`, { role_id: 'role_new' });
  await call('DELETE', `${users}/${ids[1]}/roles/role_new`);
  expect(mock.changes()).toEqual({ since: null, collections: {}, singletons: {} });
});

test('a change of the data by a program belongs to no request', async () => {
  const { mock, ids, call } = setUp();
  mock.data.users.update(ids[0], { name: 'Ada' });
  mock.data.users.add({ id: 'user_new' });
  const { changed, added } = mock.changes().collections['users'] ?? {};
  expect([changed?.[0]?.requests, added?.[0]?.requests]).toEqual([[], []]);
  await call('DELETE', `${users}/user_new`);
  expect(mock.changes().collections['users']).toMatchObject({ added: [], removed: [] });
});

test('a change by a handler belongs to its request, however late', async () => {
  const { mock, ids, call } = setUp();
  mock.handle('admin.organization.users.delete', async ({ data, params }, next) => {
    await new Promise((later) => setTimeout(later, 5));
    data.users.update(ids[0], { name: 'The last one' });
    return params.user_id === ids[1] ? next() : new Response(null, { status: 404 });
  });
  await Promise.all([call('DELETE', `${users}/${ids[1]}`), call('GET', users)]);
  const [{ id = '' } = {}] = mock.requests.filter(({ method }) => method === 'DELETE');
  const { changed, removed } = mock.changes().collections['users'] ?? {};
  expect([changed?.[0]?.requests, removed?.[0]?.requests]).toEqual([[id], [id]]);
});

test('an item that was removed and added again is changed, and lacks its nested items', async () => {
  const { mock, ids, call } = setUp();
  const [before] = mock.data['users.roles'].list({ user_id: ids[0] });
  await call('DELETE', `${users}/${ids[0]}`);
  mock.data.users.add({ id: ids[0], name: 'Came back' });
  mock.data['users.roles'].add(before ?? {}, { user_id: ids[0] });
  const { collections } = mock.changes();
  expect(collections['users']).toMatchObject({ added: [], removed: [], changed: [{ id: ids[0] }] });
  // The other one of two.
  expect(collections['users.roles']).toMatchObject({ added: [], changed: [], removed: [{}] });
});

test('a snapshot of this process brings back its changes and their requests', async () => {
  const { mock, ids, call } = setUp();
  await call('DELETE', `${users}/${ids[0]}`);
  const snapshot = mock.snapshot();
  await call('DELETE', `${users}/${ids[1]}`);
  const both = mock.changes();
  mock.restore(snapshot);
  const [{ id, requests } = {}, ...others] = mock.changes().collections['users']?.removed ?? [];
  expect([id, requests, others]).toEqual([ids[0], [mock.requests[0]?.id], []]);
  // From elsewhere, the data is the same, but nothing tells how it came about.
  mock.restore(JSON.parse(JSON.stringify(snapshot)));
  expect(mock.changes().collections['users']?.removed).toMatchObject([
    { id: ids[0], requests: [] },
  ]);
  expect(both.collections['users']?.removed).toHaveLength(2);
});

test('a mock that begins with a snapshot has no changes', async () => {
  const { mock, ids, call } = setUp();
  await call('DELETE', `${users}/${ids[0]}`);
  const copy = createMock({ data: JSON.parse(JSON.stringify(mock.snapshot())) });
  expect([copy.data.users.size, copy.changes().collections]).toEqual([3, {}]);
  copy.data.users.remove(ids[1]);
  copy.reset();
  expect([copy.data.users.size, copy.changes().collections]).toEqual([3, {}]);
});

test('a reset leaves no change and no mark', async () => {
  const { mock, ids, call } = setUp();
  await call('DELETE', `${users}/${ids[0]}`);
  mock.mark('later');
  mock.reset();
  expect(mock.changes()).toEqual({ since: null, collections: {}, singletons: {} });
  expect(() => mock.changes({ since: 'later' })).toThrow(
    'No mark is named "later". No mark is set; a reset removes them.',
  );
});

test('a mark keeps the data of its time, whatever is restored later', async () => {
  const { mock, ids, call } = setUp();
  const start = mock.snapshot();
  await call('DELETE', `${users}/${ids[0]}`);
  mock.mark('without');
  mock.restore(start);
  expect(mock.changes().collections).toEqual({});
  expect(mock.changes({ since: 'without' }).collections['users']?.added).toMatchObject([
    { id: ids[0], requests: [] },
  ]);
  mock.mark('without');
  expect(mock.changes({ since: 'without' }).collections).toEqual({});
});

test.each([[''], ['a b'], ['../x'], ['x'.repeat(65)], [undefined], [5]])(
  'the name %j of a mark is refused',
  (name) => {
    expect(() => setUp().mock.mark(name as string)).toThrow(
      'The name of a mark must be 1 to 64 letters',
    );
  },
);

test('marks are limited in number, and an unknown one is named', () => {
  const { mock } = setUp();
  for (let i = 0; i < 100; i += 1) mock.mark(`mark-${i}`);
  mock.mark('mark-1');
  expect(() => mock.mark('one-more')).toThrow('There are 100 marks already.');
  expect(() => mock.changes({ since: 'mark-100' })).toThrow('Did you mean "mark-10"?');
});

test('nested properties, singletons and numeric ids are compared as well', async () => {
  const mock = createMock({ api: await loadAPI(gadgets), data: { gadgets: 2 } });
  const call = (method: string, path: string, body: object) =>
    mock.fetch(`/gadgets${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const [first] = mock.data['gadgets']?.list() ?? [];
  const id = String(first?.['id']);
  mock.data['gadgets']?.update(id, { size: { width: 1, height: 2 } });
  mock.mark('m');
  await call('PATCH', `/${id}`, { size: { width: 1, height: 3 } });
  await call('PATCH', `/${id}/settings`, { theme: 'light' });
  mock.mark('n');
  await call('PATCH', `/${id}/settings`, { theme: 'dark' });
  expect(mock.changes({ since: 'm' }).collections['gadgets']?.changed).toMatchObject([
    { id, properties: [{ path: 'size.height', before: 2, after: 3 }] },
  ]);
  expect(mock.changes({ since: 'n' }).singletons).toMatchObject({
    'gadgets.settings': [
      {
        scope: { gadgetId: id },
        properties: [{ path: 'theme', before: 'light', after: 'dark' }],
        requests: [mock.requests.at(-1)?.id],
      },
    ],
  });
});
