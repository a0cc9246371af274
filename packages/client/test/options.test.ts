import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFetchClient } from '../src/fetch.ts';
import OrgClient, { type ClientOptions, OrgClientError } from '../src/index.ts';
import {
  adminAPIKey,
  collect,
  json,
  page,
  pages,
  rejection,
  stubClient,
  stubFetch,
} from './support/stub.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('OPENAI_'))) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('the admin key', () => {
  test('comes from OPENAI_ADMIN_KEY, trimmed, where none is given', async () => {
    vi.stubEnv('OPENAI_ADMIN_KEY', ' sk-admin-env\n');
    const { fetch, sent } = stubFetch();
    await new OrgClient({ fetch }).admin.organization.users.list();
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer sk-admin-env');
  });

  test.each([undefined, '', '  '])('is missed at once where it is %j', (adminAPIKey) => {
    expect(() => new OrgClient({ adminAPIKey })).toThrow(OrgClientError);
    expect(() => new OrgClient({ adminAPIKey })).toThrow(/`new OrgClient\(\{ adminAPIKey \}\)`/);
    expect(() => new OrgClient({ adminAPIKey })).toThrow(/OPENAI_ADMIN_KEY/);
  });

  test('is not sent where it is null, whatever the environment says', async () => {
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-env');
    const { users, sent } = stubClient([], { adminAPIKey: null });
    await users.list();
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });

  test('may be a function, asked once per attempt', async () => {
    const keys = ['sk-1', 'sk-2', 'sk-3'];
    const next = vi.fn(async () => keys.shift() ?? '');
    const failing = () => new Response(null, { status: 500, headers: { 'retry-after-ms': '0' } });
    const { users, sent } = stubClient([failing, json(page())], { adminAPIKey: next });
    await users.list();
    await users.list();
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer sk-1',
      'Bearer sk-2',
      'Bearer sk-3',
    ]);
    expect(next).toHaveBeenCalledTimes(3);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('vault sealed')), 'failed.'],
    ['returns nothing', () => '', 'must return a key, not a blank string.'],
    ['returns blanks', () => ' ', 'must return a key, not a blank string.'],
    ['returns no string', () => 5 as unknown as string, 'must return a key, not number.'],
  ])('where its function %s, the call fails and nothing is sent', async (_, source, problem) => {
    const { users, sent } = stubClient([], { adminAPIKey: source });
    const error = await rejection(users.list());
    expect(error.message).toBe(`The function given as adminAPIKey ${problem}`);
    expect(error.cause).toEqual(problem === 'failed.' ? new Error('vault sealed') : undefined);
    expect(sent).toHaveLength(0);
  });

  test('from a function is trimmed, and refused where no header can carry it', async () => {
    const { users, sent } = stubClient([], { adminAPIKey: () => ' sk-a ' });
    await users.list();
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer sk-a');
    const bad = stubClient([], { adminAPIKey: () => 'sk-a\nb' });
    expect((await rejection(bad.users.list())).message).toBe(
      'The value of adminAPIKey has characters that a header cannot contain.',
    );
  });

  test.each([5, {}, [], true, Symbol('key')])('that is not a string (%j) is refused', (key) => {
    const make = () => new OrgClient({ adminAPIKey: key as string });
    expect(make).toThrow(OrgClientError);
    expect(make).toThrow(/adminAPIKey must be a string, a function or null, not \w+\.$/);
  });

  test('that is missing is an error that says where one may come from', () => {
    expect(() => new OrgClient({ adminAPIKey: '' })).toThrow(
      'The key is missing. Pass it as `new OrgClient({ adminAPIKey })` or set OPENAI_ADMIN_KEY; to send no key, pass `adminAPIKey: null`.',
    );
  });

  test.each(['adminApiKey', 'apiKey', 'api_key', 'admin-api-key', 'key'])(
    'that is passed as %s is an error that suggests adminAPIKey, and does not show the key',
    (name) => {
      for (const make of [createFetchClient, (options: object) => new OrgClient(options)]) {
        expect(() => make({ [name]: 'sk-secret', logLevel: 'off' })).toThrow(OrgClientError);
        expect(() => make({ [name]: 'sk-secret', logLevel: 'off' })).toThrow(
          `The key is missing. Unknown option "${name}". Did you mean "adminAPIKey"? Pass it as`,
        );
        expect(() => make({ [name]: 'sk-secret', logLevel: 'off' })).not.toThrow(/secret/);
      }
    },
  );

  test.each(['sk-secret', ['sk-secret'], () => 'sk-secret', 5, true, Symbol('sk-secret')])(
    'cannot be passed instead of the options (%o)',
    (key) => {
      vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-env');
      const { client } = stubClient();
      for (const make of [
        () => new OrgClient(key as object),
        () => createFetchClient(key as object),
      ]) {
        expect(make).toThrow(OrgClientError);
        expect(make).toThrow(/^Pass options as an object: \{ adminAPIKey: … \}\.$/);
      }
      expect(() => client.withOptions(key as object)).toThrow(
        new OrgClientError('Pass options as an object: { timeout: … }.'),
      );
    },
  );

  test.each([null, undefined])('comes from the environment where the options are %j', (options) => {
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-env');
    expect(new OrgClient(options as undefined).timeout).toBe(600_000);
    expect(createFetchClient(options as undefined)).toHaveProperty('GET');
    expect(new OrgClient().withOptions(options as unknown as object).timeout).toBe(600_000);
  });

  test('with characters that no header can carry is refused, and not shown', () => {
    const make = () => new OrgClient({ adminAPIKey: 'sk-secret\r\nx-evil: 1' });
    expect(make).toThrow(/adminAPIKey has characters/);
    expect(make).not.toThrow(/secret/);
  });
});

