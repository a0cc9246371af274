import { describe, expect, test } from 'vitest';
import { createControl } from '../../src/control/control.ts';
import type { Controls } from '../../src/control/controls.ts';
import { Events } from '../../src/control/events.ts';
import { Faults } from '../../src/control/faults.ts';
import { Journal } from '../../src/control/journal.ts';
import type { AnyCollection, Scope } from '../../src/state/any-collection.ts';
import type { AnyBody } from '../support/ask.ts';

interface Item {
  id: string;
  name?: unknown;
  [name: string]: unknown;
}

/** A collection with the contract that `name` is a text, in memory. */
function collectionOf(name: string, items: Item[], scopeParams: string[] = []): AnyCollection {
  const seen: Scope[] = [];
  const check = (item: Item) => {
    if (item.name === undefined || typeof item.name === 'string') return item;
    const issues = [{ path: 'name', message: 'must be string' }];
    throw Object.assign(new TypeError('The item breaks the contract: name must be string.'), {
      issues,
    });
  };
  const indexOf = (id: string) => items.findIndex((item) => item.id === id);
  return {
    name,
    scopeParams,
    idProperty: 'id',
    itemType: 'Item',
    schema: { type: 'object' },
    get size() {
      return items.length;
    },
    page({ scope = {}, after, limit, search = '' }) {
      seen.push(scope);
      const found = items.filter((item) => JSON.stringify(item).includes(search));
      if (after !== undefined && indexOf(after) < 0) throw new TypeError(`No item '${after}'.`);
      const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
      const page = found.slice(start, start + limit);
      return { items: page, hasMore: start + limit < found.length, total: found.length };
    },
    get: (id, scope = {}) => {
      seen.push(scope);
      return items[indexOf(id)];
    },
    add(item) {
      const added = check({ id: `new_${items.length}`, ...item });
      if (indexOf(added.id) >= 0) throw new Error(`There is an item '${added.id}' already.`);
      items.push(added);
      return added;
    },
    update(id, changes) {
      const updated = check({ ...items[indexOf(id)], ...changes, id });
      items[indexOf(id)] = updated;
      return updated;
    },
    replace(id, item) {
      const replaced = check({ ...item, id });
      items[indexOf(id)] = replaced;
      return replaced;
    },
    remove(id) {
      const index = indexOf(id);
      if (index >= 0) items.splice(index, 1);
      return index >= 0;
    },
  };
}

function setUp() {
  const items = Array.from(
    { length: 50 },
    (_, i): Item => ({ id: `item_${i}`, name: `Name ${i}` }),
  );
  const state = { restored: undefined as unknown, resets: 0 };
  const controls: Controls = {
    title: 'Test API',
    basePath: '/v1',
    document: async () => '{}',
    seed: 1,
    data: {
      users: collectionOf('users', items),
      'users.roles': collectionOf('users.roles', [{ id: 'role_1' }], ['user_id']),
    },
    journal: new Journal(),
    faults: new Faults({ seed: 1, operations: [] }),
    describe: () => [],
    snapshot: () => ({ snapshot: 1 }),
    restore(snapshot) {
      if (!snapshot || typeof snapshot !== 'object') throw new TypeError('Expected a snapshot.');
      state.restored = snapshot;
    },
    marks: {
      names: [],
      set() {},
      changes: () => ({ since: null, collections: {}, singletons: {} }),
    },
    writeScript: () => '',
    sessions: () => [],
    mask: { text: (text) => text, value: (value) => value },
    reset() {
      state.resets += 1;
    },
    clearRequests: () => controls.journal.clear(),
    subscribe: (listener) => new Events().subscribe(listener),
  };
  const control = createControl(controls);
  const send = async (method: string, path: string, body?: unknown) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await control.respond({
      method,
      target: `/_mock/${path}`,
      headers: {},
      body: text,
    });
    // Everything here is JSON.
    return {
      status: answer.status,
      body: JSON.parse(String(answer.body)) as AnyBody,
      headers: answer.headers,
    };
  };
  return { send, items, state };
}

