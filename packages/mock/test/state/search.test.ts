import { expect, test } from 'vitest';
import type { AnyBody } from '../support/ask.ts';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const contact = object({ id: text, name: text, role: { enum: ['a', 'b'] }, age: integer });
const asked = object(
  {
    query: text,
    cursor: text,
    limit: integer,
    role: text,
    filter: object({ role: text, age: object({ gte: integer }, []) }, []),
  },
  [],
);
const results = object({ results: listOf(contact), nextCursor: { type: ['string', 'null'] } });
const paths = {
  '/contacts': { post: { ...takes(object({ name: text, role: text })), ...gives(contact, 201) } },
  '/contacts/search': { post: { ...takes(asked), ...gives(results) } },
  '/contacts/{id}': { parameters: inPath('id'), get: gives(contact), delete: givesNothing },
};

test('a search with a body shows the items of the collection, page by page', async () => {
  const mock = await mockOfPaths(paths);
  const { body: created } = await askFor(mock, 'POST /contacts', { name: 'Ada', role: 'a' });
  const walk = async () => {
    const found: AnyBody[] = [];
    for (let cursor: string | undefined, page = 0; page === 0 || cursor; page += 1) {
      const body = { limit: 30, ...(cursor && { cursor }) };
      const { body: shown } = await askFor(mock, 'POST /contacts/search', body);
      found.push(...shown.results);
      cursor = shown.nextCursor;
    }
    return found;
  };
  const all = await walk();
  expect(all).toHaveLength(101);
  expect(all).toContainEqual(created);
  await askFor(mock, `DELETE /contacts/${created.id}`);
  expect(await walk()).not.toContainEqual(created);
});

test.each<[object, (one: AnyBody) => boolean]>([
  [{ role: 'b' }, ({ role }) => role === 'b'],
  [{ filter: { role: 'a' } }, ({ role }) => role === 'a'],
  [{ filter: { age: { gte: 500 } } }, ({ age }) => age >= 500],
])('a search is filtered by its body: %j', async (body, isWanted) => {
  const mock = await mockOfPaths(paths);
  const ask = async (more: object) =>
    (await askFor(mock, 'POST /contacts/search', { limit: 200, ...more })).body.results;
  const all = await ask({});
  expect(await ask(body)).toEqual(all.filter(isWanted));
  expect(mock.requests.at(-1)?.validations).toEqual([]);
});

test('a property of a search without an effect is noted', async () => {
  const mock = await mockOfPaths(paths);
  await askFor(mock, 'POST /contacts/search', { query: 'Ada' });
  expect(mock.requests.at(-1)?.validations).toMatchObject([
    { message: 'Request body property query has no effect in the mock' },
  ]);
});
