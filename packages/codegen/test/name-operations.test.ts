import { readFileSync } from 'node:fs';
import type { Document } from '@org/openapi';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildModel } from '../src/infer/build-model.ts';
import { nameOperations } from '../src/infer/name-operations.ts';

const own = new URL('../../../spec/openapi.yaml', import.meta.url);

/** `GET /users` → its operation. */
function documentOf(operations: Record<string, object>): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const [target, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = target.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return { paths } as Document;
}

/** The ids of operations, by method and path. */
function idsOf(document: Document): Record<string, string | undefined> {
  nameOperations(document);
  return Object.fromEntries(
    Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([key]) => /^(?:get|post|put|patch|delete)$/.test(key))
        .map(([method, object]) => [
          `${method.toUpperCase()} ${path}`,
          (object as { operationId?: string }).operationId,
        ]),
    ),
  );
}

const answers = (schema: object) => ({
  responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
});
const array = answers({ type: 'array', items: { type: 'object' } });

test('the ids of our own document match those derived from its paths', () => {
  const document = parse(readFileSync(own, 'utf8'), { maxAliasCount: -1 }) as Document;
  const written = idsOf(structuredClone(document));
  for (const item of Object.values(document.paths ?? {}))
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete])
      if (operation) delete operation.operationId;
  const derived = idsOf(document);
  const same = Object.keys(written).filter((target) => derived[target] === written[target]);
  // Seven of eight: an id may say more than its path does.
  expect(same.length / Object.keys(written).length).toBeGreaterThanOrEqual(7 / 8);
});

describe('a name comes from the path and the method', () => {
  test.each<[string, string, object?]>([
    ['GET /projects/{id}/users', 'projects.users.list', array],
    [
      'GET /user-groups',
      'userGroups.list',
      answers({ properties: { items: { type: 'array', items: { properties: { id: {} } } } } }),
    ],
    ['GET /settings', 'settings.retrieve'],
    ['GET /users/{id}', 'users.retrieve'],
    ['POST /users/{id}', 'users.update'],
    ['PATCH /users/{id}', 'users.update'],
    ['PUT /users/{id}', 'users.update'],
    ['DELETE /users/{id}', 'users.delete'],
    ['DELETE /users', 'users.delete'],
    ['POST /users', 'users.create'],
    ['POST /users/{id}/archive', 'users.archive'],
    ['POST /users/{id}:cancel', 'users.cancel'],
    ['POST /users/{id}/roles', 'users.roles.create'],
    ['POST /login', 'login.create'],
    ['POST /login', 'auth.login', { tags: ['Auth'] }],
    ['GET /pet/findByStatus', 'pet.findByStatus', array],
    ['GET /Accounts/{Sid}/Calls.json', 'accounts.calls.list', array],
    ['GET /Calls/{Sid}.json', 'calls.retrieve'],
    ['GET /api/v2/zones', 'zones.list', array],
    ['GET /', 'root.retrieve'],
    ['GET /{id}', 'thing.retrieve', { tags: ['Thing'] }],
    ['GET /2fa', 'x2fa.retrieve'],
    ['GET /büro-räume', 'buroRaume.list', array],
    ['GET /then', 'thenResource.retrieve'],
    ['GET /日本', 'resource.retrieve'],
    ['GET /organization/users/{id}', 'admin.organization.users.retrieve'],
  ])('%s is %s', (target, id, operation = {}) => {
    expect(Object.values(idsOf(documentOf({ [target]: operation })))).toEqual([id]);
  });
});

