import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { call, document, type Json, object, ref, text } from './support/document.ts';
import {
  type Answer,
  compile,
  type GeneratedClient,
  generateClient,
  listen,
} from './support/generated-client.ts';

// A generated client on a server: what arrives of the keys for each way to ask for them.

const secured = (id: string, security?: Json[]): Json => ({
  get: call(id, { gives: ref('Book'), ...(security && { security }) }),
});

const spec = document(
  {
    '/usual': secured('keys.usual'),
    '/none': secured('keys.none', []),
    '/bearer': secured('keys.bearer', [{ token: [] }]),
    '/oauth': secured('keys.oauth', [{ oauth: ['read'] }]),
    '/basic': secured('keys.basic', [{ login: [] }]),
    '/query': secured('keys.query', [{ query_key: [] }]),
    '/both': secured('keys.both', [{ api_key: [], query_key: [] }]),
    '/either': secured('keys.either', [{ token: [] }, { api_key: [] }]),
    '/rather': secured('keys.rather', [{ api_key: [] }, { token: [] }]),
    '/apart': secured('keys.apart', [{ token: [] }, { oauth: [] }]),
    '/maybe': secured('keys.maybe', [{ token: [] }, {}]),
    '/tenant': {
      get: {
        ...call('keys.tenant', { gives: ref('Book') }),
        parameters: [
          {
            ...{ name: 'X-Tenant', in: 'header', required: true, schema: text },
            'x-client': { option: 'tenant', env: 'ACME_TENANT' },
          },
        ],
      },
    },
    '/cookie': secured('keys.cookie', [{ session: [] }, { api_key: [] }]),
  },
  {
    Book: object({ id: text }),
    ErrorObject: object({ message: text, type: text, param: text, code: text }),
  },
  {
    security: [{ api_key: [] }],
    'x-client': { env: 'ACME', headers: { region: { name: 'X-Region', env: 'ACME_REGION' } } },
  },
);
Object.assign(spec['components'] as Json, {
  securitySchemes: {
    api_key: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Acme',
      description: 'The key of a shop',
      'x-client': { option: 'shop', env: 'ACME_SHOP' },
    },
    query_key: { type: 'apiKey', in: 'query', name: 'k' },
    token: { type: 'http', scheme: 'Bearer' },
    oauth: { type: 'oauth2', flows: {} },
    login: { type: 'http', scheme: 'basic' },
    session: { type: 'apiKey', in: 'cookie', name: 's' },
    unused: { type: 'http', scheme: 'bearer' },
  },
});

let generated: GeneratedClient;
beforeAll(async () => {
  generated = await generateClient(spec);
});

const keys = {
  shop: 'shop-secret-1',
  queryKey: 'query secret&2',
  token: 'token-secret-3',
  oauth: 'oauth-secret-4',
  login: 'ann:päss:wörd',
};

async function open(options: Json, answer: Answer = () => ({ body: { id: 'a' } })) {
  const { origin, requests } = await listen(answer);
  const { default: Client } = generated.module;
  const client = new Client({ baseURL: origin, maxRetries: 0, logLevel: 'off', ...options });
  const sent = () =>
    requests.map(({ url, headers }) => ({
      url,
      ...(headers['x-acme'] !== undefined && { shop: headers['x-acme'] }),
      ...(headers.authorization !== undefined && { authorization: headers.authorization }),
    }));
  return { client, requests, sent };
}

const basic = `Basic ${Buffer.from(keys.login).toString('base64')}`;

describe('with every key', () => {
  test.each<[string, object]>([
    ['usual', { url: '/usual', shop: keys.shop }],
    ['none', { url: '/none' }],
    ['bearer', { url: '/bearer', authorization: `Bearer ${keys.token}` }],
    ['oauth', { url: '/oauth', authorization: `Bearer ${keys.oauth}` }],
    ['basic', { url: '/basic', authorization: basic }],
    ['query', { url: '/query?k=query%20secret%262' }],
    ['both', { url: '/both?k=query%20secret%262', shop: keys.shop }],
    ['either', { url: '/either', authorization: `Bearer ${keys.token}` }],
    ['maybe', { url: '/maybe', authorization: `Bearer ${keys.token}` }],
    ['cookie', { url: '/cookie', shop: keys.shop }],
  ])('%s sends what the operation takes, and no other key', async (name, request) => {
    const { client, sent } = await open(keys);
    await client.keys[name]();
    expect(sent()).toEqual([request]);
  });
});