describe('an error for a value of the environment names the variable', () => {
  test.each([
    [
      'OPENAI_BASE_URL',
      'localhost:4010',
      /^OPENAI_BASE_URL must be an http\(s\) URL, not "localhost/,
    ],
    ['OPENAI_BASE_URL', 'https://a:secret@b.test', /^OPENAI_BASE_URL must not contain credentials/],
    ['OPENAI_ADMIN_KEY', 'secret\u20ac', /^The value of OPENAI_ADMIN_KEY has characters/],
    ['OPENAI_ORG_ID', 'secret\u20ac', /^The value of OPENAI_ORG_ID has characters/],
    ['OPENAI_PROJECT_ID', 'secret\u20ac', /^The value of OPENAI_PROJECT_ID has characters/],
    [
      'OPENAI_CUSTOM_HEADERS',
      'x y: secret',
      /^Invalid header name in OPENAI_CUSTOM_HEADERS: "x y"\.$/,
    ],
    [
      'OPENAI_CUSTOM_HEADERS',
      'x: secret\u20ac',
      /the header "x" in OPENAI_CUSTOM_HEADERS has char/,
    ],
  ])('%s=%s', (name, value, message) => {
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-env');
    vi.stubEnv(name, value);
    const make = () => new OrgClient();
    expect(make).toThrow(OrgClientError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/secret/);
  });
});

describe('a duration or size', () => {
  test.each([
    ['timeout', '3s', 'timeout must be a non-negative integer (milliseconds), not "3s".'],
    ['timeout', Number.NaN, 'timeout must be a non-negative integer (milliseconds), not NaN.'],
    ['timeout', -1, 'timeout must be a non-negative integer (milliseconds), not -1.'],
    ['timeout', {}, 'timeout must be a non-negative integer (milliseconds), not object.'],
    ['timeout', 5n, 'timeout must be a non-negative integer (milliseconds), not 5.'],
    ['maxRetryAfter', '', 'maxRetryAfter must be a non-negative integer (milliseconds), not "".'],
    [
      'maxResponseSize',
      '1MB',
      'maxResponseSize must be a non-negative integer (bytes), not "1MB".',
    ],
    ['maxRetries', '2', 'maxRetries must be a non-negative integer, not "2".'],
  ])('%s cannot be %o: the error has the unit', async (name, value, message) => {
    const options = { [name]: value } as object;
    expect(() => stubClient([], options)).toThrow(new OrgClientError(message));
    if (!/^(timeout|maxRetries)$/.test(name)) return;
    const error = await rejection(stubClient().users.retrieve('a', options));
    expect(error).toEqual(new OrgClientError(message));
  });
});

