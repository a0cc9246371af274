import { describe, expect, test } from 'vitest';
import { APIPromise, InvalidResponseError, OrgClientError } from '../src/index.ts';
import { Things } from './support/probe.ts';
import { type Answer, failure, json, page, rejection, stubClient } from './support/stub.ts';

function stubThings(answers: Answer[] = [], options = {}) {
  const { client, sent, users } = stubClient(answers, options);
  return { things: Things.of(client), client, users, sent };
}

const jsonType = { 'content-type': 'application/json' };

describe('a path parameter', () => {
  test.each([
    ['user_abc', 'user_abc'],
    ['a/b', 'a%2Fb'],
    ['a b?c#d&e', 'a%20b%3Fc%23d%26e'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['ü€😀', '%C3%BC%E2%82%AC%F0%9F%98%80'],
    ['$&', '%24%26'],
    ['{thing_id}', '%7Bthing_id%7D'],
    ['...', '...'],
    ['\ud800', '%EF%BF%BD'],
    [5, '5'],
  ])('%j goes out as %s', async (id, expected) => {
    const { things, sent } = stubThings([json({ id })]);
    await things.retrieve(id);
    expect(sent[0]?.url.href).toBe(`https://api.openai.com/v1/things/${expected}`);
  });

  test.each([
    ['', '""'],
    ['.', '"."'],
    ['..', '".."'],
    ['%2e', '"%2e"'],
    ['.%2E', '".%2E"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'object'],
    [['a'], 'object'],
    [true, 'true'],
  ])('cannot be %j: the error names it, and nothing is sent', (id, shown) => {
    const { things, sent } = stubThings();
    expect(() => things.retrieve(id)).toThrow(OrgClientError);
    expect(() => things.retrieve(id)).toThrow(`thing_id must be`);
    expect(() => things.retrieve(id)).toThrow(`not ${shown}`);
    expect(sent).toHaveLength(0);
  });
});

describe('a call with a body', () => {
  test('sends it as JSON, and gives the parsed answer', async () => {
    const { things, sent } = stubThings([json({ id: 'a' })]);
    const body = { role: 'owner', note: null, extra: undefined, more: { any: 'thing' } };
    const before = structuredClone(body);
    const call = things.update('a', body);
    expect(call).toBeInstanceOf(APIPromise);
    const thing = await call;
    expect({ ...thing }).toEqual({ id: 'a' });
    expect(thing._request_id).toBe('req_1');
    expect(sent[0]?.init.method).toBe('POST');
    expect(sent[0]?.init.body).toBe('{"role":"owner","note":null,"more":{"any":"thing"}}');
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(body).toEqual(before);
  });

  test('that cannot be JSON is an error of this package', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const { things, sent } = stubThings();
    expect(await rejection(things.update('a', loop))).toMatchObject({
      name: 'OrgClientError',
      message: 'The body cannot be written as JSON.',
    });
    expect(sent).toHaveLength(0);
  });

  test('without a body sends no content type', async () => {
    const { things, sent } = stubThings([json({})]);
    await things.call('delete', '/things/a');
    expect(sent[0]?.headers.has('content-type')).toBe(false);
    expect(sent[0]?.init.body ?? null).toBe(null);
  });

  test.each(['update', 'create'])('%s: a missing one is refused, and nothing is sent', (name) => {
    const { users, sent } = stubThings();
    // As a JavaScript program may call it.
    const { update, create } = { update: users.update, create: users.roles.create };
    const method = (name === 'update' ? update : create) as (id: string) => unknown;
    const call = () => method.call(name === 'update' ? users : users.roles, 'user_abc');
    expect(call).toThrow(OrgClientError);
    expect(call).toThrow('The body is missing: pass it as an object.');
    expect(sent).toHaveLength(0);
  });

  test('null instead of one sends none; one among the options is sent', async () => {
    const { users, sent } = stubThings([json({})]);
    await users.update('user_abc', null as never);
    await users.update('user_abc', undefined as never, { body: { role: 'owner' } });
    expect(sent.map(({ init }) => init.body)).toEqual([null, '{"role":"owner"}']);
  });

  test('gives undefined for a 204', async () => {
    const { things } = stubThings([new Response(null, { status: 204 })]);
    expect(await things.update('a', {})).toBe(undefined);
  });

  test('is an error where a body was promised and is missing', async () => {
    const { things, sent } = stubThings([new Response('', { headers: jsonType })]);
    await expect(things.update('a', {})).rejects.toThrow(InvalidResponseError);
    expect(sent).toHaveLength(1);
  });

  test.each(['', 'gone', '{}'])('gives undefined where none is promised (%j)', async (text) => {
    const { things } = stubThings([new Response(text)]);
    expect(await things.call('delete', '/things/a', { result: 'none' })).toBe(undefined);
  });

  test('gives a text, or the response with its body unread, where that is promised', async () => {
    const { things, sent } = stubThings([() => new Response('a,b'), () => new Response('')]);
    expect(await things.call('get', '/things', { result: 'text' })).toBe('a,b');
    expect(await things.call('get', '/things', { result: 'text' })).toBe('');
    const response = await things.call<Response>('get', '/things', { result: 'response' });
    expect([response instanceof Response, response.bodyUsed]).toEqual([true, false]);
    expect(sent[0]?.headers.get('accept-encoding')).toBe('identity');
  });

  test('goes out in the media type that the document names', async () => {
    const { things, sent } = stubThings([json({})]);
    const body = { name: 'a b' };
    for (const type of ['application/merge-patch+json', 'application/x-www-form-urlencoded']) {
      await things.call('patch', '/things/a', { body, type });
    }
    expect(sent.map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/merge-patch+json',
      'application/x-www-form-urlencoded',
    ]);
    expect(sent.map(({ init }) => init.body)).toEqual(['{"name":"a b"}', 'name=a%20b']);
  });

  test.each([
    ['HTML', '<html>', 'text/html'],
    ['cut off', '{"id":', 'application/json'],
  ])('fails for a success that is %s', async (_, body, type) => {
    const { things } = stubThings([new Response(body, { headers: { 'content-type': type } })]);
    expect((await rejection(things.update('a', {}))).name).toBe('InvalidResponseError');
  });
});

