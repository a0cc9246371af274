import { request as httpRequest, type IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type MockServer, type ServerOptions, startMock } from '../src/index.ts';
import { bodyOf } from './support/ask.ts';
import { open } from './support/sockets.ts';

const headers = { authorization: 'Bearer sk-admin-test' };
let mock: MockServer;
const start = async (options: ServerOptions = {}) => {
  mock = await startMock({ data: { users: 30 }, ...options });
  return mock;
};
const get = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, mock.url), { ...init, headers: { ...headers, ...(init.headers as object) } });

afterEach(() => mock.close());

/** Writes bytes to the socket, and reads until the server closes or has answered and fallen silent. */
function exchange(bytes: string | Uint8Array, end = true): Promise<string> {
  const { socket, closed } = open(mock.url);
  if (end) socket.end(bytes);
  else socket.write(bytes);
  return closed;
}

describe('the server', () => {
  test('listens on the loopback interface only, and its url is usable as a baseURL', async () => {
    await start();
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const response = await fetch(`${mock.url}/organization/users`, { headers });
    expect(response.status).toBe(200);
    expect((await get('/organization/users')).status).toBe(200);
  });

  test('gives the same bytes as the fetch in process', async () => {
    await start();
    for (const search of ['', '?limit=3', '?limit=0', '?after=none']) {
      const path = `/v1/organization/users${search}`;
      const [there, here] = [await get(path), await mock.fetch(path, { headers })];
      expect(there.status).toBe(here.status);
      expect(await there.text()).toBe(await here.text());
    }
  });

  test.each([
    '/v1/projects/../organization/users?limit=1',
    '/v1/./organization/%2e%2E/organization/users?limit=1',
    '/../../v1/organization/users?limit=1&x=/../',
    '/v1/organization/users/..',
  ])('and the fetch in process find the same operation at %s', async (path) => {
    await start();
    const there = await fetch(new URL(mock.url).origin + path, { headers });
    const here = await mock.fetch(`https://api.test${path}`, { headers });
    expect([here.status, await here.text()]).toEqual([there.status, await there.text()]);
  });

  test('reads a body with a byte order mark, as `fetch` in process does', async () => {
    await start();
    const [user] = mock.data.users.list();
    const path = `/v1/organization/users/${user?.id}`;
    const body = new TextEncoder().encode('\ufeff{"role":"owner"}');
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await get(path, init)).status).toBe(200);
    const there = { ...init, headers: { ...headers, ...init.headers } };
    expect((await mock.fetch(path, there)).status).toBe(200);
  });

  test('a port that is taken is an error', async () => {
    await start();
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('close ends open connections, and calls after it are refused', async () => {
    await start({ latency: 60_000 });
    const call = get('/organization/users').catch((error: Error) => error);
    await new Promise((arrived) => setTimeout(arrived, 100));
    await mock.close();
    expect(await call).toBeInstanceOf(TypeError);
    await expect(get('/organization/users')).rejects.toThrow();
    await expect(mock.fetch('/organization/users')).rejects.toThrow('closed');
  });

  test('await using closes it', async () => {
    let url = '';
    {
      await using scoped = await startMock();
      url = scoped.url;
    }
    await expect(fetch(url)).rejects.toThrow();
    await start();
  });

  test('a body that is too large is a 413, whether it says its length or not', async () => {
    await start();
    const body = 'x'.repeat(1024 * 1024 + 1);
    const known = await get('/organization/users', { method: 'POST', body });
    expect(known.status).toBe(413);
    expect((await bodyOf(known)).error.message).toContain('larger than');
    const chunked = `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n100001\r\n${body}\r\n0\r\n\r\n`;
    expect(await exchange(chunked, false)).toMatch(/^HTTP\/1\.1 413/);
  });

  test('a head that is too large is a 431', async () => {
    await start();
    const request = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`;
    expect(await exchange(request)).toMatch(/^HTTP\/1\.1 431 .*\r\n/);
  });

  test.each(['/%', '/%E0%A4%A', '//', '/a//b', '/..', '/organization/users?%', '/?a=%zz', '*'])(
    'the target %s is not answered with a 5xx',
    async (target) => {
      await start();
      const answer = await exchange(
        `GET ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 (200|40\d)/);
    },
  );

  test('no bytes on the socket make it fail, or hang', async () => {
    await start();
    const valid = `GET /v1/organization/users HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n`;
    const mutated = fc
      .tuple(fc.nat(valid.length - 1), fc.uint8Array({ maxLength: 12 }), fc.nat(5))
      .map(([at, bytes, dropped]) =>
        Buffer.concat([
          Buffer.from(valid.slice(0, at)),
          bytes,
          Buffer.from(valid.slice(at + dropped)),
        ]),
      );
    const noise = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, mutated, noise), async (bytes) => {
        expect(await exchange(bytes)).not.toMatch(/^HTTP\/1\.1 5/);
      }),
      { numRuns: 200 },
    );
    expect((await get('/organization/users')).status).toBe(200);
  });

  test('a caller who leaves early does no harm', async () => {
    await start({ latency: 20 });
    const controller = new AbortController();
    const call = get('/organization/users', { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(call).rejects.toThrow();
    expect((await get('/organization/users')).status).toBe(200);
  });
});

