import { QueryClient } from '@tanstack/react-query';
import createQueryClient from 'openapi-react-query';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type ClientOptions, createFetchClient } from '../src/fetch.ts';
import type { ErrorResponse, OrganizationUser, UserListParams } from '../src/index.ts';
import {
  type Answer,
  adminAPIKey,
  failure,
  json,
  page,
  rejection,
  stubFetch,
} from './support/stub.ts';

function stubFetchClient(answers: Answer[] = [], options: ClientOptions = {}) {
  const { fetch, sent } = stubFetch(...answers);
  return { api: createFetchClient({ adminAPIKey, fetch, ...options }), sent };
}

describe('createFetchClient', () => {
  test('calls a path of the spec with its types', async () => {
    const { api, sent } = stubFetchClient([json(page(['a']))]);
    const { data, error, response } = await api.GET('/organization/users', {
      params: { query: { limit: 5, emails: ['x', 'y'] } },
    });
    // Each may take the other's place: of intersections, equal types need not be written alike.
    type Data = OrganizationUser[] | undefined;
    expectTypeOf(data?.data).toExtend<Data>();
    expectTypeOf<Data>().toExtend<NonNullable<typeof data>['data'] | undefined>();
    expectTypeOf(error).toEqualTypeOf<ErrorResponse | undefined>();
    expect(data?.data[0]?.id).toBe('a');
    expect(response.status).toBe(200);
    expect(sent[0]?.url.search).toBe('?limit=5&emails=x&emails=y');
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${adminAPIKey}`);
    expect(sent[0]?.headers.get('user-agent')).toMatch(/^org-client\//);
  });

  test('takes the params of a list as its query; a null cursor starts at the first page', async () => {
    const { api, sent } = stubFetchClient([json(page(['a']))]);
    const query: UserListParams = { limit: 5 };
    await api.GET('/organization/users', { params: { query } });
    await api.GET('/organization/users', { params: { query: { ...query, after: null } } });
    expect(sent.map(({ url }) => url.search)).toEqual(['?limit=5', '?limit=5']);
  });

  test('reads a response whose length is known, once', async () => {
    const body = JSON.stringify(page(['a']));
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    const { api, sent } = stubFetchClient([() => new Response(body, { headers })], {
      maxRetries: 0,
    });
    const { data } = await api.GET('/organization/users');
    expect(data?.data[0]?.id).toBe('a');
    expect(sent).toHaveLength(1);
  });

  test('accepts JSON, unless a default header or a call says otherwise', async () => {
    const { api, sent } = stubFetchClient([json(page([]))]);
    await api.GET('/organization/users');
    await api.GET('/organization/users', { headers: { accept: 'a/b' } });
    const own = stubFetchClient([json(page([]))], { defaultHeaders: { Accept: 'c/d' } });
    await own.api.GET('/organization/users');
    const accepted = [...sent, ...own.sent].map(({ headers }) => headers.get('accept'));
    expect(accepted).toEqual(['application/json', 'a/b', 'c/d']);
  });

  test('refuses paths and parameters that the spec does not have', () => {
    const { api } = stubFetchClient();
    // @ts-expect-error no such path
    api.GET('/organization/user');
    // @ts-expect-error limit is a number
    api.GET('/organization/users', { params: { query: { limit: 'five' } } });
  });

  test('tries again, and gives an error status as a value', async () => {
    const { api, sent } = stubFetchClient([failure(503), failure(404)]);
    const { data, error, response } = await api.GET('/organization/users');
    expect(sent).toHaveLength(2);
    expect(data).toBeUndefined();
    expect(error?.error.code).toBe('no');
    expect(response.status).toBe(404);
  });

  test('times out in mid-body as well', async () => {
    const stalled = () => new Response(new ReadableStream());
    const { api } = stubFetchClient([stalled], { timeout: 30, maxRetries: 0 });
    const error = await rejection(api.GET('/organization/users'));
    expect(error.name).toBe('APIConnectionTimeoutError');
  });

  test.each(['arrayBuffer', 'blob', 'formData', 'bytes'])(
    'times out in mid-body of what is read as %s',
    async (parseAs) => {
      const stalled = () => new Response(new ReadableStream());
      const { api } = stubFetchClient([stalled], { timeout: 30, maxRetries: 0 });
      const error = await rejection(api.GET('/organization/users', { parseAs: parseAs as 'blob' }));
      expect(error.name).toBe('APIConnectionTimeoutError');
    },
  );

  test("ends with the caller's signal", async () => {
    const { api } = stubFetchClient([() => new Promise(() => {})]);
    const error = await rejection(
      api.GET('/organization/users', { signal: AbortSignal.timeout(10) }),
    );
    expect(error).toMatchObject({ name: 'APIUserAbortError', cause: { name: 'TimeoutError' } });
  });

  test('runs middleware, which sees and may replace the response', async () => {
    const { api, sent } = stubFetchClient([json(page(['a']))]);
    api.use({
      onRequest: ({ request }) => request.headers.set('x-traced', 'yes'),
      onResponse: () => json(page(['replaced'])),
    });
    const { data } = await api.GET('/organization/users');
    expect(data?.data[0]?.id).toBe('replaced');
    expect(sent[0]?.headers.get('x-traced')).toBe('yes');
  });

  test("sends a middleware's own Request", async () => {
    const { api, sent } = stubFetchClient([json(page(['a']))]);
    api.use({
      onRequest: () =>
        new Request('https://api.openai.com/v1/other', { headers: { 'x-own': 'yes' } }),
    });
    await api.GET('/organization/users');
    expect(sent[0]?.url.pathname).toBe('/v1/other');
    expect(sent[0]?.headers.get('x-own')).toBe('yes');
  });
});

describe('the key of createFetchClient', () => {
  const moved = (to: string) => ({
    onRequest: ({ request }: { request: Request }) => new Request(to, request),
  });

  test.each([
    ['https://evil.example/v1/x', null],
    ['http://api.openai.com/v1/x', null],
    ['https://api.openai.com.evil.example/v1/x', null],
    ['https://api.openai.com:8443/v1/x', null],
    ['https://api.openai.com/elsewhere', `Bearer ${adminAPIKey}`],
  ])('after a middleware has moved the request to %s is %j', async (to, expected) => {
    const { api, sent } = stubFetchClient([json(page())]);
    api.use(moved(to));
    await api.GET('/organization/users');
    expect(sent[0]?.url.href).toBe(to);
    expect(sent[0]?.headers.get('authorization')).toBe(expected);
  });

  test('does not follow the baseUrl of a call', async () => {
    const { api, sent } = stubFetchClient([json(page())]);
    await api.GET('/organization/users', { baseUrl: 'https://evil.example' });
    expect(sent[0]?.url.origin).toBe('https://evil.example');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });

  test('does not follow a path that completes the host', async () => {
    const { api, sent } = stubFetchClient([json(page())], { baseURL: 'https://api.test' });
    await api.GET('.evil.example/x' as '/organization/users');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });

  test('goes elsewhere where the caller gives one of its own', async () => {
    const { api, sent } = stubFetchClient([json(page())]);
    const headers = { authorization: 'Bearer theirs' };
    await api.GET('/organization/users', { baseUrl: 'https://eu.test', headers });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer theirs');
  });

  test('is not sent where the defaults delete it', async () => {
    const { api, sent } = stubFetchClient([json(page())], {
      defaultHeaders: { authorization: null },
    });
    await api.GET('/organization/users');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });
});

describe('a body that was read', () => {
  const spent = 'The body of the response was already read or cancelled.';

  test('by a middleware is an error that says so, and no other request', async () => {
    const { api, sent } = stubFetchClient([json(page(['a']))]);
    api.use({ onResponse: async ({ response }) => void (await response.json()) });
    await expect(api.GET('/organization/users')).rejects.toThrow(spent);
    expect(sent).toHaveLength(1);
  });

  test('may come in pieces, and as a clone, within the timeout', async () => {
    const { api, sent } = stubFetchClient([() => new Response(new ReadableStream())], {
      timeout: 30,
      maxRetries: 0,
    });
    api.use({ onResponse: async ({ response }) => void (await response.clone().json()) });
    const error = await rejection(api.GET('/organization/users'));
    expect(error.name).toBe('APIConnectionTimeoutError');
    expect(sent).toHaveLength(1);
  });

  test('from a Response that `fetch` gives twice', async () => {
    const answer = json(page(['a']));
    const { api } = stubFetchClient([() => answer]);
    await api.GET('/organization/users');
    await expect(api.GET('/organization/users')).rejects.toThrow(spent);
  });
});

describe('a request with a body', () => {
  test('is sent again as it was, with one Idempotency-Key', async () => {
    const bodies: unknown[] = [];
    const reply = (status: number) => async (request: { init: RequestInit }) => {
      bodies.push(await new Response(request.init.body as Blob).text());
      return status === 200 ? json({}) : failure(status);
    };
    const { api, sent } = stubFetchClient([reply(503), reply(200)]);
    await (api.POST as (path: string, init: object) => Promise<unknown>)('/x', { body: { a: 1 } });
    expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
    const [first, second] = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).toBe(first);
  });

  test('is sent once where retryUnsafe is false', async () => {
    const { api, sent } = stubFetchClient([failure(503)], { retryUnsafe: false });
    await (api.POST as (path: string, init: object) => Promise<unknown>)('/x', { body: { a: 1 } });
    expect(sent).toHaveLength(1);
  });
});

test('a body that exceeds maxResponseSize is an error, whatever it is read as', async () => {
  for (const parseAs of ['json', 'text', 'arrayBuffer', 'blob'] as const) {
    const { api, sent } = stubFetchClient([json(page(['a']))], { maxResponseSize: 5 });
    const error = await rejection(api.GET('/organization/users', { parseAs }));
    expect(error.name).toBe('InvalidResponseError');
    expect(sent).toHaveLength(1);
  }
});

test("options of fetch come from client and call; the platform's defaults are not sent", async () => {
  const dispatcher = { dispatch: () => true };
  const { api, sent } = stubFetchClient([json(page())], {
    fetchOptions: { dispatcher, cache: 'no-store' },
  });
  await api.GET('/organization/users', { cache: 'reload', cf: { cacheTtl: 5 } });
  expect(sent[0]?.init).toMatchObject({ dispatcher, cache: 'reload', cf: { cacheTtl: 5 } });
  expect(sent[0]?.init).not.toHaveProperty('credentials');
  expect(sent[0]?.init).not.toHaveProperty('mode');
});

test('openapi-react-query plugs in', async () => {
  const { api, sent } = stubFetchClient([json(page(['a', 'b']))]);
  const options = createQueryClient(api).queryOptions('get', '/organization/users', {
    params: { query: { limit: 2 } },
  });
  const list = await new QueryClient().fetchQuery(options);
  expectTypeOf(list.data).toExtend<OrganizationUser[]>();
  expectTypeOf<OrganizationUser[]>().toExtend<typeof list.data>();
  expect(list.data.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(sent[0]?.url.search).toBe('?limit=2');
});

test('masks the beginning of a key at which the text of an error is cut', async () => {
  const text = `${'x'.repeat(63_980)}sk-admin-0123456789-abcdef`;
  const fetch = async () => new Response(text, { status: 400 });
  const api = createFetchClient({
    adminAPIKey: 'sk-admin-0123456789-abcdef',
    fetch,
    maxRetries: 0,
  });
  const { error } = await api.GET('/organization/users');
  expect(String(error).slice(-10)).toBe('xxxxxxx***');
});

test('masks a key that an error of the server holds', async () => {
  const message = `unknown_${adminAPIKey}, ${encodeURIComponent(adminAPIKey)}, ${btoa(adminAPIKey)}`;
  const body = { error: { message, type: 'x', param: null, code: `bad_${adminAPIKey}` } };
  const { api } = stubFetchClient([
    json(body, { status: 401 }),
    new Response(message, { status: 403 }),
  ]);
  const { error } = await api.GET('/organization/users');
  expect(error?.error.code).toBe('bad_***');
  expect(error?.error.message).toMatch(/^unknown_\*\*\*, \*\*\*, \*\*\*/);
  const other = await api.GET('/organization/users', { parseAs: 'text' });
  expect(String(other.error)).not.toContain(adminAPIKey);
});