describe('get, post, put, patch and delete', () => {
  test.each(['get', 'post', 'put', 'patch', 'delete'] as const)('%s sends it so', async (name) => {
    const { client, sent } = stubThings([json({ id: 'a' })]);
    const body = name === 'get' ? undefined : { a: 1 };
    const options = { query: { b: [1, 2] }, headers: { 'x-team': 'search' } };
    expect(await client[name]('/x?c=3', { ...options, ...(body && { body }) })).toEqual({
      id: 'a',
    });
    expect(sent[0]?.init.method).toBe(name.toUpperCase());
    expect(sent[0]?.url.search).toBe('?c=3&b=1&b=2');
    expect(sent[0]?.init.body ?? undefined).toBe(body && JSON.stringify(body));
    expect(sent[0]?.headers.get('x-team')).toBe('search');
  });

  test('give text where the content type is not JSON', async () => {
    const text = new Response('a,b', { headers: { 'content-type': 'text/csv' } });
    expect(await stubThings([text]).client.get('/x')).toBe('a,b');
    expect(await stubThings([new Response('')]).client.post('/x')).toBe(undefined);
    const broken = new Response('{', { headers: { 'content-type': 'application/problem+json' } });
    const error = await rejection(stubThings([broken]).client.get('/x'));
    expect(error.name).toBe('InvalidResponseError');
  });

  test.each<[string, object]>([
    ['a form', new FormData()],
    ['parameters', new URLSearchParams({ a: '1' })],
    ['bytes', new Uint8Array([1, 2])],
    ['a blob', new Blob(['a'])],
    ['a stream', new ReadableStream()],
  ])('send %s as it is, and leave its content type to the platform', async (_, body) => {
    const { client, sent } = stubThings([json({})]);
    await client.post('/x', { body });
    expect(sent[0]?.init.body).toBe(body);
    expect(sent[0]?.headers.has('content-type')).toBe(false);
  });

  test('send a stream once', async () => {
    const { client, sent } = stubThings([failure(500)]);
    const error = await rejection(client.post('/x', { body: new ReadableStream() }));
    expect(error).toMatchObject({ status: 500, attempts: 1 });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.init).toMatchObject({ duplex: 'half' });
  });
});

