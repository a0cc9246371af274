import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  givesNothing,
  inQuery,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const paths = (...names: string[]) => names.map((name) => ({ ...inPath(text), name }));
const inPath = (schema: object) => ({ name: 'key', in: 'path', required: true, schema });

test.each(['a', '1', 'true'])(
  '%s is one of the values of several types in a path',
  async (value) => {
    const thing = object({ name: text });
    const mock = await mockOfPaths({
      '/things/{key}': { parameters: [inPath({ enum: ['a', 1, true] })], get: gives(thing) },
      '/others/{key}': {
        parameters: [inPath({ type: ['string', 'integer'], enum: ['a', 'true', 1] })],
        get: gives(thing),
      },
    });
    for (const path of ['things', 'others']) {
      expect((await askFor(mock, `GET /${path}/${value}`)).status).toBe(200);
      expect((await askFor(mock, `GET /${path}/b`)).status).toBe(400);
    }
  },
);

test.each([
  '^projects/[^/]+/things/[^/]+$',
  '^projects/[a-z]+/things/[0-9]+$',
  '^urn/[a-z]{2}/\\d{4}$',
])('an id with slashes names its item, percent-encoded: %s', async (pattern) => {
  const key = { type: 'string', pattern };
  const thing = object({ key, name: text });
  const mock = await mockOfPaths({
    '/things': {
      get: gives(listOf(thing)),
      post: { ...takes(object({ name: text })), ...gives(thing, 201) },
    },
    '/things/{key}': { parameters: [inPath(key)], get: gives(thing), delete: givesNothing },
  });
  const { body } = await askFor(mock, 'POST /things', { name: 'x' });
  expect(body.key).toMatch(new RegExp(pattern));
  const { body: all } = await askFor(mock, 'GET /things');
  expect(new Set(all.map(({ key: one }: { key: string }) => one)).size).toBe(101);
  for (const one of [all[0], body]) {
    const path = `/things/${encodeURIComponent(one.key)}`;
    expect((await askFor(mock, `GET ${path}`)).body).toEqual(one);
    expect((await askFor(mock, `DELETE ${path}`)).status).toBe(204);
    expect((await askFor(mock, `GET ${path}`)).status).toBe(404);
  }
});

test.each([{ example: 'projects/p1/things/t1' }, { pattern: '^projects/[^/]+/things/[^/]+$' }])(
  'an id that is the whole name of an item has its last part in the path: %j',
  async (more) => {
    const thing = object({ name: { type: 'string', ...more }, title: text }, ['name']);
    const project = object({ id: text });
    const mock = await mockOfPaths({
      '/v1/projects': { get: gives(listOf(project)) },
      '/v1/projects/{project}': { parameters: paths('project'), get: gives(project) },
      '/v1/projects/{project}/things': {
        parameters: paths('project'),
        get: gives(listOf(thing)),
        post: {
          parameters: [inQuery('thingId')],
          ...takes(object({ title: text })),
          ...gives(thing),
        },
      },
      '/v1/projects/{project}/things/{thing}': {
        parameters: paths('project', 'thing'),
        get: gives(thing),
        patch: { ...takes(object({ title: text })), ...gives(thing) },
        delete: givesNothing,
      },
      '/v1/projects/{project}/things/{thing}:undelete': {
        parameters: paths('project', 'thing'),
        post: gives(thing),
      },
    });
    const [{ id }] = (await askFor(mock, 'GET /v1/projects')).body;
    const above = `projects/${id}/things`;
    const { body: all } = await askFor(mock, `GET /v1/${above}`);
    expect(all).toHaveLength(3);
    for (const one of all) {
      expect(one.name.startsWith(`${above}/`)).toBe(true);
      expect((await askFor(mock, `GET /v1/${one.name}`)).body).toEqual(one);
    }
    const created = { name: `${above}/mine`, title: 'a' };
    expect((await askFor(mock, `POST /v1/${above}?thingId=mine`, { title: 'a' })).body).toEqual(
      created,
    );
    mock.data['projects.things']?.add({ name: `${above}/seeded`, title: 'b' }, { project: id });
    const { body } = await askFor(mock, `PATCH /v1/${above}/seeded`, { title: 'c' });
    expect(body).toEqual({ name: `${above}/seeded`, title: 'c' });
    expect((await askFor(mock, `DELETE /v1/${above}/mine`)).status).toBe(204);
    expect((await askFor(mock, `GET /v1/${above}/mine`)).status).toBe(404);
    expect((await askFor(mock, `GET /v1/${above}`)).body).toEqual([...all, body]);
    expect((await askFor(mock, `POST /v1/${above}/mine:undelete`)).body).toEqual(created);
    expect((await askFor(mock, `GET /v1/${above}/mine`)).body).toEqual(created);
  },
);

test.each([{ example: 'projects/p1' }, { pattern: '^projects/[^/]+$' }])(
  'an id of one collection alone is a whole name: %j',
  async (more) => {
    const project = object({ name: { type: 'string', ...more }, title: text });
    const mock = await mockOfPaths({
      '/v1/projects': { get: gives(listOf(project)) },
      '/v1/projects/{project}': { parameters: paths('project'), get: gives(project) },
    });
    const [first] = (await askFor(mock, 'GET /v1/projects')).body;
    expect(first.name).toMatch(/^projects\/[^/]+$/);
    expect((await askFor(mock, `GET /v1/${first.name}`)).body).toEqual(first);
  },
);