describe('the base address', () => {
  test.each([
    [undefined, undefined, 'https://api.openai.com/v1'],
    [null, undefined, 'https://api.openai.com/v1'],
    ['  ', undefined, 'https://api.openai.com/v1'],
    [undefined, ' http://env.test/v1 ', 'http://env.test/v1'],
    ['', 'http://env.test/v1', 'http://env.test/v1'],
    ['http://given.test/v1/', 'http://env.test/v1', 'http://given.test/v1/'],
    ['http://given.test', undefined, 'http://given.test'],
  ])('%j with the environment %j is %s', async (baseURL, environment, expected) => {
    vi.stubEnv('OPENAI_BASE_URL', environment);
    const { client, users, sent } = stubClient([], { baseURL });
    await users.list();
    expect(client.baseURL).toBe(expected);
    expect(sent[0]?.url.href).toBe(`${expected.replace(/\/$/, '')}/organization/users`);
  });

  test('may have a query, which goes with every request', async () => {
    const { users, sent } = stubClient([], { baseURL: 'http://api.test/v1?region=eu' });
    await users.list({ limit: 3 });
    expect(sent[0]?.url.search).toBe('?region=eu&limit=3');
  });

  test.each(['api.test/v1', '/v1', 'ftp://api.test', 'file:///etc/passwd', 'http://'])(
    '%s is refused with a sentence',
    (baseURL) => {
      expect(() => stubClient([], { baseURL })).toThrow(OrgClientError);
      expect(() => stubClient([], { baseURL })).toThrow(/baseURL must be an http\(s\) URL/);
    },
  );

  test('with credentials is refused, and does not show them', () => {
    const make = () => stubClient([], { baseURL: 'https://me:hunter2@api.test/v1' });
    expect(make).toThrow(/must not contain credentials/);
    expect(make).not.toThrow(/hunter2/);
    const broken = () => stubClient([], { baseURL: 'https://me:hunter2@' });
    expect(broken).toThrow(OrgClientError);
    expect(broken).not.toThrow(/hunter2/);
  });

  test.each([5, {}, true])('that is not a string (%j) is refused', (baseURL) => {
    const make = () => stubClient([], { baseURL: baseURL as unknown as string });
    expect(make).toThrow(OrgClientError);
    expect(make).toThrow(/baseURL must be an http\(s\) URL/);
  });
});

describe('organization and project', () => {
  test('come from the environment, and go into headers', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-env');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-env');
    const { client, users, sent } = stubClient([], { project: 'proj-given' });
    await users.list();
    expect(client).toMatchObject({ organization: 'org-env', project: 'proj-given' });
    expect(sent[0]?.headers.get('openai-organization')).toBe('org-env');
    expect(sent[0]?.headers.get('openai-project')).toBe('proj-given');
  });

  test('are not sent where they are null', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-env');
    const { users, sent } = stubClient([], { organization: null });
    await users.list();
    expect(sent[0]?.headers.has('openai-organization')).toBe(false);
    expect(sent[0]?.headers.has('openai-project')).toBe(false);
  });
});

