import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { APIError, type FetchOptions } from '../src/index.ts';
import { answer, ScriptedServer } from './support/scripted-server.ts';
import {
  type Answer,
  collect,
  failure,
  json,
  page,
  rejection,
  stubClient,
} from './support/stub.ts';

const echo = (error: object, init: ResponseInit = {}) => json({ error }, { status: 401, ...init });

/** All that an error shows to whoever prints it. */
function shown(error: Error): string {
  const headers = error instanceof APIError ? JSON.stringify([...(error.headers ?? [])]) : '';
  const causes = inspect(error, { depth: 12, showHidden: true });
  return [causes, JSON.stringify(error), error.message, error.stack, headers].join('\n');
}

async function failed(answers: Answer[], options = {}, own = {}) {
  return rejection(collect(stubClient(answers, { maxRetries: 0, ...options }).users.list({}, own)));
}

describe('every secret that was sent is masked if a server sends it back', () => {
  const credentials: [string, object, object, string][] = [
    ['the key', { adminAPIKey: 'sk-admin-0123456789' }, {}, 'sk-admin-0123456789'],
    [
      "the caller's own Authorization",
      {},
      { headers: { Authorization: 'Bearer own-token-abcdef' } },
      'own-token-abcdef',
    ],
    [
      'basic credentials',
      { defaultHeaders: { authorization: 'Basic dXNlcjpwdw==' } },
      {},
      'dXNlcjpwdw==',
    ],
    ['a proxy key', { defaultHeaders: { 'x-api-key': 'gateway-key-1' } }, {}, 'gateway-key-1'],
    ['a cookie', { defaultHeaders: { cookie: 'a=b; session=abcdef123' } }, {}, 'abcdef123'],
  ];

  test.each(credentials)('%s', async (_, options, own, secret) => {
    const places: Answer[] = [
      echo({ message: `Wrong: ${secret}!`, [secret]: { deep: [secret] } }),
      echo({ message: 'no', code: secret, type: secret, param: secret }),
      json({}, { status: 400, headers: { 'x-echo': `<${secret}>` } }),
      () => new Response(`<p>${secret}</p>`, { status: 500 }),
      () => new Response(`{"${secret}`),
      json(page([], { has_more: true, last_id: secret })),
    ];
    for (const place of places) {
      expect(shown(await failed([place], options, own))).not.toContain(secret);
    }
  });

  test('the key of an attempt before the last, after a rotation', async () => {
    const keys = ['sk-admin-before-1234', 'sk-admin-after-5678'];
    const answers = [
      failure(500),
      echo({ message: 'sk-admin-before-1234 and sk-admin-after-5678' }),
    ];
    const adminAPIKey = () => keys.shift() ?? '';
    const error = await failed(answers, { adminAPIKey, maxRetries: 1 });
    expect(error.message).toBe('401 *** and ***');
  });

  test('in the error of a failed connection, which keeps name, code and message', async () => {
    const secret = 'sk-admin-secret-0123456789';
    const parser = Object.assign(new Error(`Bad header: ${secret}`), {
      name: 'HTTPParserError',
      code: 'HPE_INVALID_HEADER_TOKEN',
      data: `authorization: Bearer ${secret}`,
    });
    const error = await failed([Object.assign(new TypeError('fetch failed'), { cause: parser })]);
    expect(error).toMatchObject({
      name: 'APIConnectionError',
      message: 'Connection error.',
      cause: {
        name: 'TypeError',
        message: 'fetch failed',
        cause: {
          name: 'HTTPParserError',
          code: 'HPE_INVALID_HEADER_TOKEN',
          message: 'Bad header: ***',
        },
      },
    });
    expect((error.cause as Error).cause).not.toHaveProperty('data');
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(shown(error)).not.toContain(secret);
  });

  test("the cause of an abort is the caller's own reason, untouched", async () => {
    const reason = new DOMException('sk-admin-secret-0123456789', 'AbortError');
    const error = await failed([json(page())], {}, { signal: AbortSignal.abort(reason) });
    expect(error.cause).toBe(reason);
  });
});

