import { getEventListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import OrgClient, { type RetryEvent } from '../src/index.ts';
import { adminAPIKey, failure, json, page, rejection, stubClient } from './support/stub.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const close of closers.splice(0)) close();
});

/** A client of a real server on this machine. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const client = new OrgClient({
    adminAPIKey,
    baseURL: `http://127.0.0.1:${port}/v1`,
    logLevel: 'off',
  });
  return client.admin.organization.users;
}

describe('retries', () => {
  test.each([408, 409, 429, 500, 502, 503, 504, 599])(
    'status %i is tried again',
    async (status) => {
      const { users, sent } = stubClient([failure(status), json(page(['a']))]);
      expect((await users.list()).data).toHaveLength(1);
      expect(sent).toHaveLength(2);
    },
  );

  test.each([300, 304, 400, 401, 403, 404, 410, 422, 451])('status %i is not', async (status) => {
    const { users, sent } = stubClient([() => new Response(null, { status })]);
    expect(await rejection(users.list())).toMatchObject({ status, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  test('the server has the last word, by x-should-retry', async () => {
    const asked = stubClient([failure(400, { 'x-should-retry': 'true' }), json(page())]);
    await asked.users.list();
    expect(asked.sent).toHaveLength(2);
    const refused = stubClient([failure(500, { 'x-should-retry': 'false' })]);
    expect(await rejection(refused.users.list())).toMatchObject({ status: 500, attempts: 1 });
  });

  test('a failed connection is tried again, and the last failure is the cause of the error', async () => {
    const cause = new TypeError('fetch failed');
    const { users, sent } = stubClient([cause]);
    vi.spyOn(Math, 'random').mockReturnValue(1);
    vi.useFakeTimers();
    const failed = rejection(users.list());
    await vi.runAllTimersAsync();
    expect(await failed).toMatchObject({
      name: 'APIConnectionError',
      attempts: 3,
      cause,
      status: undefined,
    });
    expect(sent).toHaveLength(3);
  });

  test('they are as many as maxRetries says, the request first and then the client', async () => {
    const { users, sent, client } = stubClient([failure(500)], { maxRetries: 1 });
    expect(await rejection(users.list())).toMatchObject({ attempts: 2 });
    expect(await rejection(users.list({}, { maxRetries: 0 }))).toMatchObject({ attempts: 1 });
    expect(await rejection(client.get('/x', { maxRetries: 3 }))).toMatchObject({ attempts: 4 });
    expect(sent).toHaveLength(7);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'maxRetries cannot be %d',
    async (maxRetries) => {
      const { users, sent } = stubClient();
      await expect(users.list({}, { maxRetries })).rejects.toThrow(
        'maxRetries must be a non-negative integer',
      );
      expect(sent).toHaveLength(0);
    },
  );

  test('a discarded response is cancelled, so that its connection is free', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ cancel });
    const headers = { 'retry-after-ms': '0' };
    const { users } = stubClient([
      () => new Response(body, { status: 503, headers }),
      json(page()),
    ]);
    await users.list();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('the wait before another attempt', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  async function waitAfter(headers: Record<string, string>): Promise<number> {
    vi.useFakeTimers({ now });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { users, sent } = stubClient([
      () => new Response(null, { status: 429, headers }),
      json(page()),
    ]);
    const call = users.list();
    await vi.advanceTimersByTimeAsync(0);
    const started = Date.now();
    while (sent.length < 2 && Date.now() - started < 120_000) await vi.advanceTimersByTimeAsync(50);
    await call;
    return Date.now() - started;
  }

  test.each([
    [{ 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.1' }, 100],
    [{ 'retry-after': '60' }, 60_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after-ms': 'soon', 'retry-after': '3' }, 3000],
    [{}, 500],
    [{ 'retry-after': 'soon' }, 500],
    [{ 'retry-after': '-5' }, 500],
    [{ 'retry-after': 'Thu, 01 Jan 2015 00:00:30 GMT' }, 500],
  ])('after %j it is %i ms', async (headers, expected) => {
    expect(await waitAfter(headers as Record<string, string>)).toBeCloseTo(expected, -2);
  });

  test('is what the server asked for, to the millisecond', async () => {
    vi.useFakeTimers();
    const { users, sent } = stubClient([
      failure(429, { 'retry-after': '7', 'retry-after-ms': '' }),
    ]);
    const call = rejection(users.list({}, { maxRetries: 1 }));
    await vi.advanceTimersByTimeAsync(6_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await call;
    vi.useRealTimers();
  });

  test.each(['Infinity', '9'.repeat(400), 'NaN'])('after %s it is the usual one', async (value) => {
    const headers = { 'retry-after': value, 'retry-after-ms': value };
    expect(await waitAfter(headers)).toBeCloseTo(500, -2);
  });

  test('may be longer than a minute where maxRetryAfter says so', async () => {
    vi.useFakeTimers();
    const answers = [failure(429, { 'retry-after': '300', 'retry-after-ms': '' }), json(page())];
    const { users, sent } = stubClient(answers, { maxRetryAfter: 300_000 });
    const call = users.list();
    await vi.advanceTimersByTimeAsync(300_000);
    await call;
    expect(sent).toHaveLength(2);
    vi.useRealTimers();
  });

  test('is told to onRetry, whose own failures change nothing', async () => {
    const told: RetryEvent[] = [];
    const onRetry = (retry: RetryEvent) => {
      told.push(retry);
      throw new Error('no');
    };
    const answers = [failure(503), new TypeError('fetch failed'), json(page())];
    const { users } = stubClient(answers, { onRetry });
    await users.list({ limit: 5 });
    expect(told).toMatchObject([
      { method: 'GET', attempt: 1, wait: 0, response: { status: 503 } },
      { attempt: 2, error: { name: 'APIConnectionError' } },
    ]);
    expect(told[0]?.url).toBe('https://api.openai.com/v1/organization/users?limit=5');
  });

  test.each([
    ['retry-after', '61', 61],
    ['retry-after', '31536000', 31_536_000],
    ['retry-after-ms', '60001', 60.001],
  ])('%s: %s is too long: the call fails at once and says so', async (name, value, retryAfter) => {
    const { users, sent } = stubClient([failure(429, { 'retry-after-ms': '', [name]: value })]);
    const error = await rejection(users.list());
    expect(error).toMatchObject({ name: 'RateLimitError', retryAfter, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  test('it doubles up to eight seconds, less up to a quarter by chance', async () => {
    vi.useFakeTimers();
    const random = vi.spyOn(Math, 'random').mockReturnValue(0);
    const times: number[] = [];
    const answer = () => {
      times.push(Date.now());
      return new Response(null, { status: 500 });
    };
    const failed = rejection(stubClient([answer], { maxRetries: 6 }).users.list());
    await vi.advanceTimersByTimeAsync(60_000);
    await failed;
    const waits = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    random.mockReturnValue(1);
    expect((await import('../src/core/retry.ts')).backoff(3)).toBe(1500);
  });
});

describe('timeouts', () => {
  test('cover the wait for the headers', async () => {
    const users = await serve(() => {});
    const error = await rejection(users.list({}, { timeout: 40, maxRetries: 0 }));
    expect(error).toMatchObject({ name: 'APIConnectionTimeoutError', attempts: 1, method: 'GET' });
    expect(error.message).toContain('Request timed out');
  });

  test('cover the body', async () => {
    const users = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"object":"list",');
    });
    const error = await rejection(users.list({}, { timeout: 60, maxRetries: 0 }));
    expect(error.name).toBe('APIConnectionTimeoutError');
  });

  test('are per attempt: a body that stalls is asked for again', async () => {
    let count = 0;
    const users = await serve((_, response) => {
      count += 1;
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-request-id': `req_${count}`,
      });
      if (count === 1) response.write('{');
      else response.end(JSON.stringify(page(['a'])));
    });
    const { data, request_id } = await users
      .list({}, { timeout: 600, maxRetries: 1 })
      .withResponse();
    expect(data.data).toHaveLength(1);
    expect(request_id).toBe('req_2');
  });

  test('end a fetch that does not heed its signal', async () => {
    const { users } = stubClient([() => new Promise(() => {})]);
    const error = await rejection(users.list({}, { timeout: 20, maxRetries: 0 }));
    expect(error.name).toBe('APIConnectionTimeoutError');
  });

  test.each([-1, 0.5, Number.NaN])('cannot be %d', async (timeout) => {
    const { users } = stubClient();
    await expect(users.list({}, { timeout })).rejects.toThrow(
      'timeout must be a non-negative integer',
    );
  });

  test('may be longer than a timer can wait', async () => {
    const { users } = stubClient([json(page(['a']))]);
    expect((await users.list({}, { timeout: 2 ** 40 })).data).toHaveLength(1);
  });
});

describe('abort', () => {
  const reason = new Error('enough');

  test('before the call sends nothing', async () => {
    const { users, sent } = stubClient();
    const error = await rejection(users.list({}, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ name: 'APIUserAbortError', cause: reason });
    expect(sent).toHaveLength(0);
  });

  test('by anything but an AbortSignal is refused, and nothing is sent', async () => {
    const { users, sent } = stubClient();
    const error = await rejection(users.list({}, { signal: {} as AbortSignal }));
    expect([error.name, error.message]).toEqual([
      'OrgClientError',
      'signal must be an AbortSignal.',
    ]);
    expect(sent).toEqual([]);
  });

  test('during an attempt ends it, and is not tried again', async () => {
    const controller = new AbortController();
    const users = await serve(() => controller.abort(reason));
    const error = await rejection(users.list({}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'APIUserAbortError', cause: reason, attempts: 1 });
  });

  test('in mid-body ends it', async () => {
    const controller = new AbortController();
    const users = await serve((_, response) => {
      response.writeHead(200).write('{');
      setTimeout(() => controller.abort(reason), 20);
    });
    const error = await rejection(users.list({}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'APIUserAbortError', cause: reason });
  });

  test('ends the wait between attempts at once', async () => {
    const controller = new AbortController();
    const { users } = stubClient([failure(500, { 'retry-after-ms': '50000' })]);
    setTimeout(() => controller.abort(reason), 10);
    const error = await rejection(users.list({}, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'APIUserAbortError', cause: reason, attempts: 1 });
  });

  test('ends a key function that does not answer', async () => {
    const controller = new AbortController();
    const { users } = stubClient([], { adminAPIKey: () => new Promise(() => {}) });
    setTimeout(() => controller.abort(reason), 10);
    expect(await rejection(users.list({}, { signal: controller.signal }))).toMatchObject({
      cause: reason,
    });
  });

  test('while the key is asked for sends nothing', async () => {
    const controller = new AbortController();
    const askKey = async () => {
      controller.abort(reason);
      return adminAPIKey;
    };
    const { users, sent } = stubClient([], { adminAPIKey: askKey });
    await rejection(users.list({}, { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toHaveLength(0);
  });

  test('ends a body that the caller reads', async () => {
    const controller = new AbortController();
    const users = await serve((_, response) => void response.writeHead(200).write('{'));
    const response = await users.list({}, { signal: controller.signal }).asResponse();
    setTimeout(() => controller.abort(reason), 10);
    await expect(response.text()).rejects.toBe(reason);
  });

  test('ends it as well where the runtime has no FinalizationRegistry', async () => {
    vi.stubGlobal('FinalizationRegistry', undefined);
    // The package is imported again, without it.
    vi.resetModules();
    const { OrgClient: Client } = await import('../src/index.ts');
    const controller = new AbortController();
    // As the platform's `fetch` does, which needs a FinalizationRegistry itself.
    const fetch = async (_: string, { signal }: RequestInit = {}) => {
      const start = (stream: ReadableStreamDefaultController) =>
        signal?.addEventListener('abort', () => stream.error(signal.reason));
      return new Response(new ReadableStream({ start }));
    };
    const { users } = new Client({ adminAPIKey, fetch }).admin.organization;
    const response = await users.list({}, { signal: controller.signal }).asResponse();
    setTimeout(() => controller.abort(reason), 10);
    await expect(response.text()).rejects.toBe(reason);
  });
});

describe('a connection that breaks in mid-body', () => {
  test('is tried again', async () => {
    let count = 0;
    const users = await serve((_, response) => {
      count += 1;
      const body = JSON.stringify(page(['a']));
      response.writeHead(200, { 'content-length': body.length });
      if (count > 1) response.end(body);
      else response.write(body.slice(0, 9), () => response.destroy());
    });
    expect((await users.list()).data).toHaveLength(1);
    expect(count).toBe(2);
  });

  test('is an error that says so, once the attempts are used up', async () => {
    const users = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy());
    });
    const error = await rejection(users.list({}, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: 'InvalidResponseError', status: 200, attempts: 1 });
    expect(error.message).toContain('cut off');
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'terminated' });
  });
});

describe('an error whose body fails to arrive', () => {
  const broken = (status: number, reason: unknown = new TypeError('terminated')) => {
    const body = new ReadableStream({ pull: (controller) => controller.error(reason) });
    return () => new Response(body, { status });
  };

  test('is still the error of its status', async () => {
    const { users } = stubClient([broken(404)]);
    const error = await rejection(users.retrieve('user_a'));
    expect(error).toMatchObject({ name: 'NotFoundError', status: 404 });
    expect(error.message).toBe('404 status code (no body)');
  });

  test("is the caller's abort where that is why", async () => {
    const controller = new AbortController();
    const body = new ReadableStream({ pull: () => new Promise(() => {}) });
    const { users } = stubClient([() => new Response(body, { status: 404 })]);
    const failed = rejection(users.retrieve('user_a', { signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('enough')), 10);
    expect(await failed).toMatchObject({ name: 'APIUserAbortError' });
  });
});

describe('a retry', () => {
  test('after a body that broke off ends with the error of the second attempt', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    const { users, sent } = stubClient([() => new Response(body), failure(404)]);
    expect(await rejection(users.list())).toMatchObject({ name: 'NotFoundError', attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  test('does not change the headers that an earlier attempt was sent with', async () => {
    const keys = ['sk-admin-first-123', 'sk-admin-second-123'];
    const { users, sent } = stubClient([failure(500), json(page())], {
      adminAPIKey: () => keys.shift() ?? '',
    });
    await users.list();
    const shown = sent.map(({ init }) => new Headers(init.headers).get('authorization'));
    expect(shown).toEqual(['Bearer sk-admin-first-123', 'Bearer sk-admin-second-123']);
  });

  test('does not follow a key function that failed', async () => {
    const askKey = vi.fn(() => Promise.reject(new Error('The vault is locked.')));
    const { users, sent } = stubClient([], { adminAPIKey: askKey });
    expect(await rejection(users.list())).toMatchObject({ name: 'OrgClientError' });
    expect([askKey.mock.calls.length, sent.length]).toEqual([1, 0]);
  });
});

describe('leaks', () => {
  test('a response that arrives after the time is up is cancelled, so that its connection is free', async () => {
    const cancel = vi.fn();
    const answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return new Response(new ReadableStream({ cancel }));
    };
    const { users } = stubClient([answer]);
    await rejection(users.list({}, { timeout: 20, maxRetries: 0 }));
    expect(cancel).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  test('no listener stays on a signal after a thousand calls of every kind', async () => {
    const { signal } = new AbortController();
    const { users } = stubClient([
      failure(500),
      json(page(['a'])),
      new TypeError('fetch failed'),
      json(page()),
    ]);
    for (let i = 0; i < 1000; i += 1) {
      await users.list({}, { signal, maxRetries: i % 2 }).catch(() => {});
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('no timer survives a settled call', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const { users } = stubClient([failure(400)]);
    await rejection(users.list());
    const timers = set.mock.results.map(({ value }) => value);
    expect(timers.length).toBeGreaterThan(0);
    const cleared = clear.mock.calls.map(([timer]) => timer);
    for (const timer of timers) expect(cleared).toContain(timer);
  });

  test('an awaited rejection is not reported as unhandled', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    closers.push(() => process.off('unhandledRejection', unhandled));
    const { users } = stubClient([failure(400)]);
    await rejection(users.list());
    await rejection(users.list().asResponse());
    await rejection(users.list().withResponse());
    await rejection(users.list()[Symbol.asyncIterator]().next());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('a redirect', () => {
  test.each(['ftp://files.example/users', 'x-http://files.example/users'])(
    'to %s is an error',
    async (location) => {
      const cancel = vi.fn();
      const answer = () =>
        new Response(new ReadableStream({ cancel }), { status: 302, headers: { location } });
      const { users, sent } = stubClient([answer], { maxRetries: 0 });
      const { cause } = await rejection(users.list());
      expect(String(cause)).toContain('not to an http(s) URL');
      expect(sent).toHaveLength(1);
      expect(cancel).toHaveBeenCalledOnce();
    },
  );

  test('to an address with credentials leaves them out', async () => {
    const location = 'http://name:password@api.test/v1/elsewhere';
    const moved = () => new Response(null, { status: 302, headers: { location } });
    const { users, sent } = stubClient([moved, json(page())]);
    await users.list();
    expect(sent[1]?.url.href).toBe('http://api.test/v1/elsewhere');
  });

  test('frees the connection of the response that asked for it', async () => {
    const cancel = vi.fn();
    const moved = () => {
      const headers = { location: '/v1/elsewhere' };
      return new Response(new ReadableStream({ cancel }), { status: 307, headers });
    };
    await stubClient([moved, json(page())]).users.list();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('a redirect to another origin', () => {
  test('is followed without the key', async () => {
    let seen: Record<string, unknown> | undefined;
    const other = createServer((request, response) => {
      seen = request.headers;
      response.end(JSON.stringify(page(['a'])));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closers.push(() => other.close());
    const { port } = other.address() as AddressInfo;
    const users = await serve((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    });
    expect((await users.list()).data).toHaveLength(1);
    expect(seen?.['authorization']).toBeUndefined();
    expect(JSON.stringify(seen)).not.toContain(adminAPIKey);
  });
});
