import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { API } from '../../src/api/api.ts';
import { createCore } from '../../src/core.ts';
import { createFetch } from '../../src/http/fetch.ts';
import { Store } from '../../src/state/store.ts';
import { apiOf } from '../support/api-of.ts';
import { bodyOf } from '../support/ask.ts';
import {
  askFor,
  gives,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  object,
  text,
} from '../support/paths.ts';
import { createWorkspace, workspaceAPI } from '../support/workspace.ts';

describe('a page that is asked for again', () => {
  let api: API;
  beforeAll(async () => {
    api = await workspaceAPI();
  });
  const create = (data: object) => createWorkspace(api, { data });
  const page = '/boards?order=asc&limit=3';

  test('says anew whether there is more, though its items are the same', async () => {
    const mock = create({ boards: 3 });
    const { body: whole } = await mock.send('GET', page);
    expect(whole.has_more).toBe(false);
    const { body: added } = await mock.send('POST', '/boards', { title: 'New' });
    expect((await mock.send('GET', page)).body).toEqual({ ...whole, has_more: true });
    await mock.send('DELETE', `/boards/${added.id}`);
    expect((await mock.send('GET', page)).body).toEqual(whole);
  });

  test('has the items as they are now', async () => {
    const mock = create({ boards: 3 });
    const { body: before } = await mock.send('GET', page);
    const [first, ...rest] = before.data;
    await mock.send('PATCH', `/boards/${first.id}`, { title: 'Renamed' });
    const after = { ...before, data: [{ ...first, title: 'Renamed' }, ...rest] };
    expect((await mock.send('GET', page)).body).toEqual(after);
  });

  test('is that of its own scope, its own cursor and its own limit', async () => {
    const mock = create({ boards: 5 });
    const first = (await mock.send('GET', page)).body;
    const ids = first.data.map(({ id }: { id: string }) => id);
    const second = (await mock.send('GET', `${page}&after=${ids[2]}`)).body;
    expect(second.data).toHaveLength(2);
    const short = (await mock.send('GET', '/boards?order=asc&limit=2')).body;
    expect(short.data).toEqual(first.data.slice(0, 2));
    expect((await mock.send('GET', page)).body).toEqual(first);
    expect((await mock.send('GET', `${page}&after=${ids[2]}`)).body).toEqual(second);
  });

  test('is not taken for another one, however their items are counted', async () => {
    const mock = create({ boards: 15 });
    const ids = mock.items('boards').map(({ id }) => id);
    const idsOf = async (path: string) =>
      (await mock.send('GET', path)).body.data.map(({ id }: { id: string }) => id);
    for (const [i, id] of ids.slice(0, -1).entries())
      expect(await idsOf(`/boards?order=asc&limit=1&after=${id}`)).toEqual([ids[i + 1]]);
    for (const [i, id] of ids.slice(0, -2).entries())
      expect(await idsOf(`/boards?order=asc&limit=2&after=${id}`)).toEqual(ids.slice(i + 1, i + 3));
  });

  test.each(['after', 'before'])('cannot be asked for by an unknown cursor (%s)', async (name) => {
    const { status, body } = await create({}).send('GET', `/boards?${name}=none`);
    expect([status, body.param, body.detail]).toEqual([
      400,
      name,
      `Invalid '${name}': the cursor names no object that is or was in this list.`,
    ]);
  });

  test.each(['/boards', '/boards/{id}/cards'])(
    'of %s begins at the start where the cursor is empty',
    async (template) => {
      const mock = create({});
      const path = template.replace('{id}', mock.items('boards')[0]?.id ?? '');
      const first = (await mock.send('GET', path)).body;
      expect((await mock.send('GET', `${path}?after=`)).body).toEqual(first);
    },
  );
});

