import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMock, type FaultRule, type Mock } from '../src/index.ts';
import { ask } from './support/ask.ts';

describe('faults', () => {
  test.each([400, 401, 403, 404, 409, 418, 429, 500, 503, 599])(
    'any status, such as %i, has the body of the API',
    async (status) => {
      const mock = createMock();
      mock.fail({ status });
      const reply = await ask(mock);
      expect(reply.status).toBe(status);
      expect(Object.keys(reply.body.error).sort()).toEqual(['code', 'message', 'param', 'type']);
      expect(reply.headers.get('x-request-id')).toMatch(/^req_/);
    },
  );

  test('Retry-After goes with the status', async () => {
    const mock = createMock();
    mock.fail({ status: 429, retryAfter: 7 });
    expect((await ask(mock)).headers.get('retry-after')).toBe('7');
  });

  test('times counts the requests that are hit, and rules are tried in order', async () => {
    const mock = createMock();
    mock.fail({ status: 500, times: 2 });
    mock.fail({ status: 429, times: 1 });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask(mock)).status);
    expect(statuses).toEqual([500, 500, 429, 200, 200]);
  });

  describe('a rule with a duration', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    test('applies from when it is added until its time is over', async () => {
      const mock = createMock();
      mock.fail({ status: 503, duration: 30_000 });
      mock.fail({ status: 429 });
      expect((await ask(mock)).status).toBe(503);
      vi.setSystemTime(1_029_999);
      expect((await ask(mock)).status).toBe(503);
      vi.setSystemTime(1_030_000);
      expect((await ask(mock)).status).toBe(429);
    });

    test('ends before, where it has hit as many requests as it may', async () => {
      const mock = createMock();
      mock.fail({ status: 503, duration: 30_000, times: 1 });
      expect((await ask(mock)).status).toBe(503);
      expect((await ask(mock)).status).toBe(200);
    });

    test('begins anew with a reset, if it is one of the first', async () => {
      const mock = createMock({ faults: [{ status: 503, duration: 50 }] });
      vi.setSystemTime(1_000_050);
      expect((await ask(mock)).status).toBe(200);
      mock.reset();
      expect((await ask(mock)).status).toBe(503);
    });

    test('is listed with its end, and with nothing left after it', async () => {
      const mock = createMock();
      mock.fail({ status: 503, duration: 30_000 });
      const list = async () => (await ask(mock, '', { path: '/_mock/faults' })).body;
      expect(await list()).toMatchObject([{ left: null, until: 1_030_000, hits: 0 }]);
      vi.setSystemTime(1_030_000);
      expect(await list()).toMatchObject([{ left: 0, until: 1_030_000, hits: 0 }]);
    });
  });

  test('match looks at the path without the base path, and at the query', async () => {
    const mock = createMock();
    mock.fail({ status: 503, match: { path: '/organization/users', query: { limit: '3' } } });
    expect((await ask(mock, '?limit=3')).status).toBe(503);
    expect((await ask(mock, '?limit=3', { path: '/organization/users' })).status).toBe(503);
    expect((await ask(mock, '?limit=4')).status).toBe(200);
    expect((await ask(mock, '?limit=3', { path: '/other' })).status).toBe(404);
  });

  test('probability hits as often as it says, and the same requests with the same seed', async () => {
    const run = async (seed: number) => {
      const mock = createMock({ data: { users: 1 }, seed });
      mock.fail({ status: 500, probability: 0.3 });
      const hit = [];
      for (let i = 0; i < 400; i += 1) hit.push((await ask(mock)).status === 500);
      return hit;
    };
    const hit = await run(1);
    expect(hit.filter(Boolean).length).toBeGreaterThan(80);
    expect(hit.filter(Boolean).length).toBeLessThan(160);
    expect(await run(1)).toEqual(hit);
    expect(await run(2)).not.toEqual(hit);
  });

  test('reset closes the connection before the headers', async () => {
    const mock = createMock();
    mock.fail({ connection: 'reset' });
    await expect(ask(mock)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(mock.requests[0]?.status).toBe(0);
  });

  test('cut ends the body with an error, after half of it', async () => {
    const mock = createMock();
    mock.fail({ connection: 'cut' });
    const response = await mock.fetch('/organization/users');
    await expect(response.text()).rejects.toThrow();
  });

  test.each([
    [{ status: 402, body: { error: { message: 'No credit.' } } }, 402],
    [{ status: 500, body: [] }, 500],
    [{ body: { data: 'surprise' } }, 200],
  ])('a body of its own is sent as JSON: %j', async (rule, status) => {
    const mock = createMock({ data: { users: 3 } });
    mock.fail(rule);
    const answer = await ask(mock);
    expect([answer.status, answer.body]).toEqual([status, rule.body]);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(mock.requests[0]?.response?.body).toBe(JSON.stringify(rule.body));
  });

  test('malformed is half of the JSON as if it were all', async () => {
    const mock = createMock();
    mock.fail({ body: 'malformed' });
    const { status, body } = await ask(mock);
    expect(status).toBe(200);
    expect(body).toEqual(expect.any(String));
    expect(body).toContain('"object":"list"');
  });

  test('stall sends half of the body, and nothing until the caller gives up', async () => {
    const mock = createMock();
    mock.fail({ connection: 'stall' });
    const controller = new AbortController();
    const response = await mock.fetch('/organization/users', { signal: controller.signal });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    const next = reader?.read();
    controller.abort('enough');
    await expect(next).rejects.toBe('enough');
  });

  test.each(['reset', 'close'] as const)('a stalled response ends with %s', async (end) => {
    const mock = createMock();
    mock.fail({ connection: 'stall' });
    const text = (await mock.fetch('/organization/users')).text();
    await new Promise((later) => setTimeout(later));
    await mock[end]();
    await expect(text).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  test.each([
    [
      'aborted',
      `setTimeout(() => controller.abort(), 50).unref(); // as AbortSignal.timeout does
      await response.text().catch(({ name }) => console.log(name));`,
      'AbortError',
    ],
    [
      'cancelled',
      'const reader = response.body.getReader(); await reader.read(); reader.read(); await reader.cancel();',
      '',
    ],
  ])('a stalled response keeps the process running until it is %s', (_, reading, printed) => {
    const index = pathToFileURL(resolve(import.meta.dirname, '../dist/index.js'));
    const program = `
      const { createMock } = await import(${JSON.stringify(index)});
      const mock = createMock();
      mock.fail({ connection: 'stall' });
      const controller = new AbortController();
      const { signal } = controller;
      const response = await mock.fetch('/organization/users', { signal });
      ${reading}`;
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect([stdout.trim(), status]).toEqual([printed, 0]);
  });

  test('a repeated cursor causes a pagination loop', async () => {
    const mock = createMock({ data: { users: 10 } });
    const after = mock.data.users.list()[3]?.id;
    mock.fail({ cursor: 'repeat', match: { query: { after: after ?? '' } } });
    const { body } = await ask(mock, `?after=${after}&limit=2`);
    expect(body).toMatchObject({ last_id: after, has_more: true });
  });

  test('delay and latency hold the answer back', async () => {
    const mock = createMock({ latency: [5, 10] });
    mock.fail({ delay: [20, 30], times: 1 });
    await ask(mock);
    await ask(mock);
    const [slow, quick] = mock.requests.map(({ duration }) => duration);
    expect(slow).toBeGreaterThanOrEqual(24);
    expect(quick).toBeGreaterThanOrEqual(4);
  });

  test.each<[unknown, RegExp]>([
    [{ status: 200 }, /status must be a status from 400 to 599, not 200/],
    [{ status: '500' }, /status must be/],
    [{ retryAfter: -1 }, /retryAfter must be a number of seconds/],
    [{ delay: [1, 'x'] }, /delay must be milliseconds/],
    [{ body: 'explode' }, /body must be 'malformed'/],
    [{ connection: 'explode' }, /connection must be 'reset', 'cut' or 'stall'/],
    [{ cursor: 'x' }, /cursor must be 'repeat'/],
    [{ times: 0 }, /times must be a positive integer/],
    [{ status: 503, duration: 0 }, /duration must be a positive number of milliseconds, not 0/],
    [{ status: 503, duration: '30s' }, /duration must be a positive number of milliseconds/],
    [{ duration: 5 }, /must have an effect/],
    [{ probability: 2 }, /probability must be a number from 0 to 1/],
    [{ status: 500, match: 'x' }, /match must be/],
    [{ satus: 500 }, /has no "satus". It may have: status/],
    [{}, /must have an effect: expected status, delay/],
    [{ times: 2, match: { path: '/x' } }, /must have an effect/],
    [{ retryAfter: 5 }, /must have an effect/],
    [{ body: 'reset' }, /write \{ connection: 'reset' \}/],
    [{ status: 600 }, /status must be/],
    [{ status: 500.5 }, /status must be/],
    [{ delay: 2 ** 31 }, /delay must be milliseconds up to 2147483647/],
    [{ delay: [0, 2 ** 31] }, /delay must be/],
    [{ delay: [5] }, /delay must be/],
    [{ delay: [5, 1] }, /delay must be/],
    [{ delay: [1, 2, 3] }, /delay must be/],
    [{ status: 500, times: 1.5 }, /times must be/],
    [{ status: 500, match: [] }, /match must be/],
    [{ status: 500, match: { header: {} } }, /match has no "header". It may have: operation/],
    [{ status: 500, match: { headers: 'x' } }, /match.headers must be an object of texts/],
    [{ status: 500, match: { query: { limit: 3 } } }, /match.query must be an object of texts/],
    [{ status: 500, match: { path: 'organization' } }, /match.path must be a path/],
    [{ status: 500, match: { method: '' } }, /match.method must be/],
    [{ status: 500, match: { operation: 'users.list' } }, /must be one of .*admin\.organization/],
    [[], /must be an object/],
    [null, /must be an object/],
    ['500', /must be an object/],
  ])('%o is refused with a sentence', (rule, message) => {
    expect(() => createMock().fail(rule as FaultRule)).toThrow(message);
  });

  test('a rule that its maker changes later stays as it was', async () => {
    const mock = createMock();
    const rule: FaultRule = { status: 500 };
    mock.fail(rule);
    rule.status = 404;
    expect((await ask(mock)).status).toBe(500);
  });

  test('match looks at the operation', async () => {
    const mock = createMock();
    mock.fail({ status: 503, match: { operation: 'admin.organization.users.retrieve' } });
    expect((await ask(mock)).status).toBe(200);
    const path = '/v1/organization/users/user_abc';
    expect((await ask(mock, '', { path })).status).toBe(503);
    expect((await ask(mock, '', { path: `${path}/roles` })).status).not.toBe(503);
  });

  test('match looks at the method and at headers, whatever their case', async () => {
    const mock = createMock();
    const match = { method: 'get', headers: { 'X-Team': 'a' } };
    mock.fail({ status: 503, match });
    expect((await ask(mock)).status).toBe(200);
    expect((await ask(mock, '', { headers: { 'x-team': 'b' } })).status).toBe(200);
    expect((await ask(mock, '', { headers: { 'x-team': 'a' } })).status).toBe(503);
    expect((await ask(mock, '', { method: 'PUT', headers: { 'x-team': 'a' } })).status).toBe(405);
  });

  test('match takes the path with the base path, and emails[] for emails', async () => {
    const mock = createMock();
    mock.fail({ status: 503, match: { path: '/v1/organization/users', query: { emails: 'b' } } });
    expect((await ask(mock, '?emails[]=a&emails[]=b')).status).toBe(503);
    expect((await ask(mock, '?emails=b')).status).toBe(503);
    expect((await ask(mock, '?emails=a')).status).toBe(200);
  });

  test('an answer by a fault of 408, 409 or 422 does not speak of a parameter', async () => {
    for (const status of [408, 409, 413, 422, 502, 504]) {
      const mock = createMock({ faults: [{ status }] });
      const { error } = (await ask(mock)).body;
      expect([status, error.param]).toEqual([status, null]);
      expect(error.message).not.toMatch(/limit|invalid '/i);
      expect(error.message.length).toBeGreaterThan(10);
    }
  });

  test('initial rules come back with a reset, and count anew', async () => {
    const mock = createMock({ faults: [{ status: 503, times: 1 }] });
    const statuses = async () => [(await ask(mock)).status, (await ask(mock)).status];
    expect(await statuses()).toEqual([503, 200]);
    mock.fail({ status: 429 });
    expect(await statuses()).toEqual([429, 429]);
    mock.reset();
    expect(await statuses()).toEqual([503, 200]);
  });

  test('an initial rule that is invalid is an error at once', () => {
    expect(() => createMock({ faults: [{ status: 5 }] })).toThrow(/status must be/);
  });

  test('latency that a timer cannot wait is refused: it would be no latency at all', () => {
    for (const latency of [2 ** 31, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createMock({ latency })).toThrow(
        /latency must be milliseconds up to 2147483647/,
      );
    }
    for (const latency of [[0, 2 ** 31], [5, 1], [5]]) {
      expect(() => createMock({ latency: latency as [number, number] })).toThrow(/latency must be/);
    }
  });
});

describe('rules in force, over the control endpoints', () => {
  const json = { 'content-type': 'application/json' };
  const control = (mock: Mock, method: string, path: string, body?: unknown) =>
    ask(mock, '', {
      path: `/_mock/${path}`,
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }),
    });

  test('have an id, what is left of them, and how often they hit', async () => {
    const mock = createMock();
    const first = await control(mock, 'POST', 'faults', { status: 500, times: 3 });
    expect(first.status).toBe(201);
    const second = await control(mock, 'POST', 'faults', { status: 429 });
    expect(second.body.id).not.toBe(first.body.id);
    for (let i = 0; i < 5; i += 1) await ask(mock);
    expect((await control(mock, 'GET', 'faults')).body).toEqual([
      { id: first.body.id, rule: { status: 500, times: 3 }, left: 0, hits: 3 },
      { id: second.body.id, rule: { status: 429 }, left: null, hits: 2 },
    ]);
    expect(mock.requests.map(({ fault }) => fault)).toEqual([
      ...[first, first, first].map(({ body }) => body.id),
      ...[second, second].map(({ body }) => body.id),
    ]);
  });

  test('are removed one by one, or all at once', async () => {
    const mock = createMock({ faults: [{ status: 503 }] });
    const { id } = (await control(mock, 'POST', 'faults', { status: 500 })).body;
    expect((await control(mock, 'DELETE', `faults/${id}`)).status).toBe(200);
    expect((await control(mock, 'DELETE', `faults/${id}`)).status).toBe(404);
    expect((await ask(mock)).status).toBe(503);
    expect((await control(mock, 'DELETE', 'faults')).status).toBe(200);
    expect((await control(mock, 'GET', 'faults')).body).toEqual([]);
    expect((await ask(mock)).status).toBe(200);
  });
});