describe('GET /_mock/data', () => {
  test('describes every collection', async () => {
    const { status, body } = await setUp().send('GET', 'data');
    expect(status).toBe(200);
    expect(body).toEqual([
      {
        name: 'users',
        size: 50,
        scope: [],
        idProperty: 'id',
        itemType: 'Item',
        schema: { type: 'object' },
      },
      {
        name: 'users.roles',
        size: 1,
        scope: ['user_id'],
        idProperty: 'id',
        itemType: 'Item',
        schema: { type: 'object' },
      },
    ]);
  });

  test('pages a collection, twenty items unless told otherwise', async () => {
    const { send, items } = setUp();
    const first = (await send('GET', 'data/users')).body;
    expect(first).toEqual({ data: items.slice(0, 20), has_more: true, total: 50 });
    const next = (await send('GET', 'data/users?limit=40&after=item_19')).body;
    expect(next).toEqual({ data: items.slice(20), has_more: false, total: 50 });
  });

  test('searches on the server, and counts the matches', async () => {
    const { body } = await setUp().send('GET', 'data/users?search=Name 4&limit=5');
    expect(body.total).toBe(11);
    expect(body.data).toHaveLength(5);
  });

  test.each([
    ['data/users?limit=0', 'limit'],
    ['data/users?limit=1001', 'limit'],
    ['data/users?limit=x', 'limit'],
    ['data/users?limit=1&limit=2', 'limit'],
    ['data/users?lmit=1', 'lmit'],
    ['data/users?user_id=1', 'user_id'],
    ['data/users.roles', 'user_id'],
    ['data/users.roles?user_id=', 'user_id'],
    ['data/users.roles/role_1', 'user_id'],
  ])('%s is a 400 that names the parameter', async (path, param) => {
    const { status, body } = await setUp().send('GET', path);
    expect([status, body.error.param]).toEqual([400, param]);
    expect(body.error.message).toContain(param);
  });

  test('a cursor that no item has is a 400', async () => {
    expect((await setUp().send('GET', 'data/users?after=nobody')).status).toBe(400);
  });

  test.each(['nothing', '__proto__', 'constructor'])(
    'data/%s is a 404 that lists the collections',
    async (name) => {
      const { status, body } = await setUp().send('GET', `data/${name}`);
      expect([status, body.error.message]).toEqual([
        404,
        `Unknown collection '${name}'. Collections: users, users.roles.`,
      ]);
    },
  );

  test('an item that does not exist is a 404 that names it', async () => {
    const { status, body } = await setUp().send('GET', 'data/users/nobody');
    expect([status, body.error.message]).toEqual([404, "users has no item 'nobody'."]);
  });

  test('an item accepts only the parameters of its scope', async () => {
    const { send } = setUp();
    for (const [method, path] of [
      ['GET', 'data/users/item_1?limit=1'],
      ['DELETE', 'data/users.roles/role_1?user_id=user_a&limit=1'],
    ] as const) {
      const { status, body } = await send(method, path);
      expect([status, body.error.param]).toEqual([400, 'limit']);
    }
  });

  test('takes the scope from the query', async () => {
    const { send } = setUp();
    const { body } = await send('GET', 'data/users.roles?user_id=user_a');
    expect(body.data).toEqual([{ id: 'role_1' }]);
    expect((await send('GET', 'data/users.roles/role_1?user_id=user_a')).body).toEqual({
      id: 'role_1',
    });
  });
});

