import { describe, expect, test } from 'vitest';
import OrgClient, {
  APIResource,
  type ClientOptions,
  CursorPage,
  type FinalRequestOptions,
  OrgClientError,
} from '../src/index.ts';
import {
  adminAPIKey,
  collect,
  failure,
  json,
  page,
  pages,
  rejection,
  stubClient,
  stubFetch,
} from './support/stub.ts';

describe('a path that has no method', () => {
  test('may lack its slash, or be an address of the same origin', async () => {
    const { client, sent } = stubClient([], { baseURL: 'https://a.test/v1/' });
    await client.get('organization/projects');
    await client.get('/organization/projects?limit=2');
    await client.get('https://a.test/v2/projects?limit=3');
    expect(sent.map(({ url }) => url.href)).toEqual([
      'https://a.test/v1/organization/projects',
      'https://a.test/v1/organization/projects?limit=2',
      'https://a.test/v2/projects?limit=3',
    ]);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(
      sent.map(() => `Bearer ${adminAPIKey}`),
    );
  });

  test.each([
    'https://b.test/v1/x',
    'http://a.test/v1/x',
    'https://a.test:8080/x',
    'ftp://a.test/',
  ])('is refused on another origin: %s', async (path) => {
    const { client, sent } = stubClient([], { baseURL: 'https://a.test/v1' });
    const error = await rejection(client.get(path));
    expect(error).toBeInstanceOf(OrgClientError);
    expect(error.message).toMatch(/^The path must be on the origin of baseURL, unlike /);
    expect(sent).toEqual([]);
  });

  test('takes a promise of its options, so that nothing of them is lost', async () => {
    const { client, sent } = stubClient([]);
    const headers = { authorization: 'Bearer mine' };
    await client.get('/x', Promise.resolve({ headers, query: { a: 1 } }));
    await client.post('/x', Promise.resolve({ headers, body: { b: 2 } }));
    await collect(
      client.getAPIList('/x', CursorPage<{ id: string }>, Promise.resolve({ headers })),
    );
    await client.request(Promise.resolve({ method: 'put' as const, path: '/x', headers }));
    expect(sent.map((each) => each.headers.get('authorization'))).toEqual(
      sent.map(() => 'Bearer mine'),
    );
    expect([sent[0]?.url.search, sent[1]?.init.body]).toEqual(['?a=1', '{"b":2}']);
    expect(await rejection(client.get('/x', Promise.reject(new Error('no'))))).toMatchObject({
      message: 'no',
    });
  });

  test('is reached by request, with fewer retries if need be', async () => {
    const { client, sent } = stubClient([failure(503)]);
    const options = { method: 'get', path: '/x', maxRetries: 5 } as const;
    await rejection(client.request(options, 1));
    expect(sent).toHaveLength(2);
  });

  test('is a list of any kind', async () => {
    const { client } = stubClient([pages(['a', 'b'], ['c'])]);
    const list = client.getAPIList<{ id: string }>('/x', CursorPage, { query: { limit: 2 } });
    expect((await collect(list)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const whole = { method: 'get', path: '/x' } as const;
    const again = client.requestAPIList(CursorPage<{ id: string }>, whole);
    expect((await again).data).toHaveLength(2);
  });

  test('has the address that buildURL says', () => {
    const { client } = stubClient([], {
      baseURL: 'https://a.test/v1?version=2',
      defaultQuery: { b: 1 },
    });
    expect(client.buildURL('/x?c=3', { d: ['y', 'z'], b: null })).toBe(
      'https://a.test/v1/x?version=2&c=3&d=y&d=z',
    );
  });

  test('is reached by a resource of one’s own', async () => {
    class Projects extends APIResource {
      retrieve(id: string) {
        return this._client.get<{ id: string }>(`/organization/projects/${id}`);
      }
    }
    const { client, sent } = stubClient([json({ id: 'proj_a' })]);
    expect(await new Projects(client).retrieve('proj_a')).toEqual({ id: 'proj_a' });
    expect(sent[0]?.url.pathname).toBe('/v1/organization/projects/proj_a');
  });

  test('gives what _thenUnwrap makes of it, with one request', async () => {
    const { client, sent } = stubClient([json({ name: 'a' })]);
    const call = client.get<{ name: string }>('/x');
    const named = call._thenUnwrap(({ name }, { response }) => ({ name, status: response.status }));
    expect(await named).toEqual({ name: 'a', status: 200 });
    expect((await named)._request_id).toBe('req_1');
    expect(await call).toEqual({ name: 'a' });
    expect(sent).toHaveLength(1);
  });
});

test('the default timeout is a static property', () => {
  expect(OrgClient.DEFAULT_TIMEOUT).toBe(600_000);
  expect(stubClient().client.timeout).toBe(OrgClient.DEFAULT_TIMEOUT);
});

describe('the hooks of a subclass', () => {
  class Hooked extends OrgClient {
    readonly seen: string[] = [];
    protected override async prepareOptions(options: FinalRequestOptions) {
      this.seen.push(`${options.method} ${options.path}`);
      options.query = { ...options.query, attempt: this.seen.length };
      options.headers = { 'x-hook': 'options' };
    }
    protected override async prepareRequest(
      request: RequestInit & { headers: Headers },
      { url, options }: { url: string; options: FinalRequestOptions },
    ) {
      this.seen.push(`${new URL(url).search} ${options.method} ${request.method}`);
      request.headers.set(
        'x-signature',
        `${request.headers.get('authorization')}`.length.toString(),
      );
    }
  }
  const hooked = (answers: Parameters<typeof stubFetch>, options: ClientOptions = {}) => {
    const { fetch, sent } = stubFetch(...answers);
    return { client: new Hooked({ adminAPIKey, fetch, logLevel: 'off', ...options }), sent };
  };

  test('change the options and the request of every attempt', async () => {
    const { client, sent } = hooked([failure(503), json(page(['a']))]);
    await client.admin.organization.users.list({ limit: 1 });
    expect(client.seen).toEqual([
      ...['get /organization/users', '?limit=1&attempt=1 get GET'],
      ...['get /organization/users', '?limit=1&attempt=3 get GET'],
    ]);
    expect(sent.map(({ url }) => url.search)).toEqual(['?limit=1&attempt=1', '?limit=1&attempt=3']);
    for (const { headers } of sent) {
      expect(headers.get('x-hook')).toBe('options');
      expect(headers.get('x-signature')).toBe(String(`Bearer ${adminAPIKey}`.length));
    }
  });

  test('are called for every page, and keep the Idempotency-Key', async () => {
    const { client } = hooked([pages(['a'], ['b'])]);
    await collect(client.admin.organization.users.list());
    expect(client.seen).toHaveLength(4);
    const { client: other, sent } = hooked([failure(503), json({})]);
    await other.post('/x', { body: {} });
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toBeTruthy();
    expect(keys[0]).toBe(keys[1]);
  });

  test('that fail end the call with what they throw, and send nothing', async () => {
    class Failing extends OrgClient {
      protected override async prepareRequest() {
        throw new RangeError('no signature');
      }
    }
    const { fetch, sent } = stubFetch(json({}));
    const error = await rejection(new Failing({ adminAPIKey, fetch, logLevel: 'off' }).get('/x'));
    expect(error).toEqual(new RangeError('no signature'));
    expect(sent).toEqual([]);
  });
});
