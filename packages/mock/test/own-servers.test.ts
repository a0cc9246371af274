import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OperationInfo } from '@org/inspector/api';
import { expect, test } from 'vitest';
import { exampleOf } from '../src/cli/example.ts';
import { greet } from '../src/cli/greeting.ts';
import { Server } from '../src/compare/ask.ts';
import { compare } from '../src/compare/compare.ts';
import { questionsOf } from '../src/compare/questions.ts';
import { servableDataOf, survey } from '../src/compare/survey.ts';
import { compareWrites } from '../src/compare/writes.ts';
import { createMock, loadAPI, startMock } from '../src/index.ts';
import { hitFaults, touchedItems } from '../src/record/touched.ts';
import type { AnyCollection } from '../src/state/any-collection.ts';
import { apiOf } from './support/api-of.ts';
import type { AnyBody } from './support/ask.ts';
import {
  givesNothing,
  gives as givesOnly,
  inPath,
  inQuery,
  integer,
  listOf,
  object,
  takes,
  text,
} from './support/paths.ts';

// Operations whose server is beside that of the document, `/v2`, or below it.

const Book = object({ id: text, title: text });
const at = (url: string) => ({ servers: [{ url: `https://library.test${url}` }] });
const Page = object({ books: listOf(Book), next_url: { type: ['string', 'null'] } });
const created = (schema: object) => ({
  responses: {
    201: {
      description: 'Created',
      headers: { Location: { schema: text } },
      content: { 'application/json': { schema } },
    },
  },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  servers: [{ url: 'https://library.test/v2' }],
  paths: {
    '/books': {
      ...at('/v3'),
      get: {
        operationId: 'books.list',
        parameters: [inQuery('page', integer), inQuery('page_size', integer)],
        ...givesOnly(Page),
      },
      post: { operationId: 'books.create', ...takes(Book), ...created(Book) },
    },
    '/books/{id}': {
      ...at('/v3'),
      parameters: inPath('id'),
      get: { operationId: 'books.retrieve', ...givesOnly(Book) },
      delete: { operationId: 'books.delete', ...givesNothing },
    },
    '/films': {
      get: { operationId: 'films.list', ...givesOnly(listOf(Book)) },
      post: { operationId: 'films.create', ...takes(Book), ...created(Book), ...at('/v3') },
    },
    '/films/{id}': {
      ...at('/v2/beta'),
      parameters: inPath('id'),
      get: { operationId: 'films.retrieve', ...givesOnly(Book) },
    },
    '/v2/health': { ...at(''), get: { operationId: 'health', ...givesOnly(object({ ok: text })) } },
    '/{version}/state': {
      ...at(''),
      parameters: inPath('version'),
      get: { operationId: 'state', ...givesOnly(object({ ok: text })) },
    },
  },
};
const api = await apiOf(document);
const loaded = await loadAPI(document);
const paths = [
  ...['/v3/books', '/v3/books/{}', '/v2/films', '/v3/films', '/v2/beta/films/{}'],
  ...['/v2/health', '/v2/state', '/v9/state'],
];

/** A server that has the paths of the document, and no others. */
async function realServer() {
  const mock = createMock({ api: loaded, data: { books: 7, films: 3 } });
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push(`${method} ${url}`);
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = url.replace(/\?.*/, '').replace(/^(.*(?:books|films))\/[^/]+$/, '$1/{}');
    const init = { method, headers: headers as Record<string, string>, ...(body && { body }) };
    const target = paths.includes(path) ? url : '/nowhere';
    const answer = await mock.fetch(`http://${headers.host}${target}`, init);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}/v2`, requests, mock },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** All books of a mock. */
function books({ data }: { data: object }): object[] {
  return (data as Record<string, { list(): object[] }>)['books']?.list() ?? [];
}

test('the mock serves operations at the paths of their own servers, and not below the base path', async () => {
  const mock = createMock({ api: loaded });
  const statuses = async (targets: string[], init?: RequestInit) => {
    const answers = targets.map((target) => mock.fetch(`http://mock.test${target}`, init));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  expect(await statuses(['/v3/books', '/v2/films', '/films', '/v2/beta/films/x'])).toEqual([
    ...[200, 200, 200, 404],
  ]);
  expect(await statuses(['/v2/health', '/v2/state', '/v9/state'])).toEqual([200, 200, 200]);
  expect(await statuses(['/v2/v3/books', '/v2/v9/state', '/v3/v3/books'])).toEqual([404, 404, 404]);
  expect(await statuses(['/v2/v3/books'], { method: 'PUT' })).toEqual([404]);
  expect(await statuses(['/v3/books'], { method: 'PUT' })).toEqual([405]);
});

