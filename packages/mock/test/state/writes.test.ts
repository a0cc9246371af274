import { describe, expect, test } from 'vitest';
import { describeInferred } from '../../src/cli/inferred.ts';
import { createMock, type LoadedMock, loadAPI } from '../../src/index.ts';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  notes,
  object,
  takes,
  text,
} from '../support/paths.ts';

const boolean = { type: 'boolean' };
const item = { parameters: inPath('id') };

describe('a verb below an item', () => {
  const status = { enum: ['OPEN', 'CLOSED', 'CANCELLED', 'inactive'] };
  const order = object({ id: integer, status, archived: boolean, isLocked: boolean });
  const answers: [string, object][] = [
    ['the item', gives(order)],
    ['nothing', { responses: { 202: { description: 'Accepted' } } }],
    ['something else', gives(object({ job: text }), 202)],
  ];

  test.each(
    answers.flatMap(([what, answer]) =>
      (
        [
          ['post', 'cancel', { status: 'CANCELLED' }],
          ['post', 'close', { status: 'CLOSED' }],
          ['put', 'archive', { archived: true }],
          ['post', 'lock', { isLocked: true }],
          ['post', 'unlock', { isLocked: false }],
          ['delete', 'lock', { isLocked: false }],
          ['post', 'deactivate', { status: 'inactive' }],
        ] as const
      ).map(([method, verb, change]) => [method, verb, what, answer, change] as const),
    ),
  )(
    '%s …/%s changes what has its participle, and gives %s',
    async (method, verb, _, answer, change) => {
      const mock = await mockOfPaths({
        '/orders': { get: gives(listOf(order)), post: { ...takes(order), ...gives(order, 201) } },
        '/orders/{id}': { ...item, get: gives(order) },
        [`/orders/{id}/${verb}`]: { ...item, [method]: answer },
      });
      const before = {
        id: 1001,
        status: 'OPEN',
        archived: false,
        isLocked: Object.values(change).includes(false),
      };
      await askFor(mock, 'POST /orders', before);
      const reply = await askFor(mock, `${method.toUpperCase()} /orders/1001/${verb}`);
      expect(reply.status).toBeLessThan(300);
      const { body } = await askFor(mock, 'GET /orders/1001');
      expect(body).toEqual({ ...before, ...change });
      expect((await askFor(mock, `${method.toUpperCase()} /orders/9999/${verb}`)).status).toBe(404);
    },
  );
});

test('a verb changes the state of its item, and nothing else that has its participle', async () => {
  const status = { enum: ['open', 'cancelled', 'refunded'] };
  const total = object({ amount: integer, currency: text });
  const order = object({
    id: integer,
    status,
    payment_status: status,
    previous_status: status,
    notify_on: status,
    total,
  });
  const mock = await mockOfPaths({
    '/orders': { get: gives(listOf(order)), post: { ...takes(order), ...gives(order, 201) } },
    '/orders/{id}': { ...item, get: gives(order) },
    '/orders/{id}/cancel': { ...item, post: gives(order) },
    '/orders/{id}/refund': {
      ...item,
      post: { ...takes(object({ amount: integer })), ...gives(order) },
    },
  });
  const before = {
    id: 1001,
    status: 'open',
    payment_status: 'open',
    previous_status: 'open',
    notify_on: 'open',
    total: { amount: 100, currency: 'EUR' },
  };
  await askFor(mock, 'POST /orders', before);
  const cancelled = await askFor(mock, 'POST /orders/1001/cancel');
  expect(cancelled.body).toEqual({ ...before, status: 'cancelled' });
  const refunded = await askFor(mock, 'POST /orders/1001/refund', { amount: 5 });
  expect(refunded.body).toEqual({ ...before, status: 'refunded' });
});

