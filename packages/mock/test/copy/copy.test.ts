import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMock, loadAPI, startMock } from '../../src/index.ts';
import { petShop } from '../support/pet-shop.ts';
import { noRoles, page, serve, user } from './scripted-server.ts';

const key = 'sk-admin-copied-0123456789';

beforeEach(() => vi.stubEnv('OPENAI_ADMIN_KEY', key));
afterEach(() => vi.unstubAllEnvs());

test('a copy has every item of the server, in its order, whatever fails on the way', async () => {
  await using real = await startMock({
    data: { users: 120 },
    seed: 'real',
    keys: [key],
    latency: [0, 5],
    faults: [
      { status: 500, probability: 0.05 },
      { status: 429, retryAfter: 0, probability: 0.05 },
    ],
  });
  await using copy = await startMock({ from: real.url });
  expect(copy.data.users.list()).toEqual(real.data.users.list());
  for (const { id } of real.data.users.list()) {
    const scope = { user_id: id };
    expect(copy.data['users.roles'].list(scope)).toEqual(real.data['users.roles'].list(scope));
  }
  expect(copy.copied).toMatchObject({ items: { users: 120, 'users.roles': 360 }, problems: [] });
  // Nothing was asked but to read.
  const methods = new Set(real.requests.map(({ method }) => method));
  expect([...methods]).toEqual(['GET']);
});

test('a copy of a copy is the same, and so is one of its snapshot', async () => {
  await using real = await startMock({ data: { users: 3 }, seed: 'real' });
  await using first = await startMock({ from: real.url });
  await using second = await startMock({ from: first.url });
  const third = createMock({ data: JSON.parse(JSON.stringify(first.snapshot())) });
  for (const copy of [second, third])
    expect(copy.data.users.list()).toEqual(real.data.users.list());
});

test('a reset leads back to the copy', async () => {
  await using real = await startMock({ data: { users: 3 } });
  await using copy = await startMock({ from: real.url });
  const [first] = copy.data.users.list();
  copy.data.users.remove(first?.id ?? '');
  copy.data.users.add({ id: 'user_new' });
  copy.reset();
  expect(copy.data.users.list()).toEqual(real.data.users.list());
});

test('a server sees no other method than GET, no body, and the key in its header alone', async () => {
  await using server = await serve(({ pathname }) => ({
    body: pathname.endsWith('/roles') ? noRoles : page([user('user_a'), user('user_b')]),
  }));
  await using _ = await startMock({ from: `${server.url}/v1` });
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /v1/organization/users?limit=100',
    'GET /v1/organization/users/user_a/roles?limit=1000&order=asc',
    'GET /v1/organization/users/user_b/roles?limit=1000&order=asc',
  ]);
  for (const { headers } of server.requests) {
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(headers['content-length'] ?? headers['transfer-encoding']).toBeUndefined();
  }
});

describe('what is copied', () => {
  test('can be some collections: others are empty, not generated', async () => {
    await using real = await startMock({ data: { users: 5 } });
    await using copy = await startMock({ from: { url: real.url, only: ['users'] } });
    expect(copy.copied?.items).toEqual({ users: 5, 'users.roles': 0 });
    const [first] = copy.data.users.list();
    expect(copy.data['users.roles'].list({ user_id: first?.id ?? '' })).toEqual([]);
  });

  test('includes what a collection is below', async () => {
    await using real = await startMock({ data: { users: 2 } });
    await using copy = await startMock({ from: { url: real.url, only: ['users.roles'] } });
    expect(copy.copied?.items).toEqual({ users: 2, 'users.roles': 6 });
  });

  test('ends at the limit of each list, with no request beyond', async () => {
    await using real = await startMock({ data: { users: 1_000_000 } });
    await using copy = await startMock({ from: { url: real.url, limit: 150, only: ['users'] } });
    expect(copy.copied).toMatchObject({ items: { users: 150 }, requests: 2 });
    await using few = await startMock({ from: { url: real.url, limit: 2 } });
    expect(few.copied?.items).toEqual({ users: 2, 'users.roles': 4 });
  });

  test('cannot be a collection that does not exist', async () => {
    await expect(
      startMock({ from: { url: 'http://127.0.0.1:9', only: ['user'] } }),
    ).rejects.toThrow('The API has no collection "user". Did you mean users?');
  });
});

test('a signal ends the copy', async () => {
  await using real = await startMock({ data: { users: 1_000 }, latency: 20 });
  const controller = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ items }: { items: number }) => {
    seen.push(items);
    if (items >= 200) controller.abort(new Error('enough'));
  };
  const { signal } = controller;
  const copying = startMock({ from: { url: real.url, signal, onProgress } });
  await expect(copying).rejects.toThrow('enough');
  expect(Math.max(...seen)).toBeLessThan(1_000);
});