describe('masking does not garble', () => {
  const unauthorized = {
    message: 'The admin key is missing or unknown.',
    type: 'invalid_request_error',
    param: 'api_key',
    code: 'invalid_api_key',
  };

  test.each(['k', 'key', 'e', 'admin', 'api_key_1', 'invalid_api'])(
    'an error of the API, with the key %j',
    async (adminAPIKey) => {
      const error = await failed([echo(unauthorized)], { adminAPIKey });
      const words = unauthorized.message.split(/[\s.]/);
      const message = words.includes(adminAPIKey)
        ? unauthorized.message.replace(adminAPIKey, '***')
        : unauthorized.message;
      expect(error).toMatchObject({ ...unauthorized, message: `401 ${message}` });
    },
  );

  test('a key is masked in an identifier as part of a word as well, unless it may be a word itself', async () => {
    const error = await failed(
      [echo({ ...unauthorized, code: 'bad sk-admin-1 given', param: 'xsk-admin-1' })],
      {
        adminAPIKey: 'sk-admin-1',
      },
    );
    expect(error).toMatchObject({ code: 'bad *** given', param: 'x***' });
  });

  test('the UUID of an Idempotency-Key stays readable', async () => {
    const { client } = stubClient([
      ({ headers }) => echo({ message: headers.get('idempotency-key') }),
    ]);
    const error = await rejection(client.post('/x', { idempotencyKey: 'order-12345' }));
    expect(error.message).toBe('401 order-12345');
  });
});

describe('the key goes to the origin of baseURL, and nowhere else', () => {
  test.each([
    '.evil.example/x',
    '@evil.example/x',
    ':8443/x',
    '//evil.example/x',
    '\\\\evil.example\\x',
    'https://evil.example/x',
    '?x',
    '',
  ])('with the path %j', async (path) => {
    const { client, sent } = stubClient([json({})], { baseURL: 'https://api.test' });
    await client.get(path).catch(() => {});
    for (const { url } of sent) expect(url.origin).toBe('https://api.test');
  });

  test('whatever stands in fetchOptions', async () => {
    const { client, sent } = stubClient([json({})]);
    const fetchOptions = {
      baseUrl: 'https://evil.example',
      method: 'DELETE',
      headers: { authorization: 'evil' },
      body: 'x',
      fetch: () => {
        throw new Error('called');
      },
      params: { query: { evil: '1' } },
      middleware: [{ onRequest: () => new Response('evil') }],
    } as FetchOptions;
    await client.get('/x', { fetchOptions });
    await client.withOptions({ fetchOptions }).get('/x');
    expect(sent).toHaveLength(2);
    for (const { url, init, headers } of sent) {
      expect(url.href).toBe('https://api.openai.com/v1/x');
      expect(init.method).toBe('GET');
      expect(init.body).toBe(null);
      expect(headers.get('authorization')).toBe('Bearer sk-admin-secret-0123456789');
    }
  });

  test('a defaultBaseURL gets the key that the call gives it, and no other', async () => {
    const { client, sent } = stubClient([json({})]);
    const elsewhere = { defaultBaseURL: 'https://eu.test/v1/' };
    await client.get('/x', elsewhere);
    await client.get('/x', { ...elsewhere, headers: { authorization: 'Bearer eu' } });
    await client.withOptions({ baseURL: 'https://own.test' }).get('/x', elsewhere);
    expect(sent.map(({ url }) => url.href)).toEqual([
      'https://eu.test/v1/x',
      'https://eu.test/v1/x',
      'https://own.test/x',
    ]);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      'Bearer eu',
      'Bearer sk-admin-secret-0123456789',
    ]);
  });
});