test('of alternatives, the first one whose keys are there is sent', async () => {
  const { client, sent } = await open({ shop: keys.shop });
  await client.keys.either();
  await client.keys.maybe();
  expect(sent()).toEqual([{ url: '/either', shop: keys.shop }, { url: '/maybe' }]);
});

test('a key that is passed comes before one of the environment', async () => {
  vi.stubEnv('ACME_SHOP', 'from-env');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { client, sent } = await open({ token: keys.token });
  await client.keys.rather();
  await client.keys.usual();
  expect(sent()).toEqual([
    { url: '/rather', authorization: `Bearer ${keys.token}` },
    { url: '/usual', shop: 'from-env' },
  ]);
});

test('a missing key is named with all alternatives', async () => {
  const { client } = await open({ shop: keys.shop });
  await expect(client.keys.apart()).rejects.toThrow(
    'The key is missing. Pass it as `new LibraryClient({ token })`, or `new LibraryClient({ oauth })`; to send no key, pass `token: null`.',
  );
});

test('a key that is missing fails the call before anything is sent', async () => {
  const { client, requests } = await open({ shop: keys.shop });
  await expect(client.keys.bearer()).rejects.toThrow(
    'The key is missing. Pass it as `new LibraryClient({ token })`; to send no key, pass `token: null`.',
  );
  await expect(client.keys.both()).rejects.toThrow('`new LibraryClient({ shop, queryKey })`');
  expect(requests).toEqual([]);
});

test('a key that the whole API takes is needed at construction, or null', async () => {
  const { default: Client } = generated.module;
  const baseURL = 'http://127.0.0.1:1';
  expect(() => new Client({ baseURL })).toThrow('`new LibraryClient({ shop })` or set ACME_SHOP;');
  expect(() => new Client({ baseURL, shop: 5 })).toThrow('shop must be a string, a function');
  const { client, sent } = await open({ shop: null });
  await client.keys.usual();
  expect(sent()).toEqual([{ url: '/usual' }]);
});

test('the environment has the key that the document names', async () => {
  vi.stubEnv('ACME_SHOP', 'from-env');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { client, sent } = await open({});
  await client.keys.usual();
  expect(sent()).toEqual([{ url: '/usual', shop: 'from-env' }]);
});

test('a function is asked for each attempt', async () => {
  let count = 0;
  const { client, sent } = await open(
    {
      shop: () => {
        count += 1;
        return `key-${count}`;
      },
      maxRetries: 1,
    },
    ({ headers }) => ({ body: { id: 'a' }, status: headers['x-acme'] === 'key-1' ? 503 : 200 }),
  );
  await client.keys.usual();
  expect(sent().map(({ shop }) => shop)).toEqual(['key-1', 'key-2']);
});

test("a caller's own header or parameter comes first", async () => {
  const { client, sent } = await open(keys);
  await client.keys.usual({ headers: { 'x-acme': 'own' } });
  await client.keys.bearer({ headers: { Authorization: null } });
  await client.keys.query({ query: { k: 'own' } });
  expect(sent()).toEqual([
    { url: '/usual', shop: 'own' },
    { url: '/bearer' },
    { url: '/query?k=own' },
  ]);
});

test('paths without a method take the keys of the whole API', async () => {
  const { client, sent } = await open(keys);
  await client.get('/anything');
  expect(sent()).toEqual([{ url: '/anything', shop: keys.shop }]);
});