describe('what is deleted', () => {
  const note = object({
    id: integer,
    name: text,
    deleted: boolean,
    deleted_at: { type: ['string', 'null'] },
  });

  test('says so, and can be restored', async () => {
    const mock = await mockOfPaths({
      '/notes': {
        get: gives(listOf(note)),
        post: { ...takes(object({ name: text })), ...gives(note, 201) },
      },
      '/notes/{id}': { ...item, get: gives(note), delete: gives(note) },
      '/notes/{id}/restore': { ...item, post: gives(note) },
    });
    const all = (await askFor(mock, 'GET /notes')).body as (typeof note & { deleted: boolean })[];
    expect(all.filter(({ deleted }) => deleted)).toEqual([]);
    const { body: added } = await askFor(mock, 'POST /notes', { name: 'mine' });
    expect(added).toMatchObject({ deleted: false, deleted_at: null });
    expect((await askFor(mock, `DELETE /notes/${added.id}`)).body).toMatchObject({ deleted: true });
    expect((await askFor(mock, `GET /notes/${added.id}`)).status).toBe(404);
    expect((await askFor(mock, `POST /notes/${added.id}/restore`)).body).toEqual(added);
    expect((await askFor(mock, `GET /notes/${added.id}`)).body).toEqual(added);
    expect((await askFor(mock, 'POST /notes/99999/restore')).status).toBe(404);
  });
});

describe('several items at once', () => {
  const todo = object({ id: integer, task: text, done: boolean }, ['id']);
  const filters = [inQuery('id', integer), inQuery('done', boolean)];
  const paths = (more: object) => ({
    '/todos': {
      get: { parameters: filters, ...gives(listOf(todo)) },
      post: { ...takes(todo), ...gives(todo, 201) },
      ...more,
    },
    '/todos/{id}': { ...item, get: gives(todo) },
  });
  const ids = async (mock: LoadedMock) =>
    (await askFor(mock, 'GET /todos')).body.map(({ id }: { id: number }) => id);

  test('are deleted that the query filters', async () => {
    const counted = gives(object({ deleted: integer }));
    const mock = await mockOfPaths(paths({ delete: { parameters: filters, ...counted } }));
    await askFor(mock, 'POST /todos', { id: 1001, done: true });
    expect((await askFor(mock, 'DELETE /todos?id=1001')).body).toEqual({ deleted: 1 });
    expect(await ids(mock)).toHaveLength(100);
    const { body: done } = await askFor(mock, 'GET /todos?done=true');
    expect((await askFor(mock, 'DELETE /todos?done=true')).body).toEqual({ deleted: done.length });
    expect((await askFor(mock, 'GET /todos?done=true')).body).toEqual([]);
    expect((await ids(mock)).length).toBeGreaterThan(0);
  });

  test('are deleted that parameters filter which the list does not have', async () => {
    const task = object({ id: integer, size: integer, state: { enum: ['open', 'done'] } });
    const parameters = [inQuery('state'), inQuery('min_size', integer)];
    const mock = await mockOfPaths({
      '/tasks': { get: gives(listOf(task)), delete: { parameters, ...givesNothing } },
      '/tasks/{id}': { ...item, get: gives(task) },
    });
    const large = (one: { size: number; state: string }) => one.size >= 500 && one.state === 'done';
    const { body: before } = await askFor(mock, 'GET /tasks');
    await askFor(mock, 'DELETE /tasks?min_size=500&state=done');
    const { body: after } = await askFor(mock, 'GET /tasks');
    expect(after).toEqual(before.filter((one: { size: number; state: string }) => !large(one)));
    expect(after.length).toBeLessThan(before.length);
  });

  test('are changed that the query filters', async () => {
    const patch = {
      parameters: filters,
      ...takes(object({ task: text }, [])),
      ...gives(listOf(todo)),
    };
    const mock = await mockOfPaths(paths({ patch }));
    await askFor(mock, 'POST /todos', { id: 1001, done: true });
    const changed = { id: 1001, done: true, task: 'rest' };
    expect((await askFor(mock, 'PATCH /todos?id=1001', { task: 'rest' })).body).toEqual([changed]);
    expect((await askFor(mock, 'GET /todos/1001')).body).toEqual(changed);
    expect((await askFor(mock, 'GET /todos/1')).body.task).not.toBe('rest');
  });

  test.each(['/todos/bulk-delete', '/todos/batchDelete', '/todos:delete', '/todos/delete_many'])(
    'are deleted whose ids are in the body of POST %s',
    async (path) => {
      const remove = { post: { ...takes(object({ ids: listOf(integer) })), ...givesNothing } };
      const mock = await mockOfPaths({ ...paths({}), [path]: remove });
      expect((await askFor(mock, `POST ${path}`, { ids: [1, 3, 3, 999] })).status).toBe(204);
      expect((await ids(mock)).slice(0, 2)).toEqual([2, 4]);
      expect(await ids(mock)).toHaveLength(98);
    },
  );

  test.each(['/todos', '/todos/bulk', '/todos:import'])(
    'are added that are in a property of the body of POST %s',
    async (path) => {
      const answer = gives(object({ created: integer, todos: listOf(todo) }), 201);
      const post = {
        ...takes(object({ todos: listOf(object({ task: text, done: boolean })) })),
        ...answer,
      };
      const { '/todos': list, ...rest } = paths({});
      const mock = await mockOfPaths(
        path === '/todos'
          ? { '/todos': { ...list, post }, ...rest }
          : { ...paths({}), [path]: { post } },
      );
      const todos = [1, 2].map((i) => ({ task: `t${i}`, done: false }));
      const { body } = await askFor(mock, `POST ${path}`, { todos });
      expect(body).toMatchObject({ created: 2, todos });
      expect((await askFor(mock, 'GET /todos')).body.slice(100)).toEqual(body.todos);
    },
  );

  test('are those that a filter of PostgREST names, and none for one that is unknown', async () => {
    const rows = [inQuery('id'), inQuery('done')];
    const range = [{ name: 'Range-Unit', in: 'header', schema: text }];
    const mock = await mockOfPaths({
      '/todos': {
        get: { parameters: [...rows, ...range], ...gives(listOf(todo)) },
        post: { ...takes(todo), responses: { 201: { description: 'Created' } } },
        delete: { parameters: rows, ...givesNothing },
      },
    });
    expect((await askFor(mock, 'DELETE /todos?id=cs.1')).status).toBe(400);
    expect(await ids(mock)).toHaveLength(100);
    expect((await askFor(mock, 'DELETE /todos?id=lte.3')).status).toBe(204);
    expect((await ids(mock)).slice(0, 2)).toEqual([4, 5]);
  });
});