describe('a redirect', () => {
  const personal = {
    organization: 'org-1',
    project: 'proj_1',
    defaultHeaders: { 'x-tenant': 'secret-tenant', cookie: 'a=1' },
  };

  async function redirected(
    status: number,
    to: (server: ScriptedServer) => string,
    method = 'get',
  ) {
    const [home, elsewhere] = await Promise.all([
      new ScriptedServer().start(),
      new ScriptedServer().start(),
    ]);
    try {
      home.play(answer(status, '', { location: to(elsewhere) }), answer(200, {}));
      elsewhere.play(answer(200, {}));
      const options = { ...personal, fetch: globalThis.fetch, baseURL: `${home.origin}/v1` };
      const { client } = stubClient([], options);
      const { response } = await client[method as 'post']('/x', {
        ...(method === 'get' ? {} : { body: { a: 1 } }),
      }).withResponse();
      return { home: home.requests, elsewhere: elsewhere.requests, response };
    } finally {
      await Promise.all([home.stop(), elsewhere.stop()]);
    }
  }

  test.each([301, 302, 303, 307, 308])(
    "with status %i to another origin carries none of the caller's headers",
    async (status) => {
      const { elsewhere } = await redirected(status, ({ origin }) => `${origin}/there`);
      const { headers, url, method } = elsewhere[0] ?? { headers: {} };
      expect([method, url]).toEqual(['GET', '/there']);
      for (const name of ['authorization', 'cookie', 'x-tenant', 'openai-organization']) {
        expect(headers).not.toHaveProperty(name);
      }
      expect(headers).not.toHaveProperty('openai-project');
      expect(headers.accept).toBe('application/json');
    },
  );

  test('to the same origin keeps them', async () => {
    const { home, response } = await redirected(307, () => '/v1/there');
    expect(home[1]?.headers).toMatchObject({
      authorization: 'Bearer sk-admin-secret-0123456789',
      'x-tenant': 'secret-tenant',
      'openai-organization': 'org-1',
    });
    expect(response.url).toMatch(/\/v1\/there$/);
  });

  test.each([
    [301, 'post', 'GET'],
    [302, 'post', 'GET'],
    [303, 'post', 'GET'],
    [303, 'patch', 'GET'],
    [301, 'patch', 'PATCH'],
    [307, 'post', 'POST'],
    [308, 'delete', 'DELETE'],
  ])('with status %i makes of a %s a %s, as the Fetch Standard says', async (status, from, to) => {
    const { home } = await redirected(status, () => '/v1/there', from);
    expect(home[1]?.method).toBe(to);
    expect(home[1]?.headers['content-type']).toBe(to === 'GET' ? undefined : 'application/json');
  });

  test.each(['file:///etc/passwd', 'http://', 'javascript:alert(1)'])(
    'to %s is a failed connection',
    async (location) => {
      const { users, sent } = stubClient(
        [() => new Response(null, { status: 302, headers: { location } })],
        { maxRetries: 0 },
      );
      expect((await rejection(users.list())).name).toBe('APIConnectionError');
      expect(sent).toHaveLength(1);
    },
  );

  test('without an end is a failed connection, too', async () => {
    const { users, sent } = stubClient(
      [() => new Response(null, { status: 302, headers: { location: '/again' } })],
      { maxRetries: 0 },
    );
    expect((await rejection(users.list())).name).toBe('APIConnectionError');
    expect(sent).toHaveLength(21);
  });

  test('is left alone where the caller says so', async () => {
    const { users, sent } = stubClient([
      () => new Response(null, { status: 302, headers: { location: '/x' } }),
    ]);
    const error = await rejection(users.list({}, { fetchOptions: { redirect: 'manual' } }));
    expect(error).toMatchObject({ name: 'APIError', status: 302 });
    expect(sent).toHaveLength(1);
  });
});

test('no value adds a line to the headers, and nothing is sent', async () => {
  const line = 'a\r\nx-evil: 1';
  const { client, sent } = stubClient([json({})]);
  for (const options of [{ idempotencyKey: line }, { headers: { 'x-a': line } }]) {
    const error = await rejection(client.post('/x', options));
    expect(error.name).toBe('OrgClientError');
    expect(error.message).not.toContain('evil');
  }
  expect(sent).toEqual([]);
});

test('a key is masked in every form in which a server may send it back', async () => {
  const key = 'sk/admin+"0123456789&<\'>';
  const lower = encodeURIComponent(key).replace(/%../g, (code) => code.toLowerCase());
  const forms = [
    key,
    encodeURIComponent(key),
    lower,
    encodeURIComponent(encodeURIComponent(key)),
    JSON.stringify(key).slice(1, -1),
    'sk/admin+&quot;0123456789&amp;&lt;&#39;&gt;',
    btoa(key),
    btoa(`${key}!`),
  ];
  const body = {
    error: { message: forms.join(' '), code: `unknown_${key}`, type: key, param: `x${key}` },
  };
  const error = await rejection(
    stubClient([json(body, { status: 400 })], { adminAPIKey: key }).users.list(),
  );
  const shown = [
    error.message,
    error['code'],
    error['type'],
    error['param'],
    JSON.stringify(error),
  ];
  for (const form of [...forms.slice(0, 6), btoa(key).slice(0, 20)]) {
    expect(shown.join()).not.toContain(form);
  }
  expect(error['code']).toBe('unknown_***');
});

test('a secret in the query is masked if a server sends it back', async () => {
  const body = { error: { message: 'Bad hidden/value1.' } };
  const error = await rejection(
    stubClient([json(body, { status: 400 })]).users.list(
      {},
      { query: { api_key: 'hidden/value1' } },
    ),
  );
  expect(error.message).toBe('400 Bad ***.');
});
