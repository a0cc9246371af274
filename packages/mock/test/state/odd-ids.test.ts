import { expect, test } from 'vitest';
import {
  askFor,
  gives,
  givesNothing,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

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