describe('the Idempotency-Key', () => {
  const unsafe = ['post', 'put', 'patch', 'delete'] as const;
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  test.each(unsafe)('of a %s is the same for every attempt', async (method) => {
    const { client, sent } = stubThings([failure(500), new TypeError('reset'), json({})]);
    await client[method]('/x');
    await client[method]('/x');
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(uuid);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
  });

  test("is the caller's where there is one", async () => {
    const { things, sent } = stubThings([json({})]);
    await things.update('a', {}, { idempotencyKey: 'mine' });
    expect(sent[0]?.headers.get('idempotency-key')).toBe('mine');
    await things.update('a', {}, { headers: { 'Idempotency-Key': 'by header' } });
    expect(sent[1]?.headers.get('idempotency-key')).toBe('by header');
  });

  test('is not sent with a GET', async () => {
    const { things, sent } = stubThings([json({})]);
    await things.retrieve('a', { idempotencyKey: 'mine' });
    expect(sent[0]?.headers.has('idempotency-key')).toBe(false);
  });
});

describe('retryUnsafe: false', () => {
  test.each(['post', 'put', 'patch', 'delete'] as const)('never sends a %s twice', async (name) => {
    for (const answer of [failure(503), new TypeError('reset')]) {
      const { client, sent } = stubThings([answer], { retryUnsafe: false });
      expect(await rejection(client[name]('/x', { maxRetries: 3 }))).toMatchObject({ attempts: 1 });
      expect(sent).toHaveLength(1);
    }
  });

  test('leaves GET alone, and can be taken back', async () => {
    const { client, sent } = stubThings([failure(503), json({})], { retryUnsafe: false });
    expect(client.retryUnsafe).toBe(false);
    await client.get('/x');
    expect(sent).toHaveLength(2);
    const again = stubThings([failure(503), json({})], { retryUnsafe: false });
    await again.client.withOptions({ retryUnsafe: undefined }).post('/x');
    expect(again.sent).toHaveLength(2);
  });

  test('is not needed where maxRetries is 0', async () => {
    const { things, sent } = stubThings([failure(503)]);
    await rejection(things.update('a', {}, { maxRetries: 0 }));
    expect(sent).toHaveLength(1);
  });
});

describe('a list', () => {
  test('takes request options instead of the query', async () => {
    const { users, sent } = stubThings([json(page())]);
    const controller = new AbortController();
    await users.list({
      headers: { 'x-team': 'a' },
      signal: controller.signal,
      query: { limit: 3 },
    });
    expect(sent[0]?.url.search).toBe('?limit=3');
    expect(sent[0]?.headers.get('x-team')).toBe('a');
    controller.abort();
    expect((await rejection(users.list({ signal: controller.signal }))).name).toBe(
      'APIUserAbortError',
    );
  });

  test.each<[string, object, object?]>([
    ['a query parameter and an option', { limit: 1, timeout: 5 }],
    ['options twice', { timeout: 5 }, { maxRetries: 0 }],
    ['options of the transport', { fetchOptions: { dispatcher: {} } }],
    ['another address', { defaultBaseURL: 'https://evil.test' }],
  ])('refuses %s in one object', (_, query, options) => {
    const { users, sent } = stubThings();
    expect(() => users.list(query, options)).toThrow(TypeError);
    expect(() => users.list(query, options)).toThrow(
      'Query parameters and request options must be passed as separate arguments.',
    );
    expect(sent).toHaveLength(0);
  });

  test('ignores what is undefined', async () => {
    const { users, sent } = stubThings([json(page())]);
    await users.list({ limit: 1, timeout: undefined } as object);
    await users.list({ timeout: 50, limit: undefined } as object);
    expect(sent.map(({ url }) => url.search)).toEqual(['?limit=1', '']);
  });

  test('whose query has a parameter called like an option sends it', async () => {
    const { things, sent } = stubThings([json(page())]);
    await things.listOwn({ timeout: 5, limit: 1 });
    expect(sent[0]?.url.search).toBe('?timeout=5&limit=1');
  });
});
