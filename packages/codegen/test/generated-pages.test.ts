import { beforeAll, expect, test } from 'vitest';
import { call, document, flag, type Json, object, ref, text } from './support/document.ts';
import {
  type Answer,
  collect,
  compile,
  type GeneratedClient,
  generateClient,
  listen,
  type Received,
} from './support/generated-client.ts';

// Generated clients on a server with a list of 45 books, of which at most 20 come at once.

const number: Json = { type: 'integer' };
const books: Json = { type: 'array', items: ref('Book') };
const ErrorObject = object({ message: text, type: text, param: text, code: text });
const Book = object({ id: number, title: text });

interface Row {
  query: Json;
  gives: Json;
  /** Headers of the response. */
  headers?: Json;
  answer: Answer;
  /** The queries of the requests. */
  sent: string[];
}

const all = Array.from({ length: 45 }, (_, i) => ({ id: i + 1, title: `Book ${i + 1}` }));
/** What comes after as many books, however many are asked for. */
const after = (count: number) => all.slice(count, count + 20);

const nth = (value: string | null, first = 1) => Number(value ?? first) - first;

const rows: Record<string, Row> = {
  'a cursor of another name': {
    query: { page_token: text },
    gives: object({ books, next_page_token: text }, ['books']),
    answer: ({ query }) => {
      const start = Number(query.get('page_token')?.slice(1) ?? 0);
      const next = start + 20 < 45 ? { next_page_token: `t${start + 20}` } : {};
      return { body: { books: after(start), ...next } };
    },
    sent: ['q=a', 'q=a&page_token=t20', 'q=a&page_token=t40'],
  },
  'a cursor in an object that the last page lacks': {
    query: { page: text },
    gives: object({ items: books, next: object({ page: text }) }, ['items']),
    answer: ({ query }) => {
      const start = Number(query.get('page')?.slice(1) ?? 0);
      const next = start + 20 < 45 ? { next: { page: `t${start + 20}` } } : {};
      return { body: { items: after(start), ...next } };
    },
    sent: ['q=a', 'q=a&page=t20', 'q=a&page=t40'],
  },
  'a cursor that is a number': {
    query: { cursor: number },
    gives: object({ books, meta: object({ next_cursor: number }) }),
    answer: ({ query }) => {
      const start = Number(query.get('cursor') ?? 0);
      return {
        body: { books: after(start), meta: { next_cursor: start + 20 < 45 ? start + 20 : null } },
      };
    },
    sent: ['q=a', 'q=a&cursor=20', 'q=a&cursor=40'],
  },
  'the id of the last item, a number': {
    query: { starting_after: number },
    gives: object({ data: books, has_more: flag }),
    answer: ({ query }) => {
      const start = Number(query.get('starting_after') ?? 0);
      return { body: { data: after(start), has_more: start + 20 < 45 } };
    },
    sent: ['q=a', 'q=a&starting_after=20', 'q=a&starting_after=40'],
  },
  'the id of the last item, up to the empty page': {
    query: { starting_after: number },
    gives: object({ result: object({ books }) }),
    answer: ({ query }) => ({
      body: { result: { books: after(Number(query.get('starting_after') ?? 0)) } },
    }),
    sent: ['q=a', 'q=a&starting_after=20', 'q=a&starting_after=40', 'q=a&starting_after=45'],
  },
  'last_id under another name': {
    query: { after: text },
    gives: object({ books, lastId: text, hasMore: flag }),
    answer: ({ query }) => {
      const start = Number(query.get('after')?.slice(1) ?? 0);
      return { body: { books: after(start), lastId: `b${start + 20}`, hasMore: start + 20 < 45 } };
    },
    sent: ['q=a', 'q=a&after=b20', 'q=a&after=b40'],
  },
  'an address': {
    query: { page: number },
    gives: object({ results: books, next: { type: 'string', format: 'uri' } }),
    answer: ({ query, headers }) => {
      const page = nth(query.get('page'));
      const next = `http://${headers.host}/v2/books?q=a&page=${page + 2}`;
      return { body: { results: after(page * 20), next: page < 2 ? next : null } };
    },
    sent: ['q=a', 'q=a&page=2', 'q=a&page=3'],
  },
  'an address without an origin': {
    query: {},
    gives: object({ books, links: object({ next: text }, []) }),
    answer: ({ query }) => {
      const page = nth(query.get('p'));
      const links = page < 2 ? { next: `/v2/books?p=${page + 2}&q=a%26b` } : {};
      return { body: { books: after(page * 20), links } };
    },
    sent: ['q=a', 'p=2&q=a%26b', 'p=3&q=a%26b'],
  },
  'the header Link of an array': {
    query: { page: number },
    gives: books,
    headers: { Link: { schema: text } },
    answer: ({ query }) => {
      const page = nth(query.get('page'));
      const link = `</v2/books?page=1>; rel="first", </v2/books?page=${page + 2}>; title="a, b"; rel="next"`;
      return { body: after(page * 20), ...(page < 2 && { headers: { link } }) };
    },
    sent: ['q=a', 'page=2', 'page=3'],
  },
  'page numbers and a number of pages': {
    query: { page: number, page_size: number },
    gives: object({ data: books, total_pages: number }),
    answer: ({ query }) => ({
      body: { data: after(nth(query.get('page')) * 20), total_pages: 3 },
    }),
    sent: ['q=a', 'q=a&page=2', 'q=a&page=3'],
  },
  'page numbers from 0 and a total': {
    query: { page: { ...number, default: 0 } },
    gives: object({ content: books, totalElements: number }),
    answer: ({ query }) => ({
      body: { content: after(nth(query.get('page'), 0) * 20), totalElements: 45 },
    }),
    sent: ['q=a', 'q=a&page=1', 'q=a&page=2'],
  },
  'page numbers from 0 and the number of the last page': {
    query: { page: { ...number, default: 0 } },
    gives: object({ data: books, last_page: number }),
    answer: ({ query }) => ({
      body: { data: after(nth(query.get('page'), 0) * 20), last_page: 2 },
    }),
    sent: ['q=a', 'q=a&page=1', 'q=a&page=2', 'q=a&page=3'],
  },
  'a cursor, without the optional flag': {
    query: { cursor: text },
    gives: object({ books, next_cursor: text, has_more: flag }, ['books']),
    answer: ({ query }) => {
      const start = Number(query.get('cursor') ?? 0);
      return { body: { books: after(start), next_cursor: start + 20 < 45 ? `${start + 20}` : '' } };
    },
    sent: ['q=a', 'q=a&cursor=20', 'q=a&cursor=40'],
  },
  'page numbers, without the optional flag': {
    query: { page: number },
    gives: object({ books, total: number, has_more: flag }, ['books']),
    answer: ({ query }) => ({
      body: { books: after(nth(query.get('page')) * 20), total: 45 },
    }),
    sent: ['q=a', 'q=a&page=2', 'q=a&page=3'],
  },
  'an address of a name of its own': {
    query: {},
    gives: object({ data: books, nextRecordsUrl: text }, ['data']),
    answer: ({ query }) => {
      const page = nth(query.get('p'));
      return {
        body: {
          data: after(page * 20),
          ...(page < 2 && { nextRecordsUrl: `/v2/books?p=${page + 2}` }),
        },
      };
    },
    sent: ['q=a', 'p=2', 'p=3'],
  },
  'page numbers in an object of the query': {
    query: { 'queryOptions.page': number },
    gives: object({ data: books, meta: object({ totalPages: number }) }),
    answer: ({ query }) => ({
      body: { data: after(nth(query.get('queryOptions.page')) * 20), meta: { totalPages: 3 } },
    }),
    sent: ['q=a', 'q=a&queryOptions.page=2', 'q=a&queryOptions.page=3'],
  },
  'page numbers of an array, up to the empty page': {
    query: { page: number },
    gives: books,
    answer: ({ query }) => ({ body: after(nth(query.get('page')) * 20) }),
    sent: ['q=a', 'q=a&page=2', 'q=a&page=3', 'q=a&page=4'],
  },
  'page numbers and has_more, through an empty page': {
    query: { page: number },
    gives: object({ data: books, has_more: flag }),
    answer: ({ query }) => {
      const page = nth(query.get('page'));
      const data = page === 1 ? [] : after((page > 1 ? page - 1 : page) * 20);
      return { body: { data, has_more: page < 3 } };
    },
    sent: ['q=a', 'q=a&page=2', 'q=a&page=3', 'q=a&page=4'],
  },
  'an offset and a total': {
    query: { offset: number, limit: number },
    gives: object({ items: books, total: number }),
    answer: ({ query }) => ({ body: { items: after(nth(query.get('offset'), 0)), total: 45 } }),
    sent: ['q=a', 'q=a&offset=20', 'q=a&offset=40'],
  },
  'an offset that begins with 1': {
    query: { startIndex: { ...number, minimum: 1 } },
    gives: object({ Resources: books, totalResults: number }),
    answer: ({ query }) => ({
      body: { Resources: after(nth(query.get('startIndex'))), totalResults: 45 },
    }),
    sent: ['q=a', 'q=a&startIndex=21', 'q=a&startIndex=41'],
  },
  'an offset alone, up to the empty page': {
    query: { skip: number },
    gives: books,
    answer: ({ query }) => ({ body: after(nth(query.get('skip'), 0)) }),
    sent: ['q=a', 'q=a&skip=20', 'q=a&skip=40', 'q=a&skip=45'],
  },
  'nothing: the list comes whole': {
    query: {},
    gives: object({ books, total: number }),
    answer: () => ({ body: { books: all, total: 45 } }),
    sent: ['q=a'],
  },
};