describe('names are made unique', () => {
  test('ids that are calls stay, and come first', () => {
    const ids = idsOf(
      documentOf({ 'GET /pets': array, 'GET /animals': { operationId: 'pets.list' } }),
    );
    expect(ids['GET /animals']).toBe('pets.list');
    expect(ids['GET /pets']).not.toBe('pets.list');
  });

  test('PUT beside PATCH replaces', () => {
    const ids = idsOf(documentOf({ 'PUT /pets/{id}': {}, 'PATCH /pets/{id}': {} }));
    expect(Object.values(ids)).toEqual(['pets.replace', 'pets.update']);
  });

  test('two paths of one name: the id of the document, else the parameter, tells them apart', () => {
    const ids = idsOf(
      documentOf({
        'GET /repos/{owner}': {},
        'GET /repos/{owner}/{repo}': { operationId: 'getRepo' },
        'GET /repos/{owner}/{repo}/{number}': {},
      }),
    );
    expect(Object.values(ids)).toEqual([
      'repos.retrieve',
      'repos.getRepo',
      'repos.retrieveByNumber',
    ]);
  });

  test('a method is not also a resource', () => {
    const ids = idsOf(
      documentOf({ 'POST /users/{id}/lock': {}, 'GET /users/{id}/lock/history': array }),
    );
    expect(Object.values(ids)).toEqual(['users.lock', 'users2.lock.history.list']);
  });

  test('a path item that two paths share', () => {
    const item = { get: { operationId: 'one', ...array } };
    const document = {
      paths: { '/a': item, '/b': item, '/c': { $ref: '#/components/pathItems/x' } },
      components: { pathItems: { x: item } },
    };
    expect(Object.values(idsOf(document as unknown as Document))).toEqual([
      'a.list',
      'b.list',
      'c.list',
    ]);
  });
});

test('whatever the paths are, all ids are calls that can stand side by side', () => {
  const part = fc.oneof(
    fc.constantFrom('users', '{id}', '{id}.json', 'then', 'get', 'find', 'lock', '2fa', '{a}:b'),
    // A percent sign that encodes nothing is refused.
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[/{}%]/g, '')),
  );
  const path = fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  const method = fc.constantFrom('get', 'post', 'put', 'patch', 'delete');
  const id = fc.option(fc.constantFrom('users.list', 'users', 'users.get.list', 'a b', ''), {
    nil: undefined,
  });
  const operations = fc.array(fc.tuple(path, method, id), { maxLength: 12 });
  fc.assert(
    fc.property(operations, (list) => {
      const paths: Record<string, Record<string, object>> = {};
      for (const [at, how, operationId] of list)
        paths[at] = {
          ...paths[at],
          [how]: { ...(operationId === undefined ? {} : { operationId }), responses: {} },
        };
      const document = { openapi: '3.1.0', paths } as unknown as Document;
      // Refuses ids that are not calls, that clash, or that the client has.
      const { model, named } = buildModel(document, undefined, 'mock');
      const ids = model.operations.map((operation) => operation.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(named.map((operation) => operation.id)));
    }),
  );
});

test('what changes all items leaves its name to what changes one', () => {
  const response = { responses: { 200: { description: 'OK' } } };
  const document = documentOf({
    'DELETE /todos': response,
    'PATCH /todos': response,
    'PUT /todos': response,
    'DELETE /todos/{id}': response,
    'PATCH /todos/{id}': response,
    'DELETE /cart': response,
  });
  expect(idsOf(document)).toEqual({
    'DELETE /todos': 'todos.deleteAll',
    'PATCH /todos': 'todos.updateAll',
    'PUT /todos': 'todos.replace',
    'DELETE /todos/{id}': 'todos.delete',
    'PATCH /todos/{id}': 'todos.update',
    'DELETE /cart': 'cart.delete',
  });
});

test('a segment that is a call names the call, and a date is a version', () => {
  const response = { responses: { 200: { description: 'OK' } } };
  const document = documentOf({
    'GET /2010-04-01/users.list': array,
    'POST /2010-04-01/admin.users.invite': response,
    'GET /2010-04-01/robots.txt': response,
    'GET /2010-04-01/calls.json': array,
  });
  expect(idsOf(document)).toEqual({
    'GET /2010-04-01/users.list': 'users.list',
    'POST /2010-04-01/admin.users.invite': 'admin.users.invite',
    'GET /2010-04-01/robots.txt': 'robotsTxt.retrieve',
    'GET /2010-04-01/calls.json': 'calls.list',
  });
});

test('the keys of OData are parameters', () => {
  const response = { responses: { 200: { description: 'OK' } } };
  const document = documentOf({
    'GET /People': array,
    "GET /People('{UserName}')": response,
    'DELETE /Orders({OrderID})': response,
    "GET /People('{UserName}')/Trips": array,
  });
  expect(idsOf(document)).toEqual({
    'GET /People': 'people.list',
    "GET /People('{UserName}')": 'people.retrieve',
    'DELETE /Orders({OrderID})': 'orders.delete',
    "GET /People('{UserName}')/Trips": 'people.trips.list',
  });
});