test('keys do not follow a redirect to another origin', async () => {
  const other = await listen(() => ({ body: { id: 'b' } }));
  const { client } = await open(keys, ({ url }) => ({
    body: {},
    status: 307,
    headers: { location: `${other.origin}${url.split('?')[0]}` },
  }));
  for (const name of ['usual', 'basic', 'query', 'both']) await client.keys[name]();
  expect(other.requests).toHaveLength(4);
  for (const { url, headers } of other.requests) {
    expect(`${url} ${JSON.stringify(headers)}`).not.toMatch(/secret|Basic/);
  }
});

test.each(['usual', 'basic', 'query', 'both'])(
  'an error and the log of %s show no key that a server sends back',
  async (name) => {
    const lines: unknown[] = [];
    const log = (...line: unknown[]) => void lines.push(...line);
    const logger = { debug: log, info: log, warn: log, error: log };
    const { client } = await open({ ...keys, logger, logLevel: 'debug' }, ({ url, headers }) => ({
      body: { error: { message: `${url} ${decodeURIComponent(url)} ${JSON.stringify(headers)}` } },
      status: 401,
      headers: { 'x-request-id': String(headers['x-acme'] ?? headers.authorization ?? url) },
    }));
    const error = await client.keys[name]().catch((reason: Error) => reason);
    expect(error.name).toBe('AuthenticationError');
    const shown = `${error.stack} ${error.url} ${JSON.stringify(error)} ${[...error.headers]} ${JSON.stringify(lines)}`;
    for (const secret of [keys.shop, keys.queryKey, 'päss:wörd', basic.slice(6), 'secret%262']) {
      expect(shown).not.toContain(secret);
    }
  },
);

test('headers of every request are options, and the environment has its own names', async () => {
  const { client, requests } = await open({ ...keys, region: 'eu' });
  await client.keys.usual();
  expect(client.region).toBe('eu');
  const env = { ACME_REGION: 'us', ACME_CUSTOM_HEADERS: 'X-More: 1', OPENAI_ORG_ID: 'org' };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const other = await open(keys);
  await other.client.keys.usual();
  expect([...requests, ...other.requests].map(({ headers }) => headers)).toMatchObject([
    { 'x-region': 'eu' },
    { 'x-region': 'us', 'x-more': '1' },
  ]);
  expect(other.requests[0]?.headers).not.toHaveProperty('openai-organization');
  expect(other.client).not.toHaveProperty('organization');
});

test('a header parameter that is an option of the client goes out with every request', async () => {
  const { client, requests } = await open({ ...keys, tenant: 'north' });
  await client.keys.tenant();
  expect(requests.map(({ headers }) => headers['x-tenant'])).toEqual(['north']);
});

test('the address may come from the environment, and a level that is none is named after it', async () => {
  const { default: Client } = generated.module;
  vi.stubEnv('ACME_BASE_URL', 'https://env.test/v1');
  vi.stubEnv('ACME_LOG', 'loud');
  vi.stubEnv('OPENAI_BASE_URL', 'https://api.openai.com/v1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const warn = vi.fn();
  const logger = { warn, debug: warn, info: warn, error: warn };
  expect(new Client({ ...keys, logger }).baseURL).toBe('https://env.test/v1');
  expect(warn.mock.calls.flat().join()).toContain('ACME_LOG is ignored');
});

test('a name and a password need a colon between them', async () => {
  const { client, requests } = await open({ ...keys, login: 'secret-name' });
  const error = await client.keys.basic().catch((reason: Error) => reason);
  expect(error).toMatchObject({ message: expect.stringContaining('`name:password`') });
  expect(String(error)).not.toContain('secret-name');
  expect(requests).toEqual([]);
});

test('the client compiles, and has an option for each key that operations take', () => {
  const program = `
new Client({ region: 'eu', tenant: 'north', shop: 'a', queryKey: null, token: async () => 'b', oauth: 'c', login: 'd:e' });
// @ts-expect-error: no operation takes it.
new Client({ unused: 'a' });
// @ts-expect-error: of another API.
new Client({ organization: 'a' });
// @ts-expect-error: the client cannot send it.
new Client({ session: 'a' });`;
  expect(compile(generated, program)).toEqual([]);
});