/** The resource of a row: `client.list3.books`. */
const resourceOf = (name: string) => `list${Object.keys(rows).indexOf(name)}`;

function library(): Json {
  const paths = Object.entries(rows).map(([name, { query, gives, headers }]) => {
    const resource = resourceOf(name);
    const get = call(`${resource}.books.list`, { query: { q: text, ...query }, gives });
    if (headers) {
      Object.assign((get['responses'] as Record<string, Json>)['200'] ?? {}, { headers });
    }
    return [`/${resource}/books`, { get }];
  });
  const spec = document(
    Object.fromEntries(paths),
    { Book, ErrorObject },
    { security: [{ key: [] }] },
  );
  const securitySchemes = { key: { type: 'http', scheme: 'bearer' } };
  return { ...spec, components: { ...(spec['components'] as Json), securitySchemes } };
}

let generated: GeneratedClient;
beforeAll(async () => {
  generated = await generateClient(library());
});

/** The list of a row, and the requests that its server got. */
async function open(name: string, answer: Answer = (rows[name] as Row).answer, options: Json = {}) {
  const { origin, requests } = await listen(answer);
  const { default: Client } = generated.module;
  const baseURL = `${origin}/v2`;
  const client = new Client({ key: 'sk-secret', baseURL, maxRetries: 0, ...options });
  return { books: client[resourceOf(name)].books, requests };
}

