import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  inPath,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const name = object({ first: text, last: text }, []);
const user = object({ id: integer, active: { type: 'boolean' }, name }, ['id']);

const sends = (schema: object, type: string) => ({
  requestBody: { content: { [type]: { schema } } },
});

async function mockOf(patch: object, more: object = {}) {
  return mockOfPaths({
    '/users': { get: gives(listOf(user)), post: { ...takes(user), ...gives(user, 201) } },
    '/users/{id}': { parameters: inPath('id'), get: gives(user), patch },
    ...more,
  });
}

const full = { id: 900, active: true, name: { first: 'Ada', last: 'King' } };

test('operations of SCIM change an item', async () => {
  const operations = listOf(object({ op: text, path: text, value: {} }, ['op']));
  const mock = await mockOf({ ...takes(object({ Operations: operations })), ...gives(user) });
  await askFor(mock, 'POST /users', full);
  const Operations = [
    { op: 'Replace', path: 'active', value: false },
    { op: 'remove', path: 'name.last' },
    { op: 'add', value: { 'name.first': 'Augusta' } },
  ];
  const changed = { id: 900, active: false, name: { first: 'Augusta' } };
  expect((await askFor(mock, 'PATCH /users/900', { Operations })).body).toEqual(changed);
  expect((await askFor(mock, 'GET /users/900')).body).toEqual(changed);
  const filtered = [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }];
  expect((await askFor(mock, 'PATCH /users/900', { Operations: filtered })).status).toBe(400);
});

test('a merge patch changes the objects of an item in part', async () => {
  const type = 'application/merge-patch+json';
  const mock = await mockOf({ ...sends(object({ name }), type), ...gives(user) });
  await askFor(mock, 'POST /users', full);
  const response = await mock.fetch('http://mock.test/users/900', {
    method: 'PATCH',
    headers: { 'content-type': type },
    body: JSON.stringify({ name: { first: 'Augusta' } }),
  });
  expect(await response.json()).toEqual({ ...full, name: { first: 'Augusta', last: 'King' } });
});

test('a value of one of several types in a path may be of both', async () => {
  const key = { name: 'key', in: 'path', required: true, schema: { oneOf: [text, integer] } };
  const mock = await mockOf(gives(user), {
    '/keys/{key}': { parameters: [key], get: gives(user) },
  });
  for (const value of ['1', 'a'])
    expect((await askFor(mock, `GET /keys/${value}`)).status).toBe(200);
});

test('an id may stand in the query of what creates its item, and a colon before an action', async () => {
  const book = object({ name: text, title: text }, ['name']);
  const mock = await mockOfPaths({
    '/books': {
      get: gives(object({ books: listOf(book) })),
      post: {
        ...takes(object({ title: text })),
        ...gives(book),
        parameters: [inQuery('bookId')],
      },
    },
    '/books/{book}': { parameters: inPath('book'), get: gives(book) },
    '/books/{book}:archive': { parameters: inPath('book'), post: gives(book) },
  });
  const created = { name: 'b1', title: 'T' };
  expect((await askFor(mock, 'POST /books?bookId=b1', { title: 'T' })).body).toEqual(created);
  expect((await askFor(mock, 'GET /books/b1')).body).toEqual(created);
  expect((await askFor(mock, 'POST /books/b1:archive')).body).toEqual(created);
});

test('a filter may be about the attributes of an item', async () => {
  const attributes = object({ status: { enum: ['draft', 'live'] } });
  const article = object({ type: text, id: text, attributes });
  const mock = await mockOfPaths({
    '/articles': {
      get: { ...gives(object({ data: listOf(article) })), parameters: [inQuery('filter[status]')] },
    },
  });
  const { data } = (await askFor(mock, 'GET /articles?filter[status]=live')).body;
  expect(data.length).toBeGreaterThan(0);
  for (const one of data) expect(one.attributes.status).toBe('live');
});

test('an object with a list in an object of the same name is no object that is changed', async () => {
  const hits = object({ hits: listOf(object({ _id: text })), total: integer });
  const search = gives(object({ hits }));
  const mock = await mockOfPaths({ '/docs/_search': { get: search, post: search } });
  expect((await askFor(mock, 'POST /docs/_search')).status).toBe(200);
  expect(mock.changes()).toMatchObject({ singletons: {} });
});
