import { describe, expect, test } from 'vitest';
import { isControl } from '../../src/http/request.ts';
import { createMock, startMock } from '../../src/index.ts';
import { type AnyBody, ask } from '../support/ask.ts';

const mock = createMock({ data: { users: 2 } });
const send = (method: string, path: string, body?: string) =>
  ask(mock, '', {
    path,
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });

test.each([
  ['/_mock', true],
  ['/_mock/health', true],
  ['/_mock?a=b', true],
  ['/_mocks', false],
  ['/v1/_mock/health', false],
])('a request for %s is for a control endpoint: %s', (target, expected) => {
  expect(isControl(target, '/v1')).toBe(expected);
});

describe('a path', () => {
  test('that no endpoint has is a 404 that lists them', async () => {
    const { status, body } = await send('GET', '/_mock/nothing');
    expect(status).toBe(404);
    expect(body.error.message).toContain(
      '/_mock/nothing is not a control endpoint. The endpoints: GET /_mock, GET /_mock/assets/{name}, ',
    );
  });

  test('that exists with another method is a 405 that names the method', async () => {
    const { status, headers, body } = await send('PUT', '/_mock/faults');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
    expect(body.error).toMatchObject({
      message: '/_mock/faults answers GET, POST, DELETE, not PUT.',
      param: null,
      code: null,
    });
  });

  test('that is asked with HEAD has the headers of a GET, and no body; the event stream has none', async () => {
    await using server = await startMock();
    const ask = (path: string, method: string) => fetch(new URL(path, server.url), { method });
    const [head, get] = [await ask('/_mock/health', 'HEAD'), await ask('/_mock/health', 'GET')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect((await ask('/_mock/events', 'HEAD')).status).toBe(405);
    expect(await (await server.fetch('/_mock/health', { method: 'HEAD' })).text()).toBe('');
  });

  test('may end with a slash, and has no segment more than its endpoint', async () => {
    expect((await send('GET', '/_mock/health/')).status).toBe(200);
    for (const path of ['/_mock/x/health', '/_mock/health/x', '/_mock//health']) {
      expect([path, (await send('GET', path)).status]).toEqual([path, 404]);
    }
  });

  test('with an invalid percent-encoding is a 400 that quotes it', async () => {
    const { status, body } = await send('DELETE', '/_mock/faults/%zz');
    expect([status, body.error.message]).toEqual([
      400,
      "The path has an invalid percent-encoding: '%zz'.",
    ]);
  });
});

describe('a body', () => {
  const refusal = async (body: string) =>
    (await send('POST', '/_mock/faults', body)).body.error.message;

  test('that is missing, or is not JSON, is a 400 with the reason', async () => {
    expect(await refusal('')).toBe('Expected a JSON body: it is empty.');
    expect(await refusal('{')).toMatch(/^Expected a JSON body: .*JSON.*\.$/);
  });

  test.each([
    ['POST', '/_mock/faults', (deep: string) => `{"status":${deep}}`],
    ['POST', '/_mock/data/users', (deep: string) => deep],
    ['POST', '/_mock/data/users', (deep: string) => `{"name":${deep}}`],
    ['PUT', '/_mock/snapshot', (deep: string) => deep],
  ])(
    'of a %s to %s that is nested too deeply is a 400 that says so',
    async (method, path, body) => {
      const deep = '['.repeat(20_000) + ']'.repeat(20_000);
      const reply = await send(method, path, body(deep));
      expect(reply.status).toBe(400);
      expect(reply.body.error.message).toBe(
        'Expected a JSON body: it is nested deeper than 100 levels.',
      );
    },
  );
});

describe('fault rules', () => {
  test('are added, listed with their hits, and removed, one or all', async () => {
    const add = async (rule: object) =>
      (await send('POST', '/_mock/faults', JSON.stringify(rule))) as AnyBody;
    const first = await add({ status: 503, times: 1 });
    expect([first.status, first.body]).toEqual([201, { id: 'fault_1' }]);
    await add({ delay: 5 });
    const list = async () => (await send('GET', '/_mock/faults')).body;
    expect(await list()).toEqual([
      { id: 'fault_1', rule: { status: 503, times: 1 }, left: 1, hits: 0 },
      { id: 'fault_2', rule: { delay: 5 }, left: null, hits: 0 },
    ]);
    expect((await send('DELETE', '/_mock/faults/fault_1')).body).toEqual({ status: 'ok' });
    expect(await list()).toHaveLength(1);
    const { status, body } = await send('DELETE', '/_mock/faults/fault_1');
    expect([status, body.error.message]).toEqual([404, "No fault rule has the id 'fault_1'."]);
    expect((await send('DELETE', '/_mock/faults')).body).toEqual({ status: 'ok' });
    expect(await list()).toEqual([]);
  });
});

test.each([
  ['DELETE', '/_mock/requests'],
  ['POST', '/_mock/reset'],
])('%s %s says that it is done', async (method, path) => {
  expect((await send(method, path)).body).toEqual({ status: 'ok' });
});

test('a snapshot that is given back is taken', async () => {
  const { body } = await send('GET', '/_mock/snapshot');
  const { body: taken } = await send('PUT', '/_mock/snapshot', JSON.stringify(body));
  expect(taken).toEqual({ status: 'ok' });
});

test('the health has the title of the spec, the sizes, and the address by which it was asked', async () => {
  const { body } = await send('GET', '/_mock/health');
  expect(body).toMatchObject({
    status: 'ok',
    title: expect.any(String),
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    basePath: '/v1',
    collections: { users: 2 },
  });
  const asked = async (headers: Record<string, string>) =>
    (await ask(mock, '', { path: '/_mock/health', headers })).body.url;
  expect(await asked({ host: 'localhost:4010' })).toBe('http://localhost:4010/v1');
  expect(body.url).toBeNull();
});

test('too many listeners are a 503 that explains the fix', async () => {
  const own = createMock({ data: { users: 1 } });
  const streams = [];
  for (let i = 0; i < 64; i += 1) streams.push(await own.fetch('/_mock/events'));
  const { status, body } = await ask(own, '', { path: '/_mock/events' });
  expect([status, body.error.message]).toEqual([
    503,
    'Too many clients listen to the events. Close one of them.',
  ]);
  await own.close();
});

describe('the inspector', () => {
  test('is served from the source too, once it is built', async () => {
    const { status, headers, body } = await send('GET', '/_mock');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('<!doctype html>');
  });

  test.each([
    'index.html',
    '.hidden.js',
    '..%2Findex.html',
    '%2e%2e%2fcli.js',
    'none.js',
    'none.exe',
  ])('has no asset %s', async (name) => {
    const { status, headers, body } = await send('GET', `/_mock/assets/${name}`);
    expect([status, body]).toEqual([
      404,
      `The inspector has no file '${decodeURIComponent(name)}'.\n`,
    ]);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