const queries = (requests: readonly { url: string }[]) =>
  requests.map(({ url }) => url.split('?')[1]);

test.each(Object.entries(rows))('a list with %s is walked to its end', async (name, row) => {
  const { books, requests } = await open(name);
  expect(await collect(books.list({ q: 'a' }))).toEqual(all);
  expect(queries(requests)).toEqual(row.sent);
  const page = await books.list({ q: 'a' });
  expect(JSON.parse(JSON.stringify(page))).toEqual(row.answer(requests[0] as Received).body);
});

test('the client compiles, and items have their types', () => {
  const calls = Object.keys(rows).map(
    (name) =>
      `for await (const { id } of client.${resourceOf(name)}.books.list({ q: 'a' })) sum += id;`,
  );
  const program = `const client = new Client();\nlet sum = 0;\n${calls.join('\n')}`;
  expect(compile(generated, program)).toEqual([]);
});

test.each<[string, string, Answer, RegExp]>([
  [
    'an address of another origin',
    'an address',
    () => ({ body: { results: after(0), next: 'https://evil.test/v2/books?page=2' } }),
    /The next page is at https:\/\/evil\.test\/v2\/books, which is not below baseURL/,
  ],
  [
    'an address that is relative to the protocol',
    'an address',
    () => ({ body: { results: after(0), next: '//evil.test/v2/books?page=2' } }),
    /is not below baseURL/,
  ],
  [
    'an address that climbs out of baseURL',
    'an address',
    () => ({ body: { results: after(0), next: '/v2/../v3/%2e%2e/books' } }),
    /is not below baseURL/,
  ],
  [
    'a text that is not an address',
    'an address',
    () => ({ body: { results: after(0), next: 'javascript:alert(1)' } }),
    /Expected the address of the next page/,
  ],
  [
    'its own address',
    'an address',
    ({ url }) => ({ body: { results: after(0), next: url } }),
    /Pagination loop/,
  ],
  [
    'an address that came before',
    'an address',
    () => ({ body: { results: after(0), next: '/v2/books?page=2' } }),
    /Pagination loop/,
  ],
  [
    'the same page for every number',
    'page numbers of an array, up to the empty page',
    () => ({ body: after(0) }),
    /Pagination loop: the server returned the same page twice/,
  ],
  [
    'the same page for every offset',
    'an offset alone, up to the empty page',
    () => ({ body: after(0) }),
    /Pagination loop: the server returned the same page twice/,
  ],
  [
    'fewer items than its total',
    'page numbers from 0 and a total',
    ({ query }) => ({
      body: { content: nth(query.get('page'), 0) === 0 ? after(0) : [], totalElements: 45 },
    }),
    /Expected 45 items, but the list ended after 20/,
  ],
  [
    'fewer items than its total by offset',
    'an offset and a total',
    ({ query }) => ({ body: { items: query.has('offset') ? [] : after(0), total: 45 } }),
    /Expected 45 items, but the list ended after 20/,
  ],
  [
    'a total that is not a number',
    'an offset and a total',
    () => ({ body: { items: after(0), total: 'many' } }),
    /Expected a list: `total` is not a number/,
  ],
  [
    'has_more that is not a boolean',
    'last_id under another name',
    () => ({ body: { books: after(0), hasMore: 'yes' } }),
    /Expected a list: `hasMore` is not a boolean/,
  ],
  [
    'no items',
    'a cursor of another name',
    () => ({ body: { error: 'none' } }),
    /Expected a list: `books` is not an array/,
  ],
  [
    'an object instead of an array',
    'page numbers of an array, up to the empty page',
    () => ({ body: {} }),
    /Expected a list: the body is not an array/,
  ],
  [
    'one cursor twice',
    'a cursor that is a number',
    () => ({ body: { books: after(0), meta: { next_cursor: 7 } } }),
    /Pagination loop: the server returned the cursor "7" twice/,
  ],
  [
    'a cursor that is an object',
    'a cursor of another name',
    () => ({ body: { books: after(0), next_page_token: {} } }),
    /Expected a cursor/,
  ],
])('%s ends a walk with an error', async (_, name, answer, message) => {
  const { books } = await open(name, answer);
  const walk = collect(books.list({ q: 'a' }));
  await expect(walk).rejects.toMatchObject({
    name: 'InvalidResponseError',
    message: expect.stringMatching(message),
  });
});

test('a walk from a later page ends with the empty page, whatever the total is', async () => {
  const { books, requests } = await open('page numbers from 0 and a total');
  expect(await collect(books.list({ page: 2 }))).toEqual(all.slice(40));
  expect(queries(requests)).toEqual(['page=2', 'page=3']);
});

test('a number that is a default of the client counts', async () => {
  const { books, requests } = await open('an offset and a total', undefined, {
    defaultQuery: { offset: '30' },
  });
  expect(await collect(books.list())).toEqual(all.slice(30));
  expect(queries(requests)).toEqual(['offset=30']);
});
