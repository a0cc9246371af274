import { afterEach, describe, expect, test } from 'vitest';
import { type MockServer, type ServerOptions, startMock } from '../src/index.ts';
import { send } from './support/sockets.ts';

let mock: MockServer;
let host: string;
const start = async (options: ServerOptions = {}) => {
  mock = await startMock(options);
  host = new URL(mock.url).host;
};
afterEach(() => mock.close());

const json = { 'content-type': 'application/json' };
const rule = JSON.stringify({ status: 503 });
const port = () => new URL(mock.url).port;

describe('a web page cannot control the mock', () => {
  test('DNS rebinding is refused: a foreign Host cannot read the journal', async () => {
    await start();
    for (const foreign of [`evil.example:${port()}`, 'evil.example', 'localhost.evil.example']) {
      const answer = await send(mock.url, 'GET /_mock/requests', { host: foreign });
      expect([foreign, answer.status]).toEqual([foreign, 403]);
      expect(answer.body).toContain('--allow-host');
    }
    expect((await send(mock.url, 'GET /_mock/requests', { host })).status).toBe(200);
  });

  test.each([
    '127.0.0.1.evil.example',
    '127.1',
    '0.0.0.0',
    '[::2]',
    'local host',
    '',
    'a@localhost',
    'localhost:1:2',
  ])('the Host %j is refused', async (foreign) => {
    await start();
    const { status } = await send(mock.url, 'GET /_mock/health', { host: foreign });
    expect([400, 403]).toContain(status);
  });

  test.each([
    'localhost',
    'LOCALHOST:80',
    'localhost.',
    '127.0.0.1',
    '127.8.9.1:5',
    '[::1]',
    '[::1]:80',
  ])('the loopback Host %j is served', async (own) => {
    await start();
    expect((await send(mock.url, 'GET /_mock/health', { host: own })).status).toBe(200);
  });

  test('a cross-site form post cannot reset the mock', async () => {
    await start();
    const form = { host, 'content-type': 'application/x-www-form-urlencoded' };
    for (const headers of [
      { ...form, origin: 'http://evil.example' },
      { ...form, origin: 'null' },
      { ...form, 'content-length': '3' },
      { host, origin: 'http://evil.example' },
      { host, 'sec-fetch-site': 'cross-site' },
      { host, origin: `http://localhost:${Number(port()) + 1}`, 'sec-fetch-site': 'same-site' },
    ]) {
      const { status } = await send(mock.url, 'POST /_mock/reset', headers);
      expect([headers, status >= 400]).toEqual([headers, true]);
    }
    await mock.fetch('/organization/users');
    expect(mock.requests).toHaveLength(1);
    expect((await send(mock.url, 'POST /_mock/reset', { host })).status).toBe(200);
    // `curl -X POST -d ''`: a browser would name the origin of the form.
    const curl = { ...form, 'content-length': '0' };
    expect((await send(mock.url, 'POST /_mock/reset', curl)).status).toBe(200);
    expect(mock.requests).toHaveLength(0);
  });

  test('a text/plain post, which needs no preflight, cannot add a fault', async () => {
    await start();
    const plain = { host, 'content-type': 'text/plain' };
    for (const headers of [{ ...plain, origin: 'http://evil.example' }, plain, { host }]) {
      const { status } = await send(mock.url, 'POST /_mock/faults', headers, rule);
      expect(status).toBeGreaterThanOrEqual(400);
    }
    const sent = await send(mock.url, 'GET /v1/organization/users', {
      host,
      authorization: 'Bearer x',
    });
    expect(sent.status).toBe(200);
    expect((await send(mock.url, 'POST /_mock/faults', { host, ...json }, rule)).status).toBe(201);
  });

  test('the page of the mock itself may change it', async () => {
    await start();
    const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...json };
    expect((await send(mock.url, 'POST /_mock/faults', own, rule)).status).toBe(201);
  });

  test('a preflight is refused, and no response has a CORS header', async () => {
    await start({ cors: true });
    const origin = 'http://evil.example';
    const preflight = { host, origin, 'access-control-request-method': 'PUT' };
    const answers = [
      await send(mock.url, 'OPTIONS /_mock/snapshot', preflight),
      await send(mock.url, 'GET /_mock/health', { host, origin }),
      await send(mock.url, 'GET /_mock/health', { host }),
      await send(mock.url, 'GET /_mock?x', { host, origin }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200, 403]);
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('a link on another page opens the inspector, and nothing else', async () => {
    await start();
    const navigation = {
      host,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await send(mock.url, 'GET /_mock', navigation)).status).not.toBe(403);
    expect((await send(mock.url, 'POST /_mock/reset', navigation)).status).toBe(403);
    const frame = { ...navigation, 'sec-fetch-dest': 'iframe' };
    expect((await send(mock.url, 'GET /_mock', frame)).status).toBe(403);
  });
});

test('only the listed names of allowedHosts are accepted', async () => {
  await start({ allowedHosts: ['mock.internal'] });
  const status = async (name: string) =>
    (await send(mock.url, 'GET /_mock/health', { host: name })).status;
  expect(await status('mock.internal')).toBe(200);
  expect(await status('MOCK.internal:4010')).toBe(200);
  expect(await status('sub.mock.internal')).toBe(403);
});

test('control: false turns off the control endpoints', async () => {
  await start({ control: false });
  for (const path of ['/_mock', '/_mock/health', '/_mock/requests']) {
    const { status } = await send(mock.url, `GET ${path}`, { host, authorization: 'Bearer x' });
    expect([path, status]).toEqual([path, 404]);
  }
  expect((await mock.fetch('/_mock/health')).status).toBe(404);
});

test('what the control endpoints say is not cached, sniffed or embedded', async () => {
  await start();
  const { headers } = await send(mock.url, 'GET /_mock/requests', { host });
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('the inspector runs no inline code, and connects to the mock only', async () => {
  await start();
  const { headers } = await send(mock.url, 'GET /_mock', { host });
  expect(headers['content-security-policy']?.split('; ').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
});

test.each([
  '..%2F..%2Fpackage.json',
  '%2e%2e%2findex.js',
  '.hidden.js',
  'index.html',
  'a%00.js',
  '%ff.js',
])('no file outside the inspector can be read: %s', async (name) => {
  await start();
  const { status, body } = await send(mock.url, `GET /_mock/assets/${name}`, { host });
  expect([400, 404]).toContain(status);
  expect(body).not.toContain('"name"');
});