describe('several items that nothing names', () => {
  const todo = object({ id: integer, task: text, done: boolean, tags: listOf(text) }, ['id']);
  const own = {
    get: gives(listOf(todo)),
    post: { ...takes(todo), ...gives(todo, 201) },
  };
  const mockOf = (methods: object, more: object = {}) =>
    mockOfPaths({
      '/todos': { ...own, ...methods },
      '/todos/{id}': { ...item, get: gives(todo) },
      ...more,
    });
  const removal = {
    parameters: [inQuery('done', boolean), inQuery('before'), inQuery('limit', integer)],
    ...givesNothing,
  };
  const byIDs = { ...takes(object({ ids: listOf(integer) }, [])), ...givesNothing };
  const unnamed = 'The request names no items by a filter or an id: nothing was changed';
  const unknown = (name: string) =>
    `The mock does not know which items ${name} chooses: nothing was changed`;

  test.each([
    ['DELETE /todos', undefined, { delete: removal }, {}, unnamed],
    ['DELETE /todos?before=2020', undefined, { delete: removal }, {}, unnamed],
    ['DELETE /todos?done=true&limit=1', undefined, { delete: removal }, {}, unknown('limit')],
    ['DELETE /todos', undefined, { delete: byIDs }, {}, unnamed],
    ['DELETE /todos', {}, { delete: byIDs }, {}, unnamed],
    ['POST /todos/delete', {}, {}, { '/todos/delete': { post: byIDs } }, unnamed],
  ])(
    '%s with %j deletes nothing, and the journal says so',
    async (target, body, own, more, why) => {
      const mock = await mockOf(own, more);
      expect((await askFor(mock, target, body)).status).toBe(204);
      expect(notes(mock)).toContain(why);
      expect((await askFor(mock, 'GET /todos')).body).toHaveLength(100);
    },
  );

  test('are not changed by a PATCH without a filter', async () => {
    const patch = {
      ...takes(object({ task: text })),
      ...gives(listOf(todo)),
      parameters: [inQuery('done', boolean)],
    };
    const mock = await mockOf({ patch });
    await askFor(mock, 'PATCH /todos', { task: 'x' });
    expect(notes(mock)).toEqual([unnamed]);
    const { body: all } = await askFor(mock, 'GET /todos');
    expect(all.filter(({ task }: { task: string }) => task === 'x')).toEqual([]);
  });

  test('are none of them where DELETE of the list says nothing of all', async () => {
    for (const operationId of [undefined, 'deleteTodos', 'todos.deleteAll']) {
      const call = { ...(operationId ? { operationId } : {}), summary: 'Delete several todos' };
      const some = await mockOf({ delete: { ...call, ...givesNothing } });
      await askFor(some, 'DELETE /todos');
      expect(notes(some)).toEqual([expect.stringContaining('nothing was stored')]);
      expect((await askFor(some, 'GET /todos')).body).toHaveLength(100);
    }
  });

  test('are all of them where the document says that DELETE clears the list', async () => {
    const clears = await mockOf({ delete: { summary: 'Deletes all todos', ...givesNothing } });
    expect((await askFor(clears, 'DELETE /todos')).status).toBe(204);
    expect(notes(clears)).toEqual([]);
    expect((await askFor(clears, 'GET /todos')).body).toEqual([]);
    const silent = await mockOf({ delete: { summary: 'Deletes todos', ...givesNothing } });
    await askFor(silent, 'DELETE /todos');
    expect((await askFor(silent, 'GET /todos')).body).toHaveLength(100);
  });

  test('are deleted whatever the request says of how its answer looks', async () => {
    const parameters = [inQuery('done', boolean), inQuery('select')];
    const mock = await mockOf({ delete: { parameters, ...givesNothing } });
    await askFor(mock, 'DELETE /todos?done=true&select=id');
    expect((await askFor(mock, 'GET /todos')).body.length).toBeLessThan(100);
  });

  test.each(['tags', 'reasons'])('are not those whose ids would be in %s', async (name) => {
    const post = { ...takes(object({ [name]: listOf(text) })), ...givesNothing };
    const mock = await mockOf({}, { '/todos/delete': { post } });
    await askFor(mock, 'POST /todos/delete', { [name]: ['1'] });
    expect(notes(mock)).toEqual(['The operation has no state in the mock: nothing was stored']);
    expect((await askFor(mock, 'GET /todos')).body).toHaveLength(100);
  });

  test('are not changed by a PATCH whose body names one of them, or has several', async () => {
    const parameters = [inQuery('done', boolean)];
    const one = await mockOf({ patch: { parameters, ...takes(todo), ...gives(todo) } });
    const { body } = await askFor(one, 'PATCH /todos', { id: 2, task: 'x' });
    expect(body).toMatchObject({ id: 2, task: 'x' });
    const { body: all } = await askFor(one, 'GET /todos');
    expect(all.filter(({ task }: { task: string }) => task === 'x')).toEqual([body]);
    const many = await mockOf({ patch: { parameters, ...takes(listOf(todo)), ...gives(todo) } });
    await askFor(many, 'PATCH /todos', [{ id: 2, task: 'x' }]);
    expect(notes(many)).toEqual(['The operation has no state in the mock: nothing was stored']);
  });
});

