import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const user = object({ id: integer, name: text }, ['name']);
const some = [{ name: 'Ada' }, { name: 'Bob', id: 900 }];

async function mockOf(post: object, path = '/users', more: object = {}) {
  const bare = { '/users/{userId}': { parameters: inPath('userId'), get: gives(user) }, ...more };
  return mockOfPaths({
    '/users': { get: gives(listOf(user)) },
    ...bare,
    [path]: { ...('/users' === path && { get: gives(listOf(user)) }), post },
  });
}

test.each<[string, string, object, (body: unknown) => unknown]>([
  ['a path below the list', '/users/createWithList', gives(user), (body) => [body]],
  ['the path of the list', '/users', gives(listOf(user), 201), (body) => body],
  [
    'a path without a response',
    '/users/batch',
    { responses: { 200: { description: 'OK' } } },
    () => [],
  ],
])('all items of an array that is sent to %s are created', async (_, path, answer, read) => {
  const mock = await mockOf({ ...takes(listOf(user)), ...answer }, path);
  const { status, body } = await askFor(mock, `POST ${path}`, some);
  expect(status).toBeLessThan(300);
  const { body: all } = await askFor(mock, 'GET /users');
  expect(all).toHaveLength(102);
  expect(all.slice(-2)).toMatchObject(some);
  for (const one of read(body) as object[]) expect(all).toContainEqual(one);
  expect((await askFor(mock, 'GET /users/900')).body).toEqual(some[1]);
});

test('one item of an array that cannot be added keeps all of them out', async () => {
  const mock = await mockOf({ ...takes(listOf(user)), ...gives(listOf(user)) });
  const twice = [...some, { name: 'Eve', id: 900 }];
  expect((await askFor(mock, 'POST /users', twice)).status).toBe(400);
  expect((await askFor(mock, 'POST /users', [...some, { name: 'Eve', id: 1 }])).status).toBe(400);
  expect((await askFor(mock, 'GET /users')).body).toHaveLength(100);
});

test('a body may be one item or several', async () => {
  const either = { oneOf: [user, listOf(user)] };
  const mock = await mockOf({ ...takes(either), ...gives(either, 201) });
  expect((await askFor(mock, 'POST /users', { name: 'Ada' })).body).toMatchObject({ name: 'Ada' });
  expect((await askFor(mock, 'POST /users', some)).body).toMatchObject(some);
  expect((await askFor(mock, 'GET /users')).body).toHaveLength(103);
});
