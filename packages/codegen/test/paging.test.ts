import { describe, expect, test } from 'vitest';
import { buildModel, type Paging } from '../src/index.ts';
import { call, document, flag, type Json, object, ref, text } from './support/document.ts';

const number: Json = { type: 'integer' };
const uri: Json = { type: 'string', format: 'uri' };
const maybe = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });
const books: Json = { type: 'array', items: ref('Book') };

interface Case {
  query?: Json;
  gives: Json;
  path?: string;
  id?: Json;
  /** More of the operation. */
  more?: Json;
  headers?: Json;
}

function resultOf({ query = {}, gives, path = '/books', id = text, more = {}, headers }: Case) {
  const get = call('books.list', { query, gives, ...more });
  if (headers) Object.assign((get['responses'] as Record<string, Json>)['200'] ?? {}, { headers });
  const { model } = buildModel(document({ [path]: { get } }, { Book: object({ id, name: text }) }));
  return model.operations[0]?.result;
}

/** In the order of the table in the README. */
const rows: [string, Case, string, Paging][] = [
  [
    'a token of another name',
    { query: { page_token: text }, gives: object({ books, next_page_token: text }) },
    'NextCursorPage',
    { items: ['books'], position: 'page_token', next: ['next_page_token'] },
  ],
  [
    'a token in an object',
    {
      query: { cursor: text, limit: number },
      gives: object({ channels: books, response_metadata: object({ next_cursor: text }) }),
    },
    'NextCursorPage',
    {
      items: ['channels'],
      position: 'cursor',
      size: 'limit',
      next: ['response_metadata', 'next_cursor'],
    },
  ],
  [
    'a token of Kubernetes',
    {
      query: { continue: text },
      gives: object({ kind: text, metadata: object({ continue: text }), items: books }),
    },
    'NextCursorPage',
    { items: ['items'], position: 'continue', next: ['metadata', 'continue'] },
  ],
  [
    'a token two objects deep',
    {
      query: { after: text },
      gives: object({
        results: books,
        paging: object({ next: object({ after: text, link: text }) }),
      }),
    },
    'NextCursorPage',
    { items: ['results'], position: 'after', next: ['paging', 'next', 'after'] },
  ],
  [
    'an echo of the cursor beside the next one',
    { query: { cursor: text }, gives: object({ cursor: text, items: books, nextCursor: text }) },
    'NextCursorPage',
    { items: ['items'], position: 'cursor', next: ['nextCursor'] },
  ],
  [
    'a token that is a number',
    { query: { cursor: number }, gives: object({ items: books, next_cursor: maybe(number) }) },
    'NextCursorPage',
    { items: ['items'], position: 'cursor', next: ['next_cursor'], numeric: true },
  ],
  [
    'a page that is a token',
    { query: { page: text }, gives: object({ data: books, has_more: flag, next_page: text }) },
    'NextCursorPage',
    { items: ['data'], position: 'page', next: ['next_page'], hasMore: ['has_more'] },
  ],
  [
    'the number of the next page',
    { query: { page: number }, gives: object({ data: books, next_page: maybe(number) }) },
    'NextCursorPage',
    { items: ['data'], position: 'page', next: ['next_page'], numeric: true },
  ],
  ...(
    [
      ['page', 'next', 'page'],
      ['cursor', 'next', 'cursor'],
      ['starting_after', 'pages', 'next', 'starting_after'],
      ['offset', 'next_page', 'offset'],
      ['NextToken', 'NextToken'],
      ['continuation-token', 'NextContinuationToken'],
      ['cursor', 'meta', 'pagination', 'next_cursor'],
      ['pagePointer', 'nextPagePointer'],
    ] as const
  ).map(([name, ...path]): [string, Case, string, Paging] => [
    `${name}, a token at ${path.join('.')}`,
    {
      query: { [name]: text },
      gives: object({
        items: books,
        count: number,
        // An echo of the request is not the next page.
        [name]: text,
        ...(path.reduceRight((inner, key) => object({ [key]: inner }, []), text)[
          'properties'
        ] as Json),
      }),
    },
    'NextCursorPage',
    { items: ['items'], position: name, next: [...path] },
  ]),
  [
    'the next offset',
    {
      query: { offset: number, limit: number },
      gives: object({ items: books, next_offset: number }),
    },
    'NextCursorPage',
    { items: ['items'], position: 'offset', size: 'limit', next: ['next_offset'], numeric: true },
  ],
  [
    'the number of the next page in an object',
    { query: { page: number }, gives: object({ items: books, next: object({ page: number }) }) },
    'NextCursorPage',
    { items: ['items'], position: 'page', next: ['next', 'page'], numeric: true },
  ],
  [
    'a token among the cursors of Facebook',
    {
      query: { after: text },
      gives: object({
        data: books,
        paging: object({ cursors: object({ before: text, after: text }) }),
      }),
    },
    'NextCursorPage',
    { items: ['data'], position: 'after', next: ['paging', 'cursors', 'after'] },
  ],
  [
    'a token and a flag of Relay',
    {
      query: { first: number, after: text },
      gives: object({ nodes: books, pageInfo: object({ hasNextPage: flag, endCursor: text }) }),
    },
    'NextCursorPage',
    {
      ...{ items: ['nodes'], position: 'after', size: 'first' },
      ...{ next: ['pageInfo', 'endCursor'], hasMore: ['pageInfo', 'hasNextPage'] },
    },
  ],
  [
    'a marker of AWS',
    { query: { Marker: text }, gives: object({ Users: books, IsTruncated: flag, Marker: text }) },
    'NextCursorPage',
    { items: ['Users'], position: 'Marker', next: ['Marker'], hasMore: ['IsTruncated'] },
  ],
  [
    'last_id and has_more',
    {
      query: { starting_after: text },
      gives: object({ data: books, last_id: text, hasMore: flag }),
    },
    'ConversationCursorPage',
    { items: ['data'], position: 'starting_after', last: ['last_id'], hasMore: ['hasMore'] },
  ],
  [
    'has_more and the id of the last item',
    { query: { starting_after: text }, gives: object({ url: text, data: books, has_more: flag }) },
    'CursorPage',
    { items: ['data'], position: 'starting_after', hasMore: ['has_more'] },
  ],
  [
    'has_more and an id that is a number',
    { query: { after: number }, gives: object({ data: books, has_more: flag }), id: number },
    'CursorPage',
    { items: ['data'], position: 'after', hasMore: ['has_more'], numeric: true },
  ],
  [
    'the id of the last item alone',
    { query: { starting_after: text, limit: number }, gives: object({ data: books }) },
    'CursorPage',
    { items: ['data'], position: 'starting_after', size: 'limit' },
  ],
  [
    'an address',
    { query: { page: number }, gives: object({ count: number, next: maybe(uri), results: books }) },
    'LinkPage',
    { items: ['results'], next: ['next'] },
  ],
  [
    'an address by its name',
    { gives: object({ data: books, next_page_url: maybe(text), total: number }) },
    'LinkPage',
    { items: ['data'], next: ['next_page_url'] },
  ],
  [
    'an address by an example',
    {
      query: { cursor: text },
      gives: object({ data: books, next: { ...text, example: '/v2/books?cursor=b' } }),
    },
    'LinkPage',
    { items: ['data'], next: ['next'] },
  ],
  [
    'an address by its description',
    {
      query: { cursor: text },
      gives: object({
        data: books,
        pagination: object({ next_page: { ...text, description: 'A URL of the next page.' } }),
      }),
    },
    'LinkPage',
    { items: ['data'], next: ['pagination', 'next_page'] },
  ],
  [
    'a token that its description calls so',
    {
      query: { cursor: text },
      gives: object({
        data: books,
        next: { ...text, description: 'The cursor for the next URL.' },
      }),
    },
    'NextCursorPage',
    { items: ['data'], position: 'cursor', next: ['next'] },
  ],
  [
    'an address among links',
    { gives: object({ data: books, links: object({ self: text, next: text }) }) },
    'LinkPage',
    { items: ['data'], next: ['links', 'next'] },
  ],
  [
    'an address of HAL',
    {
      gives: object({ books, _links: object({ next: object({ href: text }) }) }),
      query: { page: number },
    },
    'LinkPage',
    { items: ['books'], next: ['_links', 'next', 'href'] },
  ],
  [
    'an address of OData',
    {
      query: { $top: number, $skip: number },
      gives: object({ value: books, '@odata.nextLink': text }),
    },
    'LinkPage',
    { items: ['value'], size: '$top', next: ['@odata.nextLink'] },
  ],
  [
    'the header Link',
    {
      query: { page: number, per_page: number },
      gives: books,
      headers: { Link: { schema: text } },
    },
    'LinkPage',
    { items: [], size: 'per_page', link: true },
  ],
  [
    'page numbers with a total',
    {
      query: { page: number, per_page: number },
      gives: object({ books, meta: object({ total: number, page_count: number }) }),
    },
    'NumberedPage',
    {
      ...{ items: ['books'], position: 'page', size: 'per_page', first: 1 },
      ...{ total: ['meta', 'total'], pages: ['meta', 'page_count'] },
    },
  ],
  [
    'page numbers from 0',
    {
      query: { page: { ...number, default: 0 }, size: number },
      gives: object({ content: books, totalPages: number, totalElements: number }),
    },
    'NumberedPage',
    {
      ...{ items: ['content'], position: 'page', size: 'size', first: 0 },
      ...{ total: ['totalElements'], pages: ['totalPages'] },
    },
  ],
  [
    'page numbers in an object of the query',
    {
      query: { 'queryOptions.page': number, 'queryOptions.pageSize': number },
      gives: object({ books, meta: object({ total: number }) }),
    },
    'NumberedPage',
    {
      ...{ items: ['books'], position: 'queryOptions.page', size: 'queryOptions.pageSize' },
      ...{ first: 1, total: ['meta', 'total'] },
    },
  ],
  [
    'page numbers that are texts, with a number of pages',
    {
      query: { page: text, pageSize: text },
      gives: object({ content: books, totalPages: number }),
    },
    'NumberedPage',
    {
      ...{ items: ['content'], position: 'page', size: 'pageSize', first: 1 },
      ...{ pages: ['totalPages'] },
    },
  ],
  [
    'pages that are passed over',
    { query: { SkipPages: number, PageSize: number }, gives: books },
    'NumberedPage',
    { items: [], position: 'SkipPages', size: 'PageSize', first: 0 },
  ],
  [
    'page numbers of JSON:API',
    { query: { 'page[number]': number, 'page[size]': number }, gives: object({ data: books }) },
    'NumberedPage',
    { items: ['data'], position: 'page[number]', size: 'page[size]', first: 1 },
  ],
  [
    'an object that is sent as page[number] and page[size]',
    {
      gives: object({ data: books }),
      more: {
        parameters: [
          {
            ...{ name: 'page', in: 'query', style: 'deepObject' },
            schema: object({ number, size: number }, []),
          },
        ],
      },
    },
    'NumberedPage',
    { items: ['data'], position: 'page[number]', size: 'page[size]', first: 1 },
  ],
  [
    'page numbers of an array',
    { query: { page: number }, gives: books },
    'NumberedPage',
    { items: [], position: 'page', first: 1 },
  ],
  [
    'a count, which may be that of the page',
    { query: { page: number }, gives: object({ count: number, results: books }) },
    'NumberedPage',
    { items: ['results'], position: 'page', first: 1 },
  ],
  [
    'an offset with a total',
    { query: { offset: number, limit: number }, gives: object({ data: books, total: number }) },
    'OffsetPage',
    { items: ['data'], position: 'offset', size: 'limit', first: 0, total: ['total'] },
  ],
  [
    'an offset that is called from, beside rows',
    { query: { from: number, rows: number }, gives: object({ data: books }) },
    'OffsetPage',
    { items: ['data'], position: 'from', size: 'rows', first: 0 },
  ],
  [
    'a number that is called p, beside a limit',
    { query: { p: number, limit: number }, gives: object({ data: books }) },
    'NumberedPage',
    { items: ['data'], position: 'p', size: 'limit', first: 1 },
  ],
  [
    'a number that is called p alone, which may be anything',
    { query: { p: number }, gives: object({ data: books }) },
    'Page',
    { items: ['data'] },
  ],
  [
    'an offset that begins with 1',
    {
      query: { startIndex: { ...number, minimum: 1 }, count: number },
      gives: object({ Resources: books, totalResults: number }),
    },
    'OffsetPage',
    {
      ...{ items: ['Resources'], position: 'startIndex', size: 'count', first: 1 },
      ...{ total: ['totalResults'] },
    },
  ],
  [
    'an offset that is called first',
    { query: { first: number, max: number }, gives: books },
    'OffsetPage',
    { items: [], position: 'first', size: 'max', first: 0 },
  ],
  [
    'items in an object',
    {
      query: { offset: number },
      gives: object({ status: text, data: object({ books, total: number }) }),
    },
    'OffsetPage',
    { items: ['data', 'books'], position: 'offset', first: 0, total: ['data', 'total'] },
  ],
  [
    'a token beside items in an object',
    { query: { cursor: text }, gives: object({ result: object({ books, nextCursor: text }) }) },
    'NextCursorPage',
    { items: ['result', 'books'], position: 'cursor', next: ['result', 'nextCursor'] },
  ],
  ['nothing', { gives: object({ data: books }) }, 'Page', { items: ['data'] }],
  [
    'a time that filters',
    { query: { before: { ...text, format: 'date-time' } }, gives: books },
    'Page',
    { items: [] },
  ],
  ['an array', { gives: books }, 'Page', { items: [] }],
  [
    'one array among what lists have',
    { gives: object({ books, total: number }) },
    'Page',
    { items: ['books'] },
  ],
];