describe('items', () => {
  test('are added, changed, replaced and removed', async () => {
    const { send } = setUp();
    const added = await send('POST', 'data/users', { id: 'mine', name: 'A', extra: 1 });
    expect([added.status, added.body]).toEqual([201, { id: 'mine', name: 'A', extra: 1 }]);
    const changed = await send('PATCH', 'data/users/mine', { name: 'B' });
    expect(changed.body).toEqual({ id: 'mine', name: 'B', extra: 1 });
    const replaced = await send('PUT', 'data/users/mine', { id: 'mine', name: 'C' });
    expect(replaced.body).toEqual({ id: 'mine', name: 'C' });
    expect((await send('GET', 'data/users/mine')).body).toEqual({ id: 'mine', name: 'C' });
    expect(await send('DELETE', 'data/users/mine')).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    expect((await send('DELETE', 'data/users/mine')).status).toBe(404);
    expect((await send('PATCH', 'data/users/mine', {})).status).toBe(404);
    expect((await send('PUT', 'data/users/mine', {})).status).toBe(404);
  });

  test.each([
    ['POST', 'data/users'],
    ['PATCH', 'data/users/item_1'],
    ['PUT', 'data/users/item_1'],
  ])(
    'that break the contract by %s are a 400 with the place of each issue',
    async (method, path) => {
      const { send, items } = setUp();
      const { status, body } = await send(method, path, { name: 5 });
      expect(status).toBe(400);
      expect(body.error).toMatchObject({
        param: 'name',
        issues: [{ path: 'name', message: 'must be string' }],
      });
      expect(items[1]?.name).toBe('Name 1');
    },
  );

  test('that exist already are a 400', async () => {
    const { status, body } = await setUp().send('POST', 'data/users', { id: 'item_3' });
    expect(status).toBe(400);
    expect(body.error.message).toContain('item_3');
  });

  test.each(['PATCH', 'PUT'])('do not change their id by %s', async (method) => {
    const { send } = setUp();
    const { status, body } = await send(method, 'data/users/item_1', { id: 'other' });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: 'id cannot change: expected \'item_1\', got "other".',
      param: 'id',
      issues: [{ path: 'id', message: 'cannot change' }],
    });
    expect((await send('GET', 'data/users/item_1')).status).toBe(200);
  });

  test.each(['', '{', 'null', '[]', '"text"', '5'])(
    'from the body %j are a 400 with a sentence',
    async (text) => {
      const { status, body } = await setUp().send('POST', 'data/users', text);
      expect(status).toBe(400);
      expect(body.error.message).toContain('Expected');
    },
  );

  test('from a long array are a 400 that quotes how it begins', async () => {
    const { body } = await setUp().send('POST', 'data/users', [`${'x'.repeat(500)}`]);
    expect(body.error.message).toBe(`Expected a JSON object, got ["${'x'.repeat(98)}.`);
  });

  test('with an id that needs encoding are found', async () => {
    const { send } = setUp();
    await send('POST', 'data/users', { id: 'a/b c%' });
    expect((await send('GET', `data/users/${encodeURIComponent('a/b c%')}`)).status).toBe(200);
    expect((await send('GET', 'data/users/%zz')).status).toBe(400);
  });
});

describe('snapshots and reset', () => {
  test('a snapshot is given, and taken', async () => {
    const { send, state } = setUp();
    const { body } = await send('GET', 'snapshot');
    expect((await send('PUT', 'snapshot', body)).status).toBe(200);
    expect(state.restored).toEqual(body);
  });

  test('a body that is not a snapshot is a 400', async () => {
    const { status, body } = await setUp().send('PUT', 'snapshot', null);
    expect([status, body.error.message]).toEqual([400, 'Expected a snapshot.']);
  });

  test('a reset resets', async () => {
    const { send, state } = setUp();
    expect((await send('POST', 'reset')).status).toBe(200);
    expect(state.resets).toBe(1);
  });
});

describe('the control endpoints', () => {
  test('say what they are where there is none, and which methods there are', async () => {
    const { send } = setUp();
    const missing = await send('GET', 'nothing');
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toContain('GET /_mock/health');
    const refused = await send('POST', 'data/users/item_1');
    expect([refused.status, refused.headers['allow']]).toEqual([405, 'GET, PUT, PATCH, DELETE']);
  });

  test('report health: the title of the API, and the size of each collection', async () => {
    expect((await setUp().send('GET', 'health')).body).toEqual({
      status: 'ok',
      title: 'Test API',
      version: expect.any(String),
      url: null,
      basePath: '/v1',
      seed: 1,
      collections: { users: 50, 'users.roles': 1 },
    });
  });
});
