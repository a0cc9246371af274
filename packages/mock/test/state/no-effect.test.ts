import { describe, expect, test } from 'vitest';
import { describeInferred } from '../../src/cli/inferred.ts';
import { loadAPI } from '../../src/index.ts';
import {
  askFor,
  gives,
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

const item = { parameters: inPath('id') };
const noEffect = (name: string) => `Request body property ${name} has no effect in the mock`;

describe('a property of a body that the item does not have', () => {
  const book = object({ id: integer, title: text, tags: listOf(object({ name: text })) }, ['id']);
  const anything = takes({ type: 'object' });
  const paths = {
    '/books': { get: gives(listOf(book)), post: { ...anything, ...gives(book, 201) } },
    '/books/{id}': {
      ...item,
      get: gives(book),
      put: { ...takes(object({ shelf: text }, [])), ...gives(book) },
      patch: { ...anything, ...gives(book) },
    },
    '/books/{id}/lend': { ...item, post: { ...anything, ...gives(book) } },
    '/settings': {
      get: gives(object({ theme: text })),
      patch: { ...anything, ...gives(object({ theme: text })) },
    },
  };

  test.each([
    ['PATCH /books/1', { shelf: 'a' }, ['shelf']],
    ['PATCH /books/1', { title: 'a', shelf: 'a' }, ['shelf']],
    ['PATCH /books/1', { tags: ['a'] }, ['tags']],
    ['PATCH /books/1', { id: 2 }, ['id']],
    ['PATCH /books/1', { id: 1, Title: 'a' }, []],
    ['PUT /books/1', { shelf: 'a' }, ['shelf']],
    ['POST /books', { title: 'a', shelf: 'a' }, ['shelf']],
    ['POST /books/1/lend', { title: 'a', days: 5 }, ['days']],
    ['PATCH /settings', { theme: 'dark', font: 'a' }, ['font']],
  ])('is in the journal: %s %j', async (target, body, names) => {
    const mock = await mockOfPaths(paths);
    expect((await askFor(mock, target, body)).status).toBeLessThan(300);
    expect(notes(mock)).toEqual(names.map(noEffect));
  });

  test('is not in the journal where the document says that no answer has it', async () => {
    const sent = object({ title: text, secret: { ...text, writeOnly: true } });
    const mock = await mockOfPaths({
      ...paths,
      '/books/{id}': { ...item, get: gives(book), patch: { ...takes(sent), ...gives(book) } },
    });
    await askFor(mock, 'PATCH /books/1', { title: 'a', secret: 'b' });
    expect(notes(mock)).toEqual([]);
  });

  test('is the item, where a body of any kind has nothing but that object', async () => {
    const mock = await mockOfPaths(paths);
    const { body } = await askFor(mock, 'PATCH /books/1', { book: { title: 'mine' } });
    expect(body.title).toBe('mine');
    expect(notes(mock)).toEqual([]);
  });
});

test('the journal says which parameters of a read without state have no effect', async () => {
  const mock = await mockOfPaths({
    '/report': {
      get: { parameters: [inQuery('year', integer)], ...gives(object({ total: integer })) },
    },
  });
  await askFor(mock, 'GET /report?year=2026');
  expect(notes(mock)).toEqual(['Request query parameter year has no effect in the mock']);
});

test('an order by properties has no effect, which the start and the journal say', async () => {
  const book = object({ id: integer, title: text });
  const paths = (order: object) => ({
    '/books': { get: { parameters: [inQuery('order', order)], ...gives(listOf(book)) } },
    '/books/{id}': { ...item, get: gives(book) },
  });
  const start = async (order: object) => {
    const info = { title: 'Books', version: '1' };
    const api = await loadAPI({ openapi: '3.1.0', info, paths: paths(order) });
    return describeInferred(api, 'books.yaml');
  };
  const unused = 'Parameters without an effect: books.list (order)';
  const note = 'Request query parameter order has no effect in the mock';
  expect(await start({ enum: ['title', 'id'] })).toContain(unused);
  expect(await start({ enum: ['asc', 'desc'] })).not.toContain(unused);
  expect(await start(text)).not.toContain(unused);
  const named = await mockOfPaths(paths({ enum: ['title', 'id'] }));
  await askFor(named, 'GET /books?order=title');
  expect(notes(named)).toEqual([note]);
  const free = await mockOfPaths(paths(text));
  await askFor(free, 'GET /books?order=title');
  expect(notes(free)).toEqual([note]);
  expect((await askFor(free, 'GET /books?order=DESC')).body[0].id).toBe(100);
  expect(notes(free)).toEqual([]);
});

test('a filter has several values with commas, where the items have each of them', async () => {
  const status = { enum: ['open', 'closed', 'lost'] };
  const book = object({ id: integer, status, title: text });
  const mock = await mockOfPaths({
    '/books': {
      get: { parameters: [inQuery('status'), inQuery('title')], ...gives(listOf(book)) },
      post: { ...takes(book), ...gives(book, 201) },
    },
    '/books/{id}': { ...item, get: gives(book) },
  });
  const titles = { id: 1001, status: 'lost', title: 'War, and peace' };
  await askFor(mock, 'POST /books', titles);
  const { body: all } = await askFor(mock, 'GET /books');
  const { body: some } = await askFor(mock, 'GET /books?status=open,closed');
  expect(some).toEqual(all.filter((one: { status: string }) => one.status !== 'lost'));
  expect(some.length).toBeGreaterThan(0);
  expect((await askFor(mock, 'GET /books?title=War,%20and%20peace')).body).toEqual([titles]);
});