test.each(rows)('a list with %s', (_, given, pageClass, paging) => {
  expect(resultOf(given)).toEqual({
    ...{ kind: 'page', pageClass, paging, item: 'Book' },
    type: 'BookListPage',
  });
});

describe('a response that is not a list', () => {
  test.each<[string, Case]>([
    ['an object with an array', { gives: object({ title: text, chapters: books }) }],
    ['an item', { path: '/books/{id}', gives: object({ chapters: books }) }],
    ['two arrays of objects', { gives: object({ chapters: books, authors: books }) }],
    ['an array of texts', { gives: object({ names: { type: 'array', items: text } }) }],
  ])('%s', (_, given) => {
    expect(resultOf(given)?.kind).toBe('value');
  });
});

describe('x-client.page', () => {
  const given = (page: unknown, rest: Partial<Case> = {}): Case => ({
    query: { p: number, after: text },
    gives: object({ books, authors: books, info: object({ n: number, next: text }) }),
    more: { 'x-client': { page } },
    ...rest,
  });

  test('replaces inferred names', () => {
    const page = {
      ...{ class: 'NumberedPage', items: 'books', position: 'p', total: 'info.n', first: 0 },
    };
    expect(resultOf(given(page))).toMatchObject({
      pageClass: 'NumberedPage',
      paging: { items: ['books'], position: 'p', first: 0, total: ['info', 'n'] },
    });
  });

  test('sets only the items', () => {
    expect(resultOf(given({ items: ['books'] }))).toMatchObject({
      pageClass: 'NextCursorPage',
      paging: { items: ['books'], position: 'after', next: ['info', 'next'] },
    });
  });

  test('sets only the class', () => {
    const gives = object({ data: books, next: text, has_more: flag });
    expect(resultOf(given('CursorPage', { gives }))).toMatchObject({
      pageClass: 'CursorPage',
      paging: { items: ['data'], position: 'after', hasMore: ['has_more'] },
    });
  });

  test('declares a list without pages', () => {
    const gives = object({ data: books, total: number });
    expect(resultOf(given('whole', { gives, query: { page: number } }))).toMatchObject({
      pageClass: 'Page',
      paging: { items: ['data'] },
    });
  });
});
