import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import OrgClient, { APIError, OrgClientError } from '../../src/index.ts';
import {
  answer,
  cutAfter,
  failure,
  page,
  type Reply,
  reset,
  ScriptedServer,
  stallAfter,
} from '../support/scripted-server.ts';

const server = new ScriptedServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const adminAPIKey = 'sk-admin-hostile-secret';
const clientOf = (more: object = {}) =>
  new OrgClient({ adminAPIKey, baseURL: server.origin, logLevel: 'off', timeout: 2_000, ...more });

async function walk(client: OrgClient, options: object = {}) {
  const ids: string[] = [];
  try {
    for await (const { id } of client.admin.organization.users.list({}, options)) ids.push(id);
    return { ids };
  } catch (error) {
    return { ids, error };
  }
}

describe('whatever happens on the way', () => {
  const size = fc.integer({ min: 0, max: 4 });
  type Trouble = { kind: 'status' | 'cut' | 'reset' | 'malformed'; at: number; status: number };
  const trouble: fc.Arbitrary<Trouble> = fc.record({
    kind: fc.constantFrom('status', 'cut', 'reset', 'malformed'),
    at: fc.nat(400),
    status: fc.constantFrom(403, 408, 429, 500, 503),
  });
  const replyOf = ({ kind, at, status }: Trouble, body: object): Reply => {
    const text = JSON.stringify(body);
    if (kind === 'status') return failure(status);
    if (kind === 'reset') return reset;
    if (kind === 'malformed') return answer(200, text.slice(0, Math.min(at, text.length - 1)));
    return cutAfter(Math.min(at, text.length - 1), body);
  };

  test('the users yielded are the truth from its beginning, and a walk that ends well is all of it', async () => {
    const pages = fc.array(fc.record({ size, troubles: fc.array(trouble, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(pages, fc.boolean(), fc.nat(3), async (shape, prefetch, maxRetries) => {
        let count = 0;
        const truth: string[] = [];
        const script = shape.flatMap(({ size, troubles }, i) => {
          const ids = Array.from({ length: size }, () => `user_${count++}`);
          truth.push(...ids);
          const body = page(ids, { has_more: i < shape.length - 1, last_id: `cursor_${i}` });
          return [...troubles.map((each) => replyOf(each, body)), answer(200, body)];
        });
        server.play(...script);
        const { ids, error } = await walk(clientOf({ maxRetries, fetch: quick }), { prefetch });
        expect(ids).toEqual(truth.slice(0, ids.length));
        if (error === undefined) expect(ids).toEqual(truth);
        else expect(error).toBeInstanceOf(APIError);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  /** A `fetch` that turns a failed connection into an answer that may be asked for again at once. */
  async function quick(url: string, init?: RequestInit): Promise<Response> {
    try {
      const response = await fetch(url, init);
      const text = await response.clone().text();
      return new Response(response.status === 204 ? null : text, response);
    } catch (error) {
      if (init?.signal?.aborted) throw error;
      return new Response('{}', { status: 503, headers: { 'retry-after-ms': '0' } });
    }
  }
});

describe('a connection that is cut', () => {
  const body = page(['a', 'b']);
  const length = JSON.stringify(body).length;

  test('at any byte of the body is an error, and never a shorter page', async () => {
    const client = clientOf({ maxRetries: 0 });
    for (let bytes = 0; bytes < length; bytes += 1) {
      server.play(cutAfter(bytes, body));
      const { ids, error } = await walk(client);
      expect(ids).toEqual([]);
      expect(error).toBeInstanceOf(APIError);
    }
    server.play(cutAfter(length, body));
    expect((await walk(client)).ids).toEqual(['a', 'b']);
  });

  test('or stalls at any byte ends by the timeout', async () => {
    const client = clientOf({ maxRetries: 0, timeout: 40 });
    for (let bytes = 0; bytes < length; bytes += 17) {
      server.play(stallAfter(bytes, body));
      expect((await walk(client)).error).toMatchObject({ name: 'APIConnectionTimeoutError' });
    }
  });
});

describe('a hostile server', () => {
  test('pages without end are walked one at a time, and a break ends it', async () => {
    let count = 0;
    server.play((response, request) => {
      const id = `user_${count++}`;
      answer(200, page([id], { has_more: true }))(response, request);
    });
    const ids = [];
    for await (const { id } of clientOf().admin.organization.users.list()) {
      ids.push(id);
      if (ids.length === 50) break;
    }
    expect(server.requests).toHaveLength(50);
  });

  test('a loop of three cursors throws on the first repeated cursor', async () => {
    const cursors = ['a', 'b', 'c'];
    let count = 0;
    server.play((response, request) => {
      const id = cursors[count++ % 3] ?? '';
      answer(200, page([id], { has_more: true }))(response, request);
    });
    const { ids, error } = await walk(clientOf());
    expect(ids).toEqual(['a', 'b', 'c', 'a']);
    expect(String(error)).toContain('"a" twice');
  });

  test('more pages without any cursor are an error', async () => {
    server.play(answer(200, page([], { has_more: true })));
    expect(String((await walk(clientOf())).error)).toContain('the page has none');
  });

  test.each([
    'a\r\nx-evil: 1',
    '../../admin?x=',
    '#frag',
    '%00',
    'ü€😀',
    ' ',
    '\ud800',
    '"><script>',
    'a&after=b',
  ])('the cursor %j is sent back unchanged, in the query only', async (cursor) => {
    server.play(
      answer(200, page(['a'], { has_more: true, last_id: cursor })),
      answer(200, page(['b'])),
    );
    expect((await walk(clientOf())).ids).toEqual(['a', 'b']);
    const { url, headers } = server.requests[1] ?? { url: '', headers: {} };
    const { pathname, searchParams } = new URL(url, server.origin);
    expect(pathname).toBe('/organization/users');
    expect([...searchParams]).toEqual([['after', cursor.replace(/\p{Surrogate}/gu, '\ufffd')]]);
    expect(headers).not.toHaveProperty('x-evil');
  });

  test.each(['9999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '1e300'])(
    'Retry-After: %s does not hold the caller for years',
    async (value) => {
      server.play(failure(429, { 'retry-after-ms': '', 'retry-after': value }));
      const { error } = await walk(clientOf({ maxRetries: 1 }));
      expect(error).toMatchObject({ name: 'RateLimitError', attempts: 1 });
    },
  );

  test('a page of 50 MB is read, or refused, but does not break anything', async () => {
    const name = 'x'.repeat(50_000);
    const data = Array.from({ length: 1_000 }, (_, i) => ({
      object: 'organization.user',
      id: `u${i}`,
      added_at: 1,
      name,
    }));
    server.play(answer(200, { ...page([]), data, last_id: 'u999' }));
    expect((await walk(clientOf({ timeout: 30_000 }))).ids).toHaveLength(1_000);
  });

  test.each([
    ['has_more', { has_more: 'yes' }],
    ['last_id', { has_more: true, last_id: 5 }],
    ['data', { data: 'a' }],
    ['data', { data: null }],
  ])('a page whose %s is of another type is refused', async (_, more) => {
    server.play(answer(200, { ...page(['a']), ...more }));
    expect((await walk(clientOf())).error).toMatchObject({ name: 'InvalidResponseError' });
  });

  test('a key that the server sends back is shown nowhere', async () => {
    const echo = `You sent ${adminAPIKey}!`;
    const lines: unknown[] = [];
    const log = (...line: unknown[]) => lines.push(line);
    const logger = { error: log, warn: log, info: log, debug: log };
    const script: Reply[] = [
      answer(
        401,
        { error: { message: echo, type: echo, param: echo, code: echo } },
        { 'x-request-id': echo, 'x-echo': echo },
      ),
      answer(500, echo, { 'retry-after-ms': '1' }),
      answer(200, echo, { 'content-type': `text/${adminAPIKey}` }),
      answer(200, page([], { has_more: true })),
      reset,
    ];
    for (const reply of script) {
      server.play(reply);
      const client = clientOf({ logger, logLevel: 'debug', maxRetries: 1 });
      const { error } = await walk(client);
      expect(error).toBeInstanceOf(OrgClientError);
      const shown = inspect([error, client, lines], { depth: 12, showHidden: true });
      expect(shown + JSON.stringify([error, client, lines])).not.toContain(adminAPIKey);
      expect(String((error as Error).stack)).not.toContain(adminAPIKey);
    }
  });
});