test('a POST that answers with one item creates one, whatever arrays its body has', async () => {
  const order = object({ id: integer, name: text, total: integer });
  const line = object({ id: integer, name: text, quantity: integer });
  const mock = await mockOfPaths({
    '/orders': {
      get: gives(listOf(order)),
      post: { ...takes(object({ lines: listOf(line) })), ...gives(order, 201) },
    },
    '/orders/{id}': { ...item, get: gives(order) },
  });
  const lines = [1, 2].map((id) => ({ id: 900 + id, name: 'pen', quantity: 1 }));
  const { body } = await askFor(mock, 'POST /orders', { lines });
  expect(body.id).toBe(101);
  expect((await askFor(mock, 'GET /orders')).body).toHaveLength(101);
});

describe('a body that has what one property of the item has', () => {
  const settings = object({ theme: text, size: integer });

  test('changes that property of one object', async () => {
    const wrapped = object({ data: settings });
    const mock = await mockOfPaths({
      '/settings': {
        get: gives(wrapped),
        put: { ...takes(settings), ...gives(wrapped) },
        patch: { ...takes(object({ theme: text }, [])), ...gives(wrapped) },
      },
    });
    await askFor(mock, 'PUT /settings', { theme: 'dark', size: 3 });
    expect((await askFor(mock, 'PATCH /settings', { theme: 'light' })).status).toBe(200);
    const { body } = await askFor(mock, 'GET /settings');
    expect(body).toEqual({ data: { theme: 'light', size: 3 } });
  });

  test('is stored in it, and read from it', async () => {
    const source = object({ title: text, year: integer }, []);
    const document = object({ _id: text, _source: source });
    const result = object({ _id: text, result: { const: 'done' } });
    const mock = await mockOfPaths({
      '/books/{id}': {
        ...item,
        get: gives(document),
        put: {
          ...takes(source),
          responses: {
            ...Object(gives(result)).responses,
            ...Object(gives(result, 201)).responses,
          },
        },
        patch: { ...takes(source), ...gives(result) },
      },
    });
    expect((await askFor(mock, 'PUT /books/b1', { title: 'A', year: 1 })).status).toBe(201);
    await askFor(mock, 'PATCH /books/b1', { title: 'B' });
    const { body } = await askFor(mock, 'GET /books/b1');
    expect(body).toEqual({ _id: 'b1', _source: { title: 'B', year: 1 } });
  });
});

