import { QueryClient } from '@tanstack/react-query';
import createQueryClient from 'openapi-react-query';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type ClientOptions, createFetchClient } from '../src/fetch.ts';
import type { ErrorResponse, OrganizationUser } from '../src/index.ts';
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
    expectTypeOf(data?.data).toEqualTypeOf<OrganizationUser[] | undefined>();
    expectTypeOf(error).toEqualTypeOf<ErrorResponse | undefined>();
    expect(data?.data[0]?.id).toBe('a');
    expect(response.status).toBe(200);
    expect(sent[0]?.url.search).toBe('?limit=5&emails=x&emails=y');
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${adminAPIKey}`);
    expect(sent[0]?.headers.get('user-agent')).toMatch(/^org-client\//);
  });

  test('refuses what the spec does not have', () => {
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

test('openapi-react-query plugs in', async () => {
  const { api, sent } = stubFetchClient([json(page(['a', 'b']))]);
  const options = createQueryClient(api).queryOptions('get', '/organization/users', {
    params: { query: { limit: 2 } },
  });
  const list = await new QueryClient().fetchQuery(options);
  expectTypeOf(list.data).toEqualTypeOf<OrganizationUser[]>();
  expect(list.data.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(sent[0]?.url.search).toBe('?limit=2');
});