describe('another document', () => {
  const text = { type: 'string' };
  const list = (name: string, item: object, parameters: object[], filter?: object) => ({
    [`/${name}`]: {
      get: {
        operationId: `${name}.list`,
        parameters: [{ name: 'after', schema: text }, ...parameters].map((parameter) => ({
          in: 'query',
          ...parameter,
        })),
        'x-mock': { seed: 50, ...(filter && { filter }) },
        responses: {
          200: {
            description: 'OK',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['data', 'has_more'],
                  properties: {
                    data: { type: 'array', items: item },
                    has_more: { type: 'boolean' },
                    first_id: text,
                    last_id: { anyOf: [text, { type: 'null' }] },
                  },
                },
              },
            },
          },
        },
      },
    },
    [`/${name}/{id}`]: {
      get: {
        operationId: `${name}.retrieve`,
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        responses: {
          200: { description: 'OK', content: { 'application/json': { schema: item } } },
        },
      },
    },
  });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const object = (properties: object) => ({
    type: 'object',
    required: Object.keys(properties),
    properties,
  });
  const emails = { name: 'emails', schema: { type: 'array', items: text } };
  let people: API;
  let mock: ReturnType<typeof createWorkspace>;
  beforeAll(async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'People', version: '1' },
      paths: {
        ...list(
          'people',
          ref('Person'),
          [
            ...[emails, { ...emails, name: 'contacts' }],
            { name: 'limit', schema: { type: 'number', minimum: 0 } },
          ],
          { emails: 'email', contacts: 'contact' },
        ),
        ...list(
          'robots',
          ref('Robot'),
          [{ name: 'addresses', schema: { type: 'array', items: text } }],
          { addresses: 'address' },
        ),
      },
      components: {
        schemas: {
          Person: object({
            id: text,
            email: { ...text, format: 'email' },
            contact: { anyOf: [{ ...text, 'x-faker': 'internet.email' }, { type: 'null' }] },
          }),
          Robot: object({
            id: text,
            address: { ...text, format: 'email', 'x-faker': 'word.noun' },
          }),
        },
      },
    };
    people = await apiOf(document);
  });
  beforeEach(() => {
    mock = createWorkspace(people);
  });

  test('has pages of twenty where its limit has no default', async () => {
    const { body } = await mock.send('GET', '/people');
    expect([body.data.length, body.has_more]).toEqual([20, true]);
    expect([body.first_id, body.last_id]).toEqual([body.data[0].id, body.data[19].id]);
  });

  test('may allow a limit that is no whole number, which is refused all the same', async () => {
    for (const limit of ['3', '3.0', '3e0'])
      expect((await mock.send('GET', `/people?limit=${limit}`)).body.data).toHaveLength(3);
    const { status, body } = await mock.send('GET', '/people?limit=2.5');
    expect([status, body.param]).toEqual([400, 'limit']);
    expect(body.detail).toBe("Invalid 'limit': must be a whole number.");
  });

  test('may have an empty page, without cursors', async () => {
    const { body } = await mock.send('GET', '/people?limit=0');
    expect(body).toEqual({ data: [], has_more: false, last_id: null });
  });

  test('is searched by address without making every item', async () => {
    const people = mock.items('people') as unknown as Record<string, string>[];
    const wanted = people.findLast(({ contact }) => contact);
    for (const property of ['email', 'contact']) {
      const at = vi.spyOn(Store.prototype, 'at');
      const { body } = await mock.send('GET', `/people?${property}s=${wanted?.[property]}`);
      expect(body.data).toEqual([wanted]);
      expect(at.mock.calls.length).toBeLessThan(5);
      at.mockRestore();
    }
  });

  test('has its own order where no parameter says otherwise', async () => {
    const { body } = await mock.send('GET', '/people?order=desc&limit=3');
    expect(body.data).toEqual(mock.items('people').slice(0, 3));
  });

  test('has its usual page where the limit is empty', async () => {
    const { status, body } = await mock.send('GET', '/people?limit=');
    expect([status, body.data?.length]).toEqual([200, 20]);
  });

  test('is searched whole where addresses are made of something else', async () => {
    const robots = mock.items('robots') as unknown as { id: string; address: string }[];
    const { body } = await mock.send('GET', `/robots?addresses=${robots[7]?.address}`);
    expect(body.data).toContainEqual(robots[7]);
  });
});

describe('a list without pages', () => {
  const pet = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
  };
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });

  /** As in the petstore of OpenAPI's own examples. */
  async function petstore(bounds: object) {
    const limit = { type: 'integer', maximum: 100 };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Pets', version: '1' },
      paths: {
        '/pets': {
          get: {
            operationId: 'pets.list',
            parameters: [{ name: 'limit', in: 'query', schema: limit }],
            responses: {
              200: { description: 'OK', ...json({ type: 'array', items: pet, ...bounds }) },
            },
          },
          post: {
            operationId: 'pets.create',
            requestBody: json(pet),
            responses: { 201: { description: 'Created', ...json(pet) } },
          },
        },
        '/pets/{id}': {
          get: {
            operationId: 'pets.retrieve',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: { 200: { description: 'OK', ...json(pet) } },
          },
        },
      },
    };
    const core = createCore({}, await apiOf(document));
    const fetch = createFetch(core);
    const headers = { 'content-type': 'application/json' };
    return {
      core,
      list: async (search = '') =>
        (await bodyOf(await fetch(`http://localhost/pets${search}`))) as { id: number }[],
      create: (id: number) =>
        fetch('http://localhost/pets', {
          method: 'POST',
          headers,
          body: JSON.stringify({ id, name: 'Rex' }),
        }),
    };
  }

  test('has all of its items unless a limit is given', async () => {
    const { list, create } = await petstore({});
    expect(await list()).toHaveLength(100);
    expect(await list('?limit=5')).toHaveLength(5);
    await create(12_345);
    expect((await list()).map(({ id }) => id)).toContain(12_345);
  });

  test('has no more of them than the document allows, and room for others', async () => {
    const { list, create, core } = await petstore({ maxItems: 10 });
    expect(await list()).toHaveLength(5);
    await create(12_345);
    expect((await list()).map(({ id }) => id)).toContain(12_345);
    for (let i = 0; i < 10; i += 1) await create(20_000 + i);
    expect(await list()).toHaveLength(10);
    expect(await list('?limit=50')).toHaveLength(10);
    expect(core.requests.flatMap(({ validations }) => validations)).toEqual([]);
  });
});

test('a negative limit, of which there would always be another page, is refused', async () => {
  const todo = object({ id: integer, task: text });
  const limits = { parameters: [inQuery('limit', integer), inQuery('offset', integer)] };
  const mock = await mockOfPaths({ '/todos': { get: { ...gives(listOf(todo)), ...limits } } });
  const { status, body } = await askFor(mock, 'GET /todos?limit=-1');
  expect([status, body.detail]).toEqual([400, "Invalid 'limit': must be a whole number."]);
  expect((await askFor(mock, 'GET /todos?limit=0')).body).toEqual([]);
});
