import { expect, test } from 'vitest';
import { createMock, type LoadedMock, loadAPI } from '../../src/index.ts';

const pet = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', default: 40 },
    name: { type: 'string' },
    status: { type: 'string', enum: ['available', 'sold'] },
    tags: { type: 'array', items: { $ref: '#/components/schemas/Tag' } },
  },
};
const tag = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const ref = { $ref: '#/components/schemas/Pet' };
const both = (schema: object) => ({
  'application/xml': { schema },
  'application/json': { schema },
});
const ok = (schema: object) => ({ 200: { description: 'OK', content: both(schema) } });
const takes = { requestBody: { required: true, content: both(ref) } };
const failsOnly = { 405: { description: 'Invalid input' } };
const petID = { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } };
const inQuery = (name: string, schema: object = { type: 'string' }) => ({
  parameters: [{ name, in: 'query', required: true, schema }],
});
const list = ok({ type: 'array', items: ref });

/** The best known example of OpenAPI: pets are created, changed and found, and never listed. */
const paths = {
  '/pet': {
    post: { ...takes, responses: failsOnly },
    put: { ...takes, responses: ok(ref) },
  },
  '/pet/findByStatus': { get: { ...inQuery('status'), responses: list } },
  '/pet/findByTags': {
    get: { ...inQuery('tags', { type: 'array', items: { type: 'string' } }), responses: list },
  },
  '/pet/{petId}': {
    parameters: [petID],
    get: { responses: ok(ref) },
    post: {
      parameters: [{ name: 'name', in: 'query', schema: { type: 'string' } }],
      responses: ok(ref),
    },
    delete: { responses: { 204: { description: 'Gone' } } },
  },
};

async function mockOf(given: object = paths, item: object = pet): Promise<LoadedMock> {
  const info = { title: 'Pets', version: '1' };
  const document = {
    openapi: '3.1.0',
    info,
    paths: given,
    components: { schemas: { Pet: item, Tag: tag } },
  };
  return createMock({ api: await loadAPI(document) });
}

async function ask(mock: LoadedMock, target: string, body?: object) {
  const [method = '', path = ''] = target.split(' ');
  const headers = { 'content-type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await mock.fetch(`http://mock.test${path}`, init);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('items that no list shows are created, read, changed by the id in a body, and deleted', async () => {
  const mock = await mockOf();
  const created = await ask(mock, 'POST /pet', { id: 777, name: 'Rex', status: 'sold' });
  expect(created).toEqual({ status: 200, body: undefined });
  expect((await ask(mock, 'GET /pet/777')).body).toMatchObject({ id: 777, name: 'Rex' });
  const replaced = await ask(mock, 'PUT /pet', { id: 777, name: 'Max' });
  expect(replaced).toEqual({ status: 200, body: { id: 777, name: 'Max' } });
  expect((await ask(mock, 'GET /pet/777')).body).toEqual({ id: 777, name: 'Max' });
  expect((await ask(mock, 'DELETE /pet/777')).status).toBe(204);
  expect((await ask(mock, 'GET /pet/777')).status).toBe(404);
  expect((await ask(mock, 'PUT /pet', { id: 777, name: 'Max' })).status).toBe(404);
});

test('a read-only id in a body names the item all the same', async () => {
  const id = { type: 'integer', readOnly: true };
  const mock = await mockOf(paths, { ...pet, properties: { ...pet.properties, id } });
  expect((await ask(mock, 'PUT /pet', { id: 7, name: 'Max' })).body).toEqual({
    id: 7,
    name: 'Max',
  });
});

test('the id of the document’s example is there, since no list shows which ids are', async () => {
  const user = {
    type: 'object',
    required: ['username'],
    properties: { username: { type: 'string', example: 'theUser' }, email: { type: 'string' } },
  };
  const username = { ...petID, name: 'username', schema: { type: 'string' } };
  const mock = await mockOf({
    '/user/{username}': {
      parameters: [username],
      get: { responses: ok(user) },
      delete: { responses: { 204: { description: 'Gone' } } },
    },
  });
  expect((await ask(mock, 'GET /user/theUser')).body).toMatchObject({ username: 'theUser' });
  expect(mock.data['user']?.size).toBe(100);
  expect(new Set(mock.data['user']?.list().map((item) => item['username'])).size).toBe(100);
  expect((await ask(mock, 'DELETE /user/theUser')).status).toBe(204);
  expect((await ask(mock, 'GET /user/theUser')).status).toBe(404);
});

test('a write without a body changes what its query names', async () => {
  const mock = await mockOf();
  const { body } = await ask(mock, 'POST /pet/1?name=Max');
  expect(body).toMatchObject({ id: 1, name: 'Max' });
  expect((await ask(mock, 'GET /pet/1')).body).toEqual(body);
});