describe('faults that need a socket', () => {
  /** The answer by node:http, which tells a cut body from a whole one. */
  const raw = (signal?: AbortSignal) =>
    new Promise<{ response: IncomingMessage; text: string; whole: boolean }>((resolve, reject) => {
      const sent = httpRequest(`${mock.url}/organization/users`, { headers });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('error', () => {});
        response.on('close', () => resolve({ response, text, whole: response.complete }));
        signal?.addEventListener('abort', () => response.destroy());
      });
      sent.end();
    });

  test('reset', async () => {
    await start();
    mock.fail({ connection: 'reset', times: 1 });
    await expect(raw()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await raw()).whole).toBe(true);
  });

  test('cut', async () => {
    await start();
    mock.fail({ connection: 'cut' });
    const { response, text, whole } = await raw();
    expect(response.statusCode).toBe(200);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(Number(response.headers['content-length']));
    expect(whole).toBe(false);
  });

  test('stall', async () => {
    await start();
    mock.fail({ connection: 'stall' });
    const { text, whole } = await raw(AbortSignal.timeout(200));
    expect(text.length).toBeGreaterThan(0);
    expect(whole).toBe(false);
  });

  test('malformed', async () => {
    await start();
    mock.fail({ body: 'malformed' });
    const { text, whole } = await raw();
    expect(whole).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });
});