describe('withOptions', () => {
  test('gives a changed copy and leaves the client alone', async () => {
    const { client, sent } = stubClient([], { timeout: 5, maxRetries: 1, organization: 'org-a' });
    const changed = client.withOptions({ maxRetries: 4, baseURL: 'http://other.test' });
    expect(changed).toMatchObject({ timeout: 5, maxRetries: 4, organization: 'org-a' });
    expect(client).toMatchObject({ maxRetries: 1, baseURL: 'https://api.openai.com/v1' });
    await changed.admin.organization.users.list();
    expect(sent[0]?.url.host).toBe('other.test');
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${adminAPIKey}`);
  });

  test('keeps what the environment said when the client was made', () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-then');
    const { client } = stubClient();
    vi.stubEnv('OPENAI_ORG_ID', 'org-now');
    expect(client.withOptions({}).organization).toBe('org-then');
  });

  test('puts an option back to its default by undefined', () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://env.test');
    const given = { timeout: 5, maxRetries: 1, organization: 'org-a', logLevel: 'off' as const };
    const { client } = stubClient([], { ...given, baseURL: 'http://given.test' });
    const cleared = client.withOptions({
      timeout: undefined,
      maxRetries: undefined,
      organization: undefined,
      logLevel: undefined,
      baseURL: undefined,
    });
    expect(cleared).toMatchObject({
      timeout: 600_000,
      maxRetries: 2,
      organization: null,
      logLevel: 'warn',
      baseURL: 'http://env.test',
    });
  });

  test('keeps a subclass, and the query of baseURL', async () => {
    class Mine extends OrgClient {
      readonly mine = true;
    }
    const { fetch, sent } = stubFetch();
    const client = new Mine({ adminAPIKey, fetch, baseURL: 'http://api.test?region=eu' });
    const changed: Mine = client.withOptions({ timeout: 5 });
    expect(changed).toBeInstanceOf(Mine);
    expect(changed.mine).toBe(true);
    await changed.admin.organization.users.list();
    expect(sent[0]?.url.search).toBe('?region=eu');
  });

  test('can take the key away', async () => {
    const { client, sent } = stubClient();
    await client.withOptions({ adminAPIKey: null }).admin.organization.users.list();
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });
});

describe('null', () => {
  test('is the default of timeout, maxRetries and maxResponseSize', async () => {
    const nothing = { timeout: null, maxRetries: null, maxResponseSize: null };
    const { client, users, sent } = stubClient([], nothing);
    expect(client).toMatchObject({ timeout: 600_000, maxRetries: 2, maxResponseSize: 64_000_000 });
    await users.list({}, { timeout: null, maxRetries: null });
    expect(sent).toHaveLength(1);
  });
});

describe('OPENAI_CUSTOM_HEADERS', () => {
  test('are sent with every request; defaultHeaders take precedence', async () => {
    vi.stubEnv(
      'OPENAI_CUSTOM_HEADERS',
      'X-Team: search\nX-Url: http://a:1\n\nno header\nx-own: env',
    );
    const { users, sent } = stubClient([], { defaultHeaders: { 'X-Own': 'given' } });
    await users.list();
    const { headers } = sent[0] ?? { headers: new Headers() };
    expect(headers.get('x-team')).toBe('search');
    expect(headers.get('x-url')).toBe('http://a:1');
    expect(headers.get('x-own')).toBe('given');
  });
});

describe('get', () => {
  test('reaches any path, with the query of the path and of the options', async () => {
    const { client, sent } = stubClient([json({ id: 'user_1' })], { defaultQuery: { a: 1 } });
    const user = await client.get<{ id: string }>('/organization/users/user_1?b=2&b=3', {
      query: { c: ['x', 'y'] },
    });
    expect(user.id).toBe('user_1');
    expect(sent[0]?.url.pathname).toBe('/v1/organization/users/user_1');
    expect([...(sent[0]?.url.searchParams ?? [])].sort()).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['b', '3'],
      ['c', 'x'],
      ['c', 'y'],
    ]);
  });

  test.each(['https://evil.test/steal', '//evil.test/steal', 'organization/users'])(
    'keeps the key where it belongs: %s',
    async (path) => {
      const { client, sent } = stubClient();
      await Promise.allSettled([client.get(path)]);
      expect(sent.filter(({ url }) => url.host !== 'api.openai.com')).toEqual([]);
    },
  );
});

describe('browsers', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64)';
  test.each([
    ['a page', { window: { document: {} }, navigator: { userAgent } }],
    ['a worker', { WorkerGlobalScope: class {}, navigator: { userAgent } }],
  ])('%s must be allowed', async (_, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    expect(() => new OrgClient({ adminAPIKey })).toThrow(/dangerouslyAllowBrowser/);
    const { users, sent } = stubClient([], { dangerouslyAllowBrowser: true });
    await users.list();
    expect(sent[0]?.headers.has('user-agent')).toBe(false);
  });

  test.each<[string, ClientOptions]>([
    ['a `fetch` of its own, such as that of a mock', { fetch: stubFetch().fetch }],
    ['a server on this machine', { baseURL: 'http://localhost:4010/v1' }],
    ['a server on this machine', { baseURL: 'http://127.0.0.1:4010' }],
    ['a server on this machine', { baseURL: 'http://[::1]/v1' }],
  ])('a client with %s has nothing to guard', (_, options) => {
    vi.stubGlobal('window', { document: {} });
    vi.stubGlobal('navigator', { userAgent });
    expect(() => new OrgClient({ adminAPIKey, ...options })).not.toThrow();
  });

  test.each(['http://localhost.evil.test', 'http://127.0.0.1.evil.test', '/proxy'])(
    'a client of %s has',
    (baseURL) => {
      vi.stubGlobal('window', { document: {} });
      vi.stubGlobal('navigator', { userAgent });
      vi.stubGlobal('location', { href: 'http://localhost:5173/' });
      expect(() => new OrgClient({ adminAPIKey, baseURL })).toThrow(/dangerouslyAllowBrowser/);
    },
  );

  test('a relative baseURL is relative to the page', async () => {
    vi.stubGlobal('window', { document: {} });
    vi.stubGlobal('navigator', { userAgent });
    vi.stubGlobal('location', { href: 'https://app.test/team/?tab=1' });
    const { client, sent } = stubClient([], { baseURL: '/proxy', adminAPIKey: null });
    await client.admin.organization.users.list();
    expect(sent[0]?.url.href).toBe('https://app.test/proxy/organization/users');
  });

  test('a server runtime that has some of the same globals is not a browser', () => {
    vi.stubGlobal('WorkerGlobalScope', class {});
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    expect(() => stubClient()).not.toThrow();
  });

  test('works without `process`', () => {
    vi.stubGlobal('process', undefined);
    expect(() => stubClient()).not.toThrow();
    expect(() => new OrgClient()).toThrow(/key is missing/);
  });
});

test('a global fetch that is replaced after the client was made is the one that sends', async () => {
  const client = new OrgClient({ adminAPIKey });
  const replaced = vi.fn(async () => Response.json({ object: 'list', data: [], has_more: false }));
  vi.stubGlobal('fetch', replaced);
  await client.admin.organization.users.list();
  expect(replaced).toHaveBeenCalledOnce();
});

test('no global fetch and none given is said at once', () => {
  vi.stubGlobal('fetch', undefined);
  expect(() => new OrgClient({ adminAPIKey })).toThrow(/No global `fetch`/);
});

test.each([
  ['fetch', 'node-fetch', '"node-fetch"'],
  ['fetch', '', '""'],
  ['fetch', {}, 'object'],
  ['onRetry', true, 'true'],
])('%s: %j is refused, since it is not a function', (name, value, shown) => {
  expect(() => new OrgClient({ adminAPIKey, [name]: value })).toThrow(
    `${name} must be a function, not ${shown}.`,
  );
});

test('a fetch or an onRetry of null is ignored', () => {
  expect(() => stubClient([], { onRetry: null as never })).not.toThrow();
  expect(() => new OrgClient({ adminAPIKey, fetch: null as never })).not.toThrow();
});

test('a bad arrayFormat is refused', () => {
  expect(() => stubClient([], { arrayFormat: 'comma' as 'repeat' })).toThrow(
    /'repeat' or 'brackets'/,
  );
});

test('fetch is called with the address as text, and the options of both levels', async () => {
  const { fetch } = stubFetch(pages(['a'], ['b']));
  const spy = vi.fn(fetch);
  const { users } = stubClient([], {
    fetch: spy,
    fetchOptions: { cache: 'no-store', mode: 'cors' },
  });
  await collect(users.list({}, { fetchOptions: { cache: 'reload' } }));
  for (const [url, init] of spy.mock.calls) {
    expect(url).toBeTypeOf('string');
    expect(init).toMatchObject({ method: 'GET', cache: 'reload', mode: 'cors' });
  }
  expect(spy).toHaveBeenCalledTimes(2);
});