test('a body with more than one property of the item has is not that property', async () => {
  const order = object({ id: integer, total: object({ amount: integer, currency: text }) });
  const mock = await mockOfPaths({
    '/orders': { get: gives(listOf(order)) },
    '/orders/{id}': {
      ...item,
      get: gives(order),
      patch: { ...takes(object({ amount: integer, note: text }, [])), ...gives(order) },
    },
  });
  const { body } = await askFor(mock, 'GET /orders/1');
  expect((await askFor(mock, 'PATCH /orders/1', { amount: 5, note: 'a' })).body).toEqual(body);
});

test('a PUT without a body adds nothing to a collection that has a POST', async () => {
  const todo = object({ id: integer, done: boolean });
  const mock = await mockOfPaths({
    '/todos': { get: gives(listOf(todo)), post: { ...takes(todo), ...gives(todo, 201) } },
    '/todos/{id}': { ...item, get: gives(todo), put: gives(todo) },
  });
  expect((await askFor(mock, 'PUT /todos/9999')).status).toBe(404);
  expect((await askFor(mock, 'GET /todos')).body).toHaveLength(100);
});

test('the journal and the start say what has no effect', async () => {
  const file = object({ id: integer, name: text });
  const paths = {
    '/files': { get: gives(listOf(file)) },
    '/files/{id}': { ...item, get: gives(file) },
    '/files/{id}/touch': { ...item, post: gives(file) },
    '/login': { get: gives(object({ url: text })), post: gives(object({ token: text })) },
  };
  const info = { title: 'Files', version: '1' };
  const api = await loadAPI({ openapi: '3.1.0', info, paths });
  expect(describeInferred(api, 'files.yaml').split('\n')).toEqual([
    'Files (files.yaml): 5 operations',
    '  files: list, retrieve, touch',
    '  Without state, responding with examples: login.retrieve, login.create. For reasons, pass --verbose',
    '  Without an effect on the data: files.touch. To name their changes, use x-mock.set',
  ]);
  const mock = createMock({ api });
  await askFor(mock, 'POST /login');
  expect(notes(mock)).toEqual(['The operation has no state in the mock: nothing was stored']);
  await askFor(mock, 'GET /login');
  expect(notes(mock)).toEqual([]);
  await askFor(mock, 'POST /files/1/touch');
  expect(notes(mock)).toEqual(['The operation changes nothing in the mock']);
});

test('the start and the journal say that the header Range has no effect', async () => {
  const todo = object({ id: integer, task: text });
  const parameters = [{ name: 'Range', in: 'header', schema: text }];
  const info = { title: 'Todos', version: '1' };
  const paths = { '/todos': { get: { parameters, ...gives(listOf(todo)) } } };
  const api = await loadAPI({ openapi: '3.1.0', info, paths });
  expect(describeInferred(api, 'todos.yaml')).toContain(
    'Parameters without an effect: todos.list (Range)',
  );
  const mock = createMock({ api });
  await mock.fetch('http://mock.test/todos', { headers: { range: '0-1' } });
  expect(notes(mock)).toEqual(['Request header Range has no effect in the mock']);
});

test('the start says that items are apart from those that they look like', async () => {
  const comment = object({ id: integer, body: text });
  const own = { get: gives(listOf(comment)) };
  const related = object({ id: integer, body: text, post_id: integer });
  const start = async (schema: object) => {
    const paths = {
      '/comments': { get: gives(listOf(schema)) },
      '/comments/{id}': { ...item, get: gives(schema), delete: givesNothing },
      '/posts/{post_id}/comments': { parameters: inPath('post_id'), get: gives(listOf(schema)) },
      '/events': own,
    };
    const info = { title: 'Blog', version: '1' };
    return describeInferred(await loadAPI({ openapi: '3.1.0', info, paths }), 'blog.yaml');
  };
  expect(await start(comment)).toContain(
    '\n  Apart from the items of the same name: posts.comments.list.',
  );
  expect(await start(related)).not.toContain('Apart from');
});