describe('pages of other origins', () => {
  const named = 'https://app.example.com';
  const foreign = 'http://page.test';
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-custom',
    },
  });

  test.each([
    ['on loopback', 'http://localhost:5173', true],
    ['on loopback, by another name', 'http://127.0.0.1:3000', true],
    ['that are named', named, [named]],
    ['on loopback, though another one is named', 'http://[::1]:80', [named]],
    ['of any name, where all are allowed', foreign, ['*']],
    ['from files, where these are named', 'null', ['null']],
  ] as const)('%s may call the mock, and read the request id', async (_, origin, cors) => {
    await start({ cors });
    const asked = await get('/v1/organization/users', preflight(origin));
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization,x-custom');
    const answer = await get('/v1/organization/users?limit=0', { headers: { origin } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    // For pages that call with `credentials: 'include'`.
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  test.each([
    ['a foreign origin', foreign, true],
    ['a foreign origin, though another one is named', foreign, [named]],
    ['a name that only begins like loopback', 'http://localhost.evil.example', true],
    ['an origin without a name', 'null', true],
    ['loopback, where cors is off', 'http://localhost:5173', false],
  ] as const)('of %s are refused before anything happens', async (_, origin, cors) => {
    await start({ cors, data: { users: 3 } });
    const id = mock.data.users.list()[0]?.id;
    const deleted = await get(`/v1/organization/users/${id}`, {
      method: 'DELETE',
      headers: { origin },
    });
    expect(deleted.status).toBe(403);
    expect(deleted.headers.get('access-control-allow-origin')).toBeNull();
    expect((await bodyOf(deleted)).error.message).toContain(JSON.stringify(origin));
    expect((await get('/v1/organization/users', preflight(origin))).status).toBe(403);
    expect([mock.data.users.size, mock.requests]).toEqual([3, []]);
  });

  test('that make a browser fetch without an origin are refused, programs are not', async () => {
    await start();
    const site = (headers: Record<string, string>) =>
      get('/v1/organization/users', { headers }).then(({ status }) => status);
    expect(await site({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await site({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await site({})).toBe(200);
  });

  // A browser does not send it to an address without TLS, unless that is on loopback.
  test.each(['', 'sec-fetch-site: same-origin\r\n'])(
    'that call this machine by a name of theirs are refused, with %j',
    async (line) => {
      await start();
      const status = async (host: string) => {
        const answer = await exchange(
          `GET /v1/organization/users HTTP/1.1\r\nhost: ${host}\r\n${line}` +
            'authorization: Bearer x\r\nconnection: close\r\n\r\n',
        );
        if (answer.startsWith('HTTP/1.1 403')) expect(answer).toContain('--allow-host');
        return Number(answer.slice(9, 12));
      };
      const { port } = new URL(mock.url);
      for (const host of ['evil.example', 'EVIL.example.', 'a.evil.x1', '127.0.0.1.evil.example'])
        expect([host, await status(`${host}:${port}`)]).toEqual([host, 403]);
    },
  );

  test('that a page cannot make are answered: by an address, or by a name that no stranger can own', async () => {
    await start();
    const status = async (host: string) =>
      (
        await exchange(
          `GET /v1/organization/users HTTP/1.1\r\nhost: ${host}\r\n` +
            'authorization: Bearer x\r\nconnection: close\r\n\r\n',
        )
      ).slice(9, 12);
    for (const host of [
      'mock',
      '10.0.0.5:4010',
      '[fe80::1]',
      'host.docker.internal',
      'a.localhost',
    ])
      expect([host, await status(host)]).toEqual([host, '200']);
    await mock.close();
    await start({ host: '0.0.0.0' });
    expect(await status('mock.example.com')).toBe('200');
    await mock.close();
    await start({ allowedHosts: ['mock.example.com'] });
    expect(await status('mock.example.com')).toBe('200');
  });
});

test('HEAD has the length of what GET sends, a body of GET is ignored, OPTIONS * is answered', async () => {
  await start({ data: { users: 1 } });
  const [path, lines] = ['/v1/organization/users', 'host: x\r\nauthorization: Bearer x\r\n'];
  const { length } = await (await get(path)).text();
  const head = await get(path, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
    200,
    String(length),
    '',
  ]);
  const type = 'content-type: application/json\r\ncontent-length: 2\r\n';
  const body = await exchange(`GET ${path} HTTP/1.1\r\n${lines}${type}\r\n{}`);
  expect(body).toMatch(/^HTTP\/1\.1 200/);
  expect(await exchange(`OPTIONS * HTTP/1.1\r\n${lines}\r\n`)).toMatch(/^HTTP\/1\.1 204/);
});

test('a target with an address, as a proxy gets it, is answered like its path', async () => {
  await start({ data: { users: 1 } });
  const answer = await exchange(
    'GET http://api.example.com/v1/organization/users?limit=1 HTTP/1.1\r\nhost: x\r\n' +
      'authorization: Bearer x\r\nconnection: close\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
});

describe('the control endpoints', () => {
  const post = (path: string, body?: unknown) =>
    fetch(new URL(path, mock.url), {
      method: 'POST',
      ...(body === undefined
        ? {}
        : {
            body: typeof body === 'string' ? body : JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
    });

  test('tell health and requests, take faults, and reset', async () => {
    await start();
    const health = await fetch(new URL('/_mock/health', mock.url));
    expect(await health.json()).toMatchObject({ status: 'ok', collections: { users: 30 } });
    expect((await post('/_mock/faults', { status: 503, times: 1 })).status).toBe(201);
    expect((await get('/organization/users')).status).toBe(503);
    const requests = await (await fetch(new URL('/_mock/requests', mock.url))).json();
    expect(requests).toMatchObject([{ path: '/organization/users', status: 503 }]);
    expect((await post('/_mock/reset')).status).toBe(200);
    expect(mock.requests).toEqual([]);
    expect((await get('/organization/users')).status).toBe(200);
  });

  test('work while every request fails', async () => {
    await start();
    mock.fail({ connection: 'reset' });
    expect((await fetch(new URL('/_mock/health', mock.url))).status).toBe(200);
  });

  test.each([
    ['/_mock/faults', 'no json', 400],
    ['/_mock/faults', { status: 5 }, 400],
    ['/_mock/faults', '', 400],
    ['/_mock/nothing', {}, 404],
    ['/_mock/health', {}, 405],
  ])('%s with %o is a %i with a sentence', async (path, body, status) => {
    await start();
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect((await bodyOf(answer)).error.message.length).toBeGreaterThan(10);
  });
});
