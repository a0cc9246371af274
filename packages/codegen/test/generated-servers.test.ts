import { beforeAll, expect, test } from 'vitest';
import { inferAPI } from '../src/mock-api.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';
import {
  compile,
  type GeneratedClient,
  generateClient,
  listen,
} from './support/generated-client.ts';

// Servers of paths and operations, on the origin of the document's server, which has the path `/v2`.

const Book = object({ id: text });
const gives = ref('Book');
const at = (url: string, more: Json = {}): Json => ({ servers: [{ url, ...more }] });
const spec = document(
  {
    '/books': { get: call('books.list', { gives: { type: 'array', items: ref('Book') } }) },
    '/drafts/{id}': {
      ...at('https://library.test/v2/beta'),
      get: call('drafts.retrieve', { gives }),
      put: call('drafts.replace', { gives, ...at('https://library.test/v3/') }),
    },
    '/health': { get: call('health.retrieve', { gives, ...at('https://library.test') }) },
    '/news': {
      get: call('news.retrieve', { gives, ...at('/{v}', { variables: { v: { default: 'v9' } } }) }),
    },
    '/same': { ...at('/v2/'), get: call('same.retrieve', { gives }) },
    '/none': { get: call('none.retrieve', { gives, servers: [] }) },
    '/v2/whole': { get: call('whole.retrieve', { gives, ...at('https://library.test') }) },
  },
  { Book, ErrorObject: object({ message: text }) },
);

const calls: [id: string, args: unknown[], path: string][] = [
  ['drafts.retrieve', ['a/b'], '/v2/beta/drafts/a%2Fb'],
  ['drafts.replace', ['a'], '/v3/drafts/a'],
  ['health.retrieve', [], '/health'],
  ['news.retrieve', [], '/v9/news'],
  ['same.retrieve', [], '/v2/same'],
  ['none.retrieve', [], '/v2/none'],
  ['whole.retrieve', [], '/v2/whole'],
  ['books.list', [], '/v2/books'],
];

let generated: GeneratedClient;
beforeAll(async () => {
  generated = await generateClient(spec);
}, 30_000);

test.each(calls)('%s(%j) is sent to the path of its own server: %s', async (id, args, path) => {
  const { origin, requests } = await listen(({ url }) => ({
    body: url.endsWith('/books') ? [] : { id: 'a' },
  }));
  const { default: Client } = generated.module;
  const [resource = '', action = ''] = id.split('.');
  // A proxy has a path of its own before that of the API.
  for (const baseURL of [`${origin}/v2`, `${origin}/proxy/v2/`]) {
    const client = new Client({ baseURL, maxRetries: 0 });
    await client[resource][action](...args);
  }
  expect(requests.map(({ url }) => url)).toEqual([path, `/proxy${path}`]);
});

test('the reference and the mock have the paths of the servers', async () => {
  const { files } = generated;
  expect(files['packages/client/api.md']).toContain('`PUT /v3/drafts/{id}`');
  expect(files['packages/client/api.md']).toContain('`GET /beta/drafts/{id}`');
  const mock = JSON.parse(files['packages/mock/src/api.gen.json'] ?? '');
  const { api } = await inferAPI(spec);
  for (const { basePath, operations } of [mock, api]) {
    expect(basePath).toBe('/v2');
    const paths = operations.map(({ path, up = '' }: { path: string; up?: string }) => up + path);
    expect(paths.sort()).toEqual([
      '/../health',
      '/../v3/drafts/{id}',
      '/../v9/news',
      '/beta/drafts/{id}',
      '/books',
      '/none',
      '/same',
      '/whole',
    ]);
  }
});

test('the paths of createFetchClient are those that follow `baseURL`', () => {
  const program = `import { createFetchClient } from './fetch.ts';
const api = createFetchClient();
api.GET('/beta/drafts/{id}', { params: { path: { id: 'a' } } });
api.PUT('/../v3/drafts/{id}', { params: { path: { id: 'a' } } });
api.GET('/../health');
// @ts-expect-error: the server of this path is another one.
api.GET('/drafts/{id}', { params: { path: { id: 'a' } } });`;
  expect(compile(generated, program)).toEqual([]);
});

test('a list with a server of its own is walked at the path of that server, and nowhere else', async () => {
  const gives = object({ books: { type: 'array', items: ref('Book') }, next_url: text });
  const { module } = await generateClient(
    document(
      { '/books': { get: call('books.list', { gives, ...at('https://library.test/v3') }) } },
      { Book, ErrorObject: object({ message: text }) },
    ),
  );
  const walk = async (next: string) => {
    const { origin, requests } = await listen(({ url }) => ({
      body: { books: [{ id: url }], next_url: url.includes('?') ? null : next },
    }));
    const client = new module.default({ baseURL: `${origin}/v2`, maxRetries: 0 });
    const urls = () => requests.map(({ url }) => url);
    return { list: await client.books.list(), urls };
  };
  const { list, urls } = await walk('/v3/books?page=2');
  await list.getNextPage();
  expect(urls()).toEqual(['/v3/books', '/v3/books?page=2']);
  for (const elsewhere of ['/v3/other?page=2', 'https://evil.test/v3/books?page=2']) {
    const { list, urls } = await walk(elsewhere);
    await expect(list.getNextPage()).rejects.toThrow('not below baseURL');
    expect(urls()).toEqual(['/v3/books']);
  }
});

test('operations that end at one path keep the parameters of their own paths', async () => {
  const gives = { type: 'array', items: ref('Book') };
  const taking = (name: string) => ({ parameters: [{ name, in: 'query', schema: text }] });
  const { api } = await inferAPI(
    document(
      {
        '/v3/books': { ...taking('a'), get: call('books.list', { gives }) },
        '/books': {
          ...taking('b'),
          ...at('/v2/v3'),
          post: call('books.create', { body: ref('Book'), gives: ref('Book') }),
        },
      },
      { Book },
    ),
  );
  interface Operation {
    method: string;
    path: string;
    request?: { query?: { name: string }[] };
  }
  const queries = (api.operations as Operation[]).map(({ method, path, request }) => [
    method,
    path,
    request?.query?.map(({ name }) => name),
  ]);
  expect(queries).toEqual([
    ['get', '/v3/books', ['a']],
    ['post', '/v3/books', ['b']],
  ]);
});
