import { describe, expect, test } from 'vitest';
import { type CopyReport, loadAPI, startMock } from '../../src/index.ts';
import { type Reply, serve } from './scripted-server.ts';

/** A document whose list has summaries, and whose items have a summary's properties and more. */
function library({ wrapper, parameters = [] }: { wrapper?: string; parameters?: object[] } = {}) {
  const summary = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, title: { type: 'string' } },
  };
  const book = {
    ...summary,
    required: ['id', 'pages'],
    properties: { ...summary.properties, pages: { type: 'integer' }, blurb: { type: 'string' } },
  };
  const json = (schema: object) => ({
    '200': { description: 'OK', content: { 'application/json': { schema } } },
  });
  const inPath = { name: 'book_id', in: 'path', required: true, schema: { type: 'string' } };
  const whole = wrapper ? { type: 'object', properties: { [wrapper]: book } } : book;
  return loadAPI({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    paths: {
      '/books': {
        get: { operationId: 'books.list', responses: json({ type: 'array', items: summary }) },
      },
      '/books/{book_id}': {
        get: {
          operationId: 'books.retrieve',
          parameters: [inPath, ...parameters],
          responses: json(whole),
        },
      },
    },
  });
}

const bookOf = (id: string) => ({ id, title: `Title of ${id}`, pages: 7, blurb: `About ${id}` });
const listed = (...ids: string[]) => ids.map((id) => ({ id, title: `Title of ${id}` }));

/** Copies a server that lists these books, and answers for one of them as a function says. */
async function copyOf(
  ids: string[],
  answer: (id: string) => Reply,
  { api, ...from }: { api?: Awaited<ReturnType<typeof library>>; limit?: number } = {},
) {
  await using server = await serve(({ pathname }) => {
    const id = /^\/books\/(.+)$/.exec(pathname)?.[1];
    return id === undefined ? { body: listed(...ids) } : answer(decodeURIComponent(id));
  });
  await using mock = await startMock({
    api: api ?? (await library()),
    from: { url: server.url, ...from },
  });
  const books = mock.data['books']?.list();
  return { books, copied: mock.copied as CopyReport, paths: server.requests.map(({ url }) => url) };
}

const refused = (status: number, message: string): Reply => ({ status, body: { message } });

describe('a list of summaries', () => {
  test('is copied with the details of each item', async () => {
    const { books, copied, paths } = await copyOf(['a', 'b/c', 'd'], (id) => ({
      body: bookOf(id),
    }));
    expect(books).toEqual([bookOf('a'), bookOf('b/c'), bookOf('d')]);
    expect(copied).toMatchObject({ items: { books: 3 }, requests: 4, problems: [] });
    expect(paths.toSorted()).toEqual(['/books', '/books/a', '/books/b%2Fc', '/books/d']);
  });

  test('is copied with details that stand in a property of the response', async () => {
    const api = await library({ wrapper: 'book' });
    const answer = (id: string) => ({ body: { book: bookOf(id) } });
    const { books, copied } = await copyOf(['a', 'b'], answer, { api });
    expect(books).toEqual([bookOf('a'), bookOf('b')]);
    expect(copied.problems).toEqual([]);
  });

  test('has no request for details beyond the limit', async () => {
    const answer = (id: string) => ({ body: bookOf(id) });
    const { books, paths } = await copyOf(['a', 'b', 'c', 'd', 'e'], answer, { limit: 2 });
    expect(books).toEqual([bookOf('a'), bookOf('b')]);
    expect(paths).toHaveLength(3);
  });

  test('leaves out what is removed between list and details, and reports it', async () => {
    const { books, copied } = await copyOf(['gone', 'here'], (id) =>
      id === 'gone' ? refused(404, 'No such book.') : { body: bookOf(id) },
    );
    expect(books).toEqual([bookOf('here')]);
    expect(copied.problems).toEqual([
      {
        collection: 'books',
        reason: 'Left out: it was removed while the list was read (404).',
        count: 1,
        ids: ['gone'],
      },
    ]);
  });

  test('keeps an item as it was listed if its details are refused, and stops asking', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `book-${i}`);
    const { books, copied, paths } = await copyOf(ids, (id) => refused(403, `Not for ${id}.`));
    expect(books).toHaveLength(40);
    expect(books?.[0]).toMatchObject({ id: 'book-0', title: 'Title of book-0' });
    expect(paths.length).toBeLessThan(20);
    const reasons = copied.problems.map(({ reason }) => reason);
    expect(reasons).toContain(
      'Its details were not read, and it is as it was listed: 403 Not for ….',
    );
    expect(reasons).toContain(
      'Gave up reading details after 10 failures in a row: the other items are as they were listed.',
    );
  });

  test.each<[string, unknown]>([
    ['another item', bookOf('other')],
    ['a list', [bookOf('a')]],
    ['nothing', null],
  ])('keeps an item as it was listed if its details are %s', async (_, body) => {
    const { books, copied } = await copyOf(['a'], () => ({ body }));
    expect(books).toMatchObject([{ id: 'a', title: 'Title of a' }]);
    expect(copied.problems[0]).toMatchObject({ ids: ['a'] });
    expect(copied.problems[0]?.reason).toContain('Its details were not taken over');
  });

  test('is copied without details that require a parameter without a known value', async () => {
    const tenant = { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } };
    const api = await library({ parameters: [tenant] });
    const { copied, paths } = await copyOf(['a'], (id) => ({ body: bookOf(id) }), { api });
    expect(paths).toEqual(['/books']);
    expect(copied.problems[0]).toMatchObject({
      collection: 'books',
      reason:
        'Its items lack what its list leaves out: /books/{book_id} requires tenant, for which the document names no value.',
    });
  });
});