describe('of any document', () => {
  const document = (list: object, operation: object = {}) => ({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    paths: {
      '/books': { get: { operationId: 'books.list', ...operation, responses: json(list) } },
      '/books/{book_id}': {
        get: { operationId: 'books.retrieve', parameters: [inPath], responses: json(book) },
      },
    },
  });
  const json = (schema: object) => ({
    '200': { description: 'OK', content: { 'application/json': { schema } } },
  });
  const inPath = { name: 'book_id', in: 'path', required: true, schema: { type: 'string' } };
  const book = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, title: { type: 'string' } },
  };
  const books = { type: 'array', items: book };
  const list = (properties: object) => ({
    type: 'object',
    required: ['data'],
    properties: { data: books, ...properties },
  });
  const inQuery = (name: string, schema: object) => ({ name, in: 'query', schema });
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }];
  const number = { type: 'integer', default: 1 };
  const size = inQuery('limit', { type: 'integer', minimum: 1, maximum: 7, default: 3 });

  test.each<[string, object, object[]]>([
    ['CursorPage', list({ has_more: flag }), [size, inQuery('after', text)]],
    [
      'ConversationCursorPage',
      list({ has_more: flag, last_id: text }),
      [size, inQuery('after', text)],
    ],
    ['NextCursorPage', list({ next_cursor: text }), [size, inQuery('cursor', text)]],
    ['NumberedPage', list({ total: { type: 'integer' } }), [size, inQuery('page', number)]],
    [
      'OffsetPage',
      list({ total: { type: 'integer' } }),
      [size, inQuery('offset', { type: 'integer', default: 0 })],
    ],
    ['LinkPage', list({ next: { type: 'string', format: 'uri' } }), [size]],
    ['Page', books, []],
  ])('a list as a %s is read to its end', async (name, schema, parameters) => {
    const api = await loadAPI(document(schema, { parameters }));
    const [listing] = api.api.operations;
    expect(api.api.behavior(listing?.iid ?? '')).toMatchObject({ pageClass: name });
    await using real = await startMock({ api, data: { books: 17 } });
    await using copy = await startMock({ api, from: real.url });
    expect(copy.copied).toMatchObject({ items: { books: 17 }, problems: [] });
    expect(copy.data['books']?.list()).toEqual(real.data['books']?.list());
  });

  test('keys and headers are those of the document, and none of this API', async () => {
    vi.stubEnv('API_KEY', 'pet-key-0123456789');
    vi.stubEnv('OPENAI_ORG_ID', 'org_secret');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-internal: secret');
    const { parse } = await import('yaml');
    const api = await loadAPI(parse(petShop));
    await using real = await serve(() => ({ body: [{ id: 7, name: 'Rex' }] }));
    await using copy = await startMock({ api, from: real.url });
    expect(copy.data['pets']?.list()).toEqual([{ id: 7, name: 'Rex' }]);
    const names = Object.keys(real.requests[0]?.headers ?? {}).filter(
      (one) => !/^(?:host|connection|accept.*|sec-.*|user-agent)$/.test(one),
    );
    expect(names).toEqual(['api_key']);
    expect(real.requests[0]?.headers['api_key']).toBe('pet-key-0123456789');
  });

  test('two keys that belong together are both named where they are missing', async () => {
    const schemes = {
      appID: { type: 'apiKey', in: 'header', name: 'x-app' },
      appSecret: { type: 'apiKey', in: 'query', name: 'secret' },
    };
    const api = await loadAPI({
      ...document(books),
      security: [{ appID: [], appSecret: [] }],
      components: { securitySchemes: schemes },
    });
    await using real = await serve(() => ({ body: [] }));
    await expect(startMock({ api, from: real.url })).rejects.toThrow(
      'The key of the server is missing: set APP_ID and APP_SECRET in the environment.',
    );
    expect(real.requests).toEqual([]);
    vi.stubEnv('APP_ID', 'app-1');
    vi.stubEnv('APP_SECRET', 'c/d');
    await using _ = await startMock({ api, from: real.url });
    expect(real.requests[0]).toMatchObject({
      url: '/books?secret=c%2Fd',
      headers: { 'x-app': 'app-1' },
    });
  });

  test('a list that requires what nothing says is named', async () => {
    const parameters = [{ ...inQuery('tenant', text), required: true }];
    const api = await loadAPI(document(books, { parameters }));
    await expect(startMock({ api, from: 'http://127.0.0.1:9' })).rejects.toThrow(
      '/books requires tenant, for which the document names no value.',
    );
  });
});

test.each<[unknown, string]>([
  ['ftp://example.com', 'from must be an http(s) URL'],
  ['https://ada:secret@example.com/v1', 'from must be a URL without credentials'],
  ['https://example.com/v1?key=secret', 'from must be a URL without query'],
  [{ url: 'http://a.test', limit: 0 }, 'from.limit must be a positive number of items, not 0.'],
  [{ url: 'http://a.test', concurrency: 100 }, 'from.concurrency must be a number of requests'],
  [{ url: 'http://a.test', only: 'users' }, 'from.only must be an array of names'],
  [{ url: 'http://a.test', mapIDs: true }, 'from.mapIDs is a part of anonymize'],
  [null, 'from must be the address of a server'],
])('the option from: %j is refused without its secrets', async (from, message) => {
  const error = await startMock({ from } as never).catch((reason: Error) => reason);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('secret');
});