test('a new item has null or the first of the values for what nobody says', async () => {
  const nullable = { type: ['string', 'null'] };
  const state = { enum: ['new', 'paid'] };
  const order = object({
    id: integer,
    name: text,
    note: nullable,
    state,
    size: { type: 'string', default: 'M' },
  });
  const mock = await mockOfPaths({
    '/orders': {
      get: gives(listOf(order)),
      post: { ...takes(object({ name: text })), ...gives(order, 201) },
    },
    '/orders/{id}': { ...item, get: gives(order) },
  });
  const { body } = await askFor(mock, 'POST /orders', { name: 'mine' });
  expect(body).toEqual({ id: 101, name: 'mine', note: null, state: 'new', size: 'M' });
});

test('an item belongs to what its path names, where its property is called like it', async () => {
  const review = object({ id: integer, book: integer, stars: integer });
  const book = object({ id: integer, title: text });
  const mock = await mockOfPaths({
    '/books': { get: gives(listOf(book)) },
    '/books/{id}': { ...item, get: gives(book) },
    '/books/{id}/reviews': {
      ...item,
      get: gives(listOf(review)),
      post: { ...takes(object({ stars: integer })), ...gives(review, 201) },
    },
  });
  expect((await askFor(mock, 'POST /books/7/reviews', { stars: 3 })).body).toMatchObject({
    book: 7,
  });
  const { body } = await askFor(mock, 'GET /books/7/reviews');
  expect(new Set(body.map((one: { book: number }) => one.book))).toEqual(new Set([7]));
});

test('a change of a part of an object leaves the rest of it', async () => {
  const limits = object({ users: integer, storage: integer });
  const tenant = object({ id: integer, limits });
  const patch = {
    ...takes(object({ limits: object({ users: integer, storage: integer }, []) }, [])),
  };
  const mock = await mockOfPaths({
    '/tenants': { get: gives(listOf(tenant)) },
    '/tenants/{id}': { ...item, get: gives(tenant), patch: { ...patch, ...gives(tenant) } },
    '/settings': {
      get: gives(object({ limits })),
      patch: { ...patch, ...gives(object({ limits })) },
    },
  });
  for (const path of ['/tenants/1', '/settings']) {
    const { body: before } = await askFor(mock, `GET ${path}`);
    const { body } = await askFor(mock, `PATCH ${path}`, { limits: { users: 5 } });
    expect(body).toEqual({ ...before, limits: { ...before.limits, users: 5 } });
  }
});

test('a change leaves what it does not name', async () => {
  const attributes = object(
    { title: text, state: text, place: object({ city: text, zip: text }, []) },
    [],
  );
  const labels = { type: 'object', additionalProperties: text };
  const payment = { oneOf: [object({ card: text }), object({ iban: text })] };
  const article = object({ id: integer, attributes, labels, payment }, ['id']);
  const path = { ...item, get: gives(article), put: { ...takes(article), ...gives(article) } };
  const changes = { ...takes(object({ data: article })), ...gives(article) };
  const mock = await mockOfPaths({
    '/articles': {
      get: gives(listOf(article)),
      post: { ...takes(article), ...gives(article, 201) },
      patch: { ...changes, parameters: [inQuery('id', integer)] },
    },
    '/articles/{id}': { ...path, patch: changes },
    '/settings': {
      get: gives(object({ attributes })),
      patch: { ...takes(object({ attributes })), ...gives(object({ attributes })) },
    },
  });
  const place = { city: 'a', zip: '1' };
  const before = {
    id: 1001,
    attributes: { title: 'a', state: 'b', place },
    labels: { a: 'b' },
    payment: { card: '1' },
  };
  await askFor(mock, 'POST /articles', before);
  const data = {
    id: 1001,
    attributes: { title: 'c', place: { city: 'd' } },
    labels: { c: 'd' },
    payment: { iban: '2' },
  };
  const after = { ...data, attributes: { title: 'c', state: 'b', place: { city: 'd', zip: '1' } } };
  expect((await askFor(mock, 'PATCH /articles/1001', { data })).body).toEqual(after);
  await askFor(mock, 'PUT /articles/1001', before);
  await askFor(mock, 'PATCH /articles?id=1001', { data });
  expect((await askFor(mock, 'GET /articles/1001')).body).toEqual(after);
  expect((await askFor(mock, 'PUT /articles/1001', data)).body).toEqual(data);
  await askFor(mock, 'PATCH /settings', { attributes: before.attributes });
  await askFor(mock, 'PATCH /settings', { attributes: data.attributes });
  expect((await askFor(mock, 'GET /settings')).body).toEqual({ attributes: after.attributes });
});

