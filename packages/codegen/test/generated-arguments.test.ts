import { formatProblem, SpecProblems } from '@org/openapi';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildModel, generate } from '../src/index.ts';
import { call, document, type Json, object, page, ref, text } from './support/document.ts';
import {
  compile,
  type GeneratedClient,
  generateClient,
  listen,
  type Received,
} from './support/generated-client.ts';

// A generated client on a server: what arrives for arguments whose names are not those on the wire.

const number: Json = { type: 'integer' };
const named = (argument: string): Json => ({ 'x-client': { argument } });
const path = (name: string, more: Json = {}): Json => ({
  ...{ name, in: 'path', required: true, schema: text },
  ...more,
});
const query = (name: string, more: Json = {}): Json => ({
  ...{ name, in: 'query', schema: text },
  ...more,
});
const header = (name: string, more: Json = {}): Json => ({ ...query(name, more), in: 'header' });

/** Three parameters and a property of the body with one name. */
const parameters = (given: (place: string) => Json): Json[] => [
  path('id', given('path_id')),
  path('book_id'),
  query('id', { style: 'form', explode: false, schema: { type: 'array', items: text } }),
  header('id', given('header_id')),
];
const operations = (given: (argument: string) => Json): Record<string, Json> => ({
  '/shelves/{id}/books/{book_id}': {
    post: {
      ...call('books.move', { body: object({ id: text, title: text }), gives: ref('Book') }),
      parameters: parameters(given).map((each) =>
        each['in'] === 'query' ? { ...each, ...given('query_id') } : each,
      ),
    },
    get: {
      ...call('books.retrieve', { gives: ref('Book') }),
      parameters: [path('id'), path('book_id', given('bookKey')), query('id', given('query_id'))],
    },
  },
});
const schemas = { Book: object({ id: text }), ErrorObject: object({ message: text }) };
const spec = document(
  {
    ...operations(named),
    '/books': {
      get: {
        ...call('books.list', { gives: page(ref('Book')) }),
        parameters: [
          query('page', { schema: number, ...named('pageNumber') }),
          query('timeout', named('olderThan')),
          query('tag'),
        ],
      },
    },
  },
  schemas,
);

let generated: GeneratedClient;
// biome-ignore lint/suspicious/noExplicitAny: the client of this document.
let client: any;
let requests: Received[];
beforeAll(async () => {
  generated = await generateClient(spec);
});
beforeEach(async () => {
  const server = await listen(({ url }) => ({
    body: !url.startsWith('/books')
      ? { id: 'a' }
      : { data: url.includes('page=2') ? [] : [{ id: 'a' }] },
  }));
  ({ requests } = server);
  const { default: Client } = generated.module;
  client = new Client({ baseURL: server.origin, maxRetries: 0 });
});
const sent = () => requests.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());

describe('an argument with a name of its own is sent under the name of its parameter', () => {
  test('in the path, the query, a header and beside a body', async () => {
    await client.books.move('b', {
      ...{ path_id: 'p', query_id: ['q', 'r'], header_id: 'h' },
      ...{ id: 'body', title: 't' },
    });
    expect(sent()).toEqual(['POST /shelves/p/books/b?id=q,r {"id":"body","title":"t"}']);
    expect(requests[0]?.headers['id']).toBe('h');
  });

  test('without a body', async () => {
    await client.books.retrieve('b', { id: 'p', query_id: 'q' });
    await client.books.retrieve('b', { id: 'p' });
    expect(sent()).toEqual(['GET /shelves/p/books/b?id=q', 'GET /shelves/p/books/b']);
  });

  test('on every page of a list', async () => {
    for await (const _ of client.books.list({ tag: 'a', olderThan: '5' }));
    for await (const _ of client.books.list({ pageNumber: 2 }, { timeout: 1_000 }));
    expect(sent()).toEqual([
      'GET /books?tag=a&timeout=5',
      'GET /books?tag=a&page=2&timeout=5',
      'GET /books?page=2',
    ]);
  });

  test('in types, docstrings and the reference', () => {
    const program = `const client = new Client();
client.books.move('b', { path_id: 'p', query_id: ['q'], header_id: 'h', id: 'body', title: 't' });
client.books.retrieve('b', { id: 'p', query_id: 'q' });
client.books.list({ pageNumber: 2, olderThan: '5', tag: 'a' });
// @ts-expect-error: it is called pageNumber.
client.books.list({ page: 2 });`;
    expect(compile(generated, program)).toEqual([]);
    const { files } = generated;
    expect(files['packages/client/src/resources/books.gen.ts']).toContain(
      '@param params.query_id Sent as `id`.',
    );
    expect(files['packages/client/src/resources/books.gen.ts']).toContain(
      'retrieve(bookKey: string',
    );
    const reference = files['packages/client/api.md'];
    expect(reference).toContain('| `params.path_id` | `string` | Sent as `id`. |');
    expect(reference).toMatch(/client\.books\.move\('book_id', \{ path_id: 'id'/);
  });
});

describe('an argument with the name of another one', () => {
  const problemsOf = (paths: Record<string, Json>): string[] => {
    try {
      buildModel(document(paths, schemas));
    } catch (error) {
      if (error instanceof SpecProblems) return error.problems.map(formatProblem);
      throw error;
    }
    return [];
  };
  const advised = (problems: readonly string[]) =>
    problems.map(
      (each) => / `x-client: \{ argument: (\w+) \}`\. \(argument-clash\)$/.exec(each)?.[1],
    );

  test('is a problem that says what to write, and that solves it', () => {
    expect(problemsOf(operations(() => ({})))[0]).toBe(
      'paths › /shelves/{id}/books/{book_id} › post › requestBody: `id` is both a path parameter and a property of the body of `books.move`, which would share one property of the params. Give the argument of the path parameter another name: `x-client: { argument: path_id }`. (argument-clash)',
    );
    const advice = advised(problemsOf(operations(() => ({}))));
    expect(advice).toEqual(['path_id', 'query_id', 'header_id', 'query_id']);
    expect(problemsOf(operations(named))).toEqual([]);
  });

  test('gets a name that no other argument has', () => {
    const clash = (name: string, body: Json): Json => ({
      post: { ...call('books.create', { body }), parameters: [query(name)] },
    });
    const taken = object({ 'a-b': text, query_a_b: text });
    expect(advised(problemsOf({ '/books': clash('a-b', taken) }))).toEqual(['query_query_a_b']);
    // A body that is not an object is the property `body`.
    const list = { type: 'array', items: text };
    expect(advised(problemsOf({ '/books': clash('body', list) }))).toEqual(['query_body']);
  });

  test.each<[string, string, Json]>([
    ['is not a name', 'must be a name', query('q', named('a b'))],
    ['is a number', 'must be a name', query('q', { 'x-client': { argument: 1 } })],
    ['is the prototype', 'must be a name', query('q', named('__proto__'))],
    ['is an option', 'no effect', header('X-A', { 'x-client': { option: 'a', argument: 'b' } })],
    ['is set by the client', 'no effect', header('Accept', named('a'))],
    ['is a cookie', 'no effect', { ...query('theme', named('a')), in: 'cookie' }],
    ['is missing', 'must name the `argument`', query('q', { 'x-client': {} })],
  ])('that %s is refused', async (_, message, parameter) => {
    const get = { ...call('books.list', { gives: page(ref('Book')) }), parameters: [parameter] };
    await expect(generate(document({ '/books': { get } }, schemas))).rejects.toThrow(message);
  });
});