test('lists below the path of the items show the same items, filtered', async () => {
  const mock = await mockOf();
  const tags = [{ id: 1, name: 'blue' }];
  await ask(mock, 'POST /pet', { id: 777, name: 'Rex', status: 'sold', tags });
  const sold = await ask(mock, 'GET /pet/findByStatus?status=sold');
  expect(sold.body.map(({ id }: { id: number }) => id)).toContain(777);
  const blue = await ask(mock, 'GET /pet/findByTags?tags=blue');
  expect(blue.body.map(({ id }: { id: number }) => id)).toEqual([777]);
  await ask(mock, 'DELETE /pet/777');
  expect((await ask(mock, 'GET /pet/findByTags?tags=blue')).body).toEqual([]);
});

test.each(['/pets/search', '/pets/search/findByStatus'])(
  'a further list below a list shows its items: %s',
  async (path) => {
    const mock = await mockOf({
      '/pets': { get: { responses: list }, post: { ...takes, responses: ok(ref) } },
      [path]: { get: { ...inQuery('status'), responses: list } },
      '/pets/{petId}': { parameters: [petID], get: { responses: ok(ref) } },
    });
    await ask(mock, 'POST /pets', { id: 777, name: 'Rex', status: 'sold' });
    const sold = await ask(mock, `GET ${path}?status=sold`);
    expect(sold.body.map(({ id }: { id: number }) => id)).toContain(777);
    expect(Object.keys(mock.data)).toEqual(['pets']);
  },
);

test('a default of the id is ignored: two items cannot have the same id', async () => {
  const mock = await mockOf();
  for (const name of ['Rex', 'Max'])
    expect((await ask(mock, 'POST /pet', { name })).status).toBe(200);
});

test('a success that the document does not describe is a warning, not a violation', async () => {
  const mock = await mockOf();
  await ask(mock, 'POST /pet', { name: 'Rex' });
  expect(mock.requests[0]?.validations).toEqual([
    {
      location: ['response'],
      message: 'The document describes no success of this operation',
      severity: 'warning',
    },
  ]);
});

test('what is only read has no state: Prism’s example answers any id', async () => {
  const { '/pet/{petId}': item } = paths;
  const mock = await mockOf({ '/pet/{petId}': { parameters: [petID], get: item.get } });
  expect((await ask(mock, 'GET /pet/123456')).status).toBe(200);
  expect(Object.keys(mock.data)).toEqual([]);
});

test('a program that takes any type gets JSON, and one that asks for XML gets XML', async () => {
  const { '/pet/{petId}': item } = paths;
  const mock = await mockOf({ '/pet/{petId}': { parameters: [petID], get: item.get } });
  for (const accept of ['*/*', 'application/json']) {
    const response = await mock.fetch('http://mock.test/pet/1', { headers: { accept } });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toHaveProperty('name');
  }
  const headers = { accept: 'application/xml' };
  const response = await mock.fetch('http://mock.test/pet/1', { headers });
  expect(response.headers.get('content-type')).toBe('application/xml');
  expect(await response.text()).toMatch(/^<root><id>\d+<\/id><name>.*<\/root>$/s);
});

const name = { ...petID, name: 'name', schema: { type: 'string' } };
const named = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const gone = { 204: { description: 'Gone' } };
const files = (more: object) => ({
  '/files/{name}': {
    parameters: [name],
    get: { responses: { ...ok(named), ...more } },
    delete: { responses: { ...gone, ...more } },
  },
  '/files/{name}/parts': {
    parameters: [name],
    get: { responses: { ...ok({ type: 'array', items: pet }), ...more } },
  },
});

test('an item that no list shows is there, where the document has no response for one that is not', async () => {
  const mock = await mockOf(files({}));
  expect((await ask(mock, 'GET /files/a')).body).toEqual({ name: 'a' });
  expect((await ask(mock, 'GET /files/b/parts')).body).toHaveLength(3);
  expect(mock.changes().collections).toEqual({});
  expect((await ask(mock, 'DELETE /files/a')).status).toBe(204);
  expect((await ask(mock, 'GET /files/a')).status).toBe(404);
  expect((await ask(mock, 'DELETE /files/a')).status).toBe(404);
});

test.each(['404', '4XX', 'default'])(
  'an item that no list shows is missing, where the document has a response %s',
  async (status) => {
    const mock = await mockOf(files({ [status]: { description: 'Missing' } }));
    expect((await ask(mock, 'GET /files/a')).status).toBe(404);
    expect((await ask(mock, 'GET /files/a/parts')).status).toBe(404);
    expect((await ask(mock, 'DELETE /files/a')).status).toBe(404);
  },
);