test('a change with a mask leaves what the mask does not name', async () => {
  const author = object({ given: text, family: text }, []);
  const book = object({ id: integer, pageCount: integer, title: text, note: text, author }, [
    'id',
    'title',
  ]);
  const parameters = [inQuery('updateMask')];
  const mock = await mockOfPaths({
    '/books': { get: gives(listOf(book)), post: { ...takes(book), ...gives(book, 201) } },
    '/books/{id}': {
      ...item,
      get: gives(book),
      patch: { parameters, ...takes({ ...book, required: [] }), ...gives(book) },
    },
  });
  const before = {
    id: 1001,
    pageCount: 1,
    title: 'a',
    note: 'b',
    author: { given: 'c', family: 'd' },
  };
  await askFor(mock, 'POST /books', before);
  const sent = { pageCount: 2, title: 'x', author: { given: 'x', family: 'x' } };
  const change = async (mask: string) => {
    const { body } = await askFor(mock, `PATCH /books/1001?updateMask=${mask}`, sent);
    expect(notes(mock)).toEqual([]);
    return body;
  };
  expect(await change('page_count')).toEqual({ ...before, pageCount: 2 });
  const given = { ...before, pageCount: 2, author: { given: 'x', family: 'd' } };
  expect(await change('author.given')).toEqual(given);
  const { note: _, ...rest } = given;
  expect(await change('note,title')).toEqual({ ...rest, title: 'x' });
  expect(await change('*')).toEqual({ id: 1001, ...sent });
});

test('a member of a group is one of the users', async () => {
  const user = object({ id: integer, name: text });
  const group = object({ id: integer, title: text });
  const member = { parameters: inPath('id', 'user_id') };
  const mock = await mockOfPaths({
    '/users': { get: gives(listOf(user)) },
    '/users/{id}': { ...item, get: gives(user) },
    '/groups': {
      get: gives(listOf(group)),
      post: { ...takes(object({ title: text })), ...gives(group, 201) },
    },
    '/groups/{id}': { ...item, get: gives(group) },
    '/groups/{id}/members': {
      ...item,
      get: gives(listOf(user)),
      post: { ...takes(object({ user_id: integer })), ...givesNothing },
    },
    '/groups/{id}/members/{user_id}': { ...member, put: givesNothing, delete: givesNothing },
  });
  const { id } = (await askFor(mock, 'POST /groups', { title: 'a' })).body;
  const { body: users } = await askFor(mock, 'GET /users');
  expect((await askFor(mock, `PUT /groups/${id}/members/${users[4].id}`)).status).toBe(204);
  expect((await askFor(mock, `PUT /groups/${id}/members/${users[4].id}`)).status).toBe(204);
  await askFor(mock, `POST /groups/${id}/members`, { user_id: users[2].id });
  expect((await askFor(mock, `GET /groups/${id}/members`)).body).toEqual([users[4], users[2]]);
  await askFor(mock, `DELETE /groups/${id}/members/${users[4].id}`);
  expect((await askFor(mock, `GET /groups/${id}/members`)).body).toEqual([users[2]]);
});

test('the journal says which parameters of a query have no effect, whatever the operation', async () => {
  const book = object({ id: integer, title: text });
  const parameters = [inQuery('dry_run', boolean), inQuery('title')];
  const mock = await mockOfPaths({
    '/books': {
      get: gives(listOf(book)),
      post: { parameters, ...takes(object({ title: text })), ...gives(book, 201) },
    },
    '/books/{id}': {
      ...item,
      get: { parameters: [inQuery('fields')], ...gives(book) },
      post: { parameters, ...gives(book) },
    },
  });
  await askFor(mock, 'POST /books?dry_run=true', { title: 'a' });
  expect(notes(mock)).toEqual(['Request query parameter dry_run has no effect in the mock']);
  await askFor(mock, 'GET /books/1?fields=id');
  expect(notes(mock)).toEqual(['Request query parameter fields has no effect in the mock']);
  expect((await askFor(mock, 'POST /books/1?title=b')).body).toEqual({ id: 1, title: 'b' });
  expect(notes(mock)).toEqual([]);
});