test('a copy reads lists and items at the paths of their own servers', async () => {
  await using real = await realServer();
  await using copy = await startMock({ api: loaded, from: real.url });
  expect(copy.copied?.problems).toEqual([]);
  expect(books(copy)).toEqual(books(real.mock));
  expect(real.requests.map((one) => one.replace(/\?.*/, ''))).toContain('GET /v3/books');
});

test('a comparison asks both servers at the paths of their own servers, and shows no dots', async () => {
  await using real = await realServer();
  const server = new Server('server', real.url, new Map());
  const found = await survey(api, server);
  expect(found.listings.map(({ items }) => items.length).sort()).toEqual([3, 7]);
  await using copy = await startMock({ api: loaded, data: servableDataOf(api, found) });
  const other = new Server('copy', copy.url, new Map());
  const behaviors = await compare(questionsOf(api, found), server, other);
  behaviors.push(...(await compareWrites(api, found, server, other)));
  expect(behaviors.filter(({ result }) => result !== 'equal')).toEqual([]);
  expect(behaviors.map(({ request }) => request)).toContain('GET /v3/books?page_size=2, page 2');
  expect(behaviors.filter(({ request }) => request.includes('..'))).toEqual([]);
  expect(real.requests).toContain('GET /v2/films');
});

test('the example of the greeting is a request that the mock answers', async () => {
  await using mock = await startMock({ api: loaded });
  const greeting = { url: mock.url, sizes: {}, inspector: false };
  const [, address = ''] =
    /curl '([^']+)'/.exec(greet({ ...greeting, example: exampleOf(api, 'k') })) ?? [];
  expect(address).toBe(`${new URL(mock.url).origin}/v3/books`);
  expect((await fetch(address)).status).toBe(200);
});

test('the example of a document without operations that read is its base address', async () => {
  const empty = await apiOf({ ...document, paths: {} });
  expect(exampleOf(empty, 'k').target).toBe('/v2/');
});

test('the control API says which operations are beside the base path', async () => {
  const mock = createMock({ api: loaded });
  const answer = await mock.fetch('http://mock.test/_mock/operations');
  const infos = (await answer.json()) as OperationInfo[];
  const places = infos.map(({ method, up, path }) => [method, up, path]);
  expect(places).toEqual(
    expect.arrayContaining([
      ['GET', '/..', '/v3/books'],
      ['GET', undefined, '/films'],
      ['GET', undefined, '/beta/films/{id}'],
      ['GET', undefined, '/health'],
    ]),
  );
});

test('pages lead on by addresses of the own server of their list', async () => {
  const mock = createMock({ api: loaded, data: { books: 3 } });
  const read = async (url: string): Promise<AnyBody> => (await mock.fetch(url)).json();
  const { next_url: next } = await read('http://mock.test/v3/books?page_size=2');
  expect(next).toBe('http://mock.test/v3/books?page_size=2&page=2');
  expect((await read(next)).books).toHaveLength(1);
});

test('the header Location leads to the own server of the item', async () => {
  const mock = createMock({ api: loaded });
  const add = async (target: string) => {
    const body = JSON.stringify({ id: 'a b', title: 'A' });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body };
    return (await mock.fetch(`http://mock.test${target}`, init)).headers.get('location') ?? '';
  };
  const [book, film] = [await add('/v3/books'), await add('/v3/films')];
  expect(book).toBe('http://mock.test/v3/books/a%20b');
  expect(film).toBe('http://mock.test/v2/beta/films/a%20b');
  for (const location of [book, film]) expect((await mock.fetch(location)).status).toBe(200);
});

test('faults match the path of an own server, and refuse one below the base path', async () => {
  const mock = createMock({ api: loaded });
  mock.fail({ status: 503, match: { path: '/v3/books' } });
  expect((await mock.fetch('http://mock.test/v3/books')).status).toBe(503);
  const below = { status: 503, match: { path: '/v2/v3/books' } };
  expect(() => mock.fail(below)).toThrow('match.path must be the path of an operation');
});

test('a recorded test has the items and the faults of requests to an own server', async () => {
  const rule = { status: 503, match: { method: 'GET' } };
  const mock = createMock({ api: loaded, data: { books: 2 }, faults: [{ ...rule, times: 1 }] });
  const data = mock.data as unknown as Record<string, AnyCollection>;
  const [first = {}] = books(mock);
  const { id } = first as { id: string };
  for (let i = 0; i < 2; i += 1) await mock.fetch(`http://mock.test/v3/books/${id}`);
  expect(hitFaults([rule], mock.requests, api)).toEqual([
    {
      status: 503,
      times: 1,
      match: { ...rule.match, operation: 'books.retrieve', path: `/v3/books/${id}` },
    },
  ]);
  expect(touchedItems(api, data, mock.requests)).toEqual([{ collection: 'books', item: first }]);
});