describe('the example of what is created', () => {
  const pet = object({ id: { ...integer, example: 10 }, name: text });
  const paths = (post: object) => ({
    '/pets': { get: gives(listOf(pet)), post: { ...post, ...gives(pet, 201) } },
    '/pets/{id}': { ...item, get: gives(pet), delete: givesNothing },
    '/pets/{id}/toys': { ...item, get: gives(listOf(object({ id: integer, label: text }))) },
    '/pets/{id}/toys/{toy}': {
      parameters: inPath('id', 'toy'),
      get: gives(object({ id: integer, label: text })),
    },
  });
  const media = (more: object) => ({
    requestBody: {
      content: {
        'application/json': { schema: object({ id: integer, name: text }), ...more },
      },
    },
  });

  test.each([
    ['of the id', 10, takes(pet)],
    ['of the body', 7, media({ example: { id: 7, name: 'a' } })],
    ['of several', 8, media({ examples: { cat: { value: { id: 8, name: 'a' } } } })],
    ['of the schema', 9, takes({ ...object({ id: integer, name: text }), example: { id: 9 } })],
  ])(
    'is created once, though an item of that id is there from the start: %s',
    async (_, id, post) => {
      const mock = await mockOfPaths(paths(post));
      expect((await askFor(mock, `GET /pets/${id}`)).status).toBe(200);
      const sent = { id, name: 'mine' };
      expect(await askFor(mock, 'POST /pets', sent)).toEqual({ status: 201, body: sent });
      expect((await askFor(mock, `GET /pets/${id}`)).body).toEqual(sent);
      expect((await askFor(mock, `GET /pets/${id}/toys`)).body).toEqual([]);
      const { body: all } = await askFor(mock, 'GET /pets');
      expect(all).toHaveLength(100);
      expect(all.at(-1)).toEqual(sent);
      expect((await askFor(mock, 'POST /pets', sent)).status).toBe(400);
      expect((await askFor(mock, 'POST /pets', { id: 5, name: 'other' })).status).toBe(400);
      expect((await askFor(mock, `DELETE /pets/${id}`)).status).toBe(204);
      expect((await askFor(mock, 'POST /pets', sent)).status).toBe(201);
    },
  );

  test('is a conflict with an item that is given as data', async () => {
    const info = { title: 'Pets', version: '1' };
    const api = await loadAPI({ openapi: '3.1.0', info, paths: paths(takes(pet)) });
    const mock = createMock({ api, data: { pets: [{ id: 10, name: 'mine' }] } });
    expect((await askFor(mock, 'POST /pets', { id: 10, name: 'other' })).status).toBe(400);
    expect((await askFor(mock, 'GET /pets/10')).body.name).toBe('mine');
  });
});

test('the path of a property that reads and writes the whole item is that item', async () => {
  const ref = { $ref: '#/components/schemas/Pod' };
  const phase = object({ phase: text });
  const pod = object({ id: integer, spec: phase, status: phase, owner: ref }, ['id']);
  const part = { ...item, get: gives(ref), put: { ...takes(ref), ...gives(ref) } };
  const api = await loadAPI({
    openapi: '3.1.0',
    info: { title: 'Pods', version: '1' },
    paths: {
      '/pods': { get: gives(listOf(ref)), post: { ...takes(ref), ...gives(ref, 201) } },
      '/pods/{id}': { ...item, get: gives(ref), delete: givesNothing },
      '/pods/{id}/status': part,
      '/pods/{id}/owner': part,
    },
    components: { schemas: { Pod: pod } },
  });
  const mock = createMock({ api });
  const before = { id: 1001, spec: { phase: 'a' }, status: { phase: 'b' } };
  await askFor(mock, 'POST /pods', before);
  expect((await askFor(mock, 'GET /pods/1001/status')).body).toEqual(before);
  const after = { ...before, status: { phase: 'c' } };
  const sent = { id: 1001, status: { phase: 'c' } };
  expect((await askFor(mock, 'PUT /pods/1001/status', sent)).body).toEqual(after);
  expect((await askFor(mock, 'GET /pods/1001')).body).toEqual(after);
  // The owner is another one.
  await askFor(mock, 'PUT /pods/1001/owner', { id: 5 });
  expect((await askFor(mock, 'GET /pods/1001')).body).toEqual(after);
});
