import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import OrgClient from '../../src/index.ts';
import {
  answer,
  cutAfter,
  failure,
  page,
  type Reply,
  reset,
  ScriptedServer,
  silence,
  stallAfter,
} from '../support/scripted-server.ts';

// The same server drives the official package and ours through the same scenes. Where both should agree, they do; where
// ours is better, the test says in what.
const server = new ScriptedServer();
const elsewhere = new ScriptedServer();
beforeAll(async () => {
  await server.start();
  await elsewhere.start();
});
afterAll(async () => {
  await server.stop();
  await elsewhere.stop();
});

interface Scene {
  query?: object;
  options?: Record<string, unknown>;
  client?: Record<string, unknown>;
}
const adminAPIKey = 'sk-admin-differential';
const official = (more: object = {}) =>
  new OpenAI({ adminAPIKey, baseURL: `${server.origin}/v1`, logLevel: 'off', ...more });
const ours = (more: object = {}) =>
  new OrgClient({ adminAPIKey, baseURL: `${server.origin}/v1`, logLevel: 'off', ...more });

interface Users {
  list(query?: object, options?: object): AsyncIterable<{ id: string }> & PromiseLike<unknown>;
}
/** The users of either client. The overloads of both are the same to a program, but not to the compiler. */
const usersOf = (client: OpenAI | OrgClient) => client.admin.organization.users as unknown as Users;

/** What a program sees of a walk over all users, which ends after twelve of them in any case. */
async function walk(users: AsyncIterable<{ id: string }>) {
  const ids: string[] = [];
  try {
    for await (const { id } of users) {
      ids.push(id);
      if (ids.length >= 12) break;
    }
    return { ids };
  } catch (caught) {
    const error = caught as Error & Record<string, unknown>;
    const { status, code, param, type, requestID, message } = error;
    return { ids, error: error.constructor.name, status, code, param, type, requestID, message };
  }
}

/** Plays a script to both, and gives what each saw and what each sent. */
async function both(script: Reply[], { query, options, client }: Scene = {}) {
  const run = async (users: Users) => {
    server.play(...script);
    const seen = await walk(users.list(query, options));
    return { ...seen, requests: server.requests.length };
  };
  return {
    theirs: await run(usersOf(official(client))),
    mine: await run(usersOf(ours(client))),
  };
}

describe('both agree', () => {
  test.each([
    ...[400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 415, 418, 422, 425, 429, 451],
    ...[500, 501, 502, 503, 504, 520, 529, 599],
  ])('on the status %i: class, fields, message, and number of attempts', async (status) => {
    const { theirs, mine } = await both([failure(status)]);
    expect(mine).toEqual(theirs);
    expect(mine.status).toBe(status);
  });

  test.each<[string, number, Record<string, string>]>([
    ['retry-after-ms', 429, { 'retry-after-ms': '3' }],
    ['retry-after-ms with a fraction', 429, { 'retry-after-ms': '1.5' }],
    ['retry-after-ms of nothing', 429, { 'retry-after-ms': '0' }],
    ['retry-after-ms before retry-after', 503, { 'retry-after-ms': '1', 'retry-after': '40' }],
    ['retry-after in seconds', 429, { 'retry-after-ms': '', 'retry-after': '0' }],
    ['retry-after with a fraction', 429, { 'retry-after-ms': 'x', 'retry-after': '0.002' }],
    ['x-should-retry: true on a 400', 400, { 'x-should-retry': 'true' }],
    ['x-should-retry: false on a 500', 500, { 'x-should-retry': 'false' }],
    ['an x-should-retry that says nothing', 500, { 'x-should-retry': 'perhaps' }],
  ])('on %s', async (_, status, headers) => {
    const { theirs, mine } = await both([
      failure(status, headers),
      failure(status, headers),
      answer(200, page(['a'])),
    ]);
    expect(mine).toEqual(theirs);
  });

  test('on an HTTP date in retry-after', async () => {
    const soon = new Date(Date.now() + 1_000).toUTCString();
    const slow = failure(429, { 'retry-after-ms': '', 'retry-after': soon });
    const { theirs, mine } = await both([slow, answer(200, page(['a']))]);
    expect(mine).toEqual(theirs);
    expect(mine.requests).toBe(2);
  });

  test.each<[string, Reply[], Scene]>([
    ['maxRetries of the client', [failure(500)], { client: { maxRetries: 1 } }],
    ['maxRetries of the call', [failure(500)], { options: { maxRetries: 0 } }],
    ['a connection that is reset once', [reset, answer(200, page(['a']))], {}],
    ['an error without a body', [answer(404, '')], {}],
    ['an error that is not JSON', [answer(404, '<h1>no</h1>')], {}],
    ['an error without `error`', [answer(400, { reason: 'no' })], {}],
    ['an error whose message is not text', [answer(400, { error: { message: { a: 1 } } })], {}],
    [
      'two pages',
      [answer(200, page(['a', 'b'], { has_more: true })), answer(200, page(['c']))],
      {},
    ],
    ['an empty organization', [answer(200, page([]))], {}],
    [
      'a cursor that is not an id',
      [answer(200, page(['a'], { has_more: true, last_id: 'x y&z=/ü' })), answer(200, page(['b']))],
      {},
    ],
    [
      'a walk that fails on its second page',
      [answer(200, page(['a'], { has_more: true })), failure(403)],
      {},
    ],
  ])('on %s', async (_, script, scene) => {
    const { theirs, mine } = await both(script, scene);
    expect(mine).toEqual(theirs);
  });

  test.each<[string, Scene]>([
    [
      'cursor, limit and addresses',
      { query: { after: 'a b&c=d', limit: 7, emails: ['x+y@e.com', 'z'] } },
    ],
    ['values that are undefined', { query: { after: undefined, limit: 3 } }],
    ['extra parameters', { options: { query: { extra: 'ü', limit: 2 } } }],
    ['default parameters', { client: { defaultQuery: { limit: '9' } } }],
    [
      'headers of a call over those of the client',
      {
        client: { defaultHeaders: { 'X-Team': 'a', 'x-keep': '1' } },
        options: { headers: { 'x-team': 'b' } },
      },
    ],
    [
      'a header that is deleted',
      { client: { defaultHeaders: { 'x-team': 'a' } }, options: { headers: { 'X-Team': null } } },
    ],
    [
      'headers as pairs',
      {
        options: {
          headers: [
            ['x-team', 'a'],
            ['x-other', 'b'],
          ],
        },
      },
    ],
    ['headers as Headers', { options: { headers: new Headers({ 'x-team': 'a' }) } }],
    ['organization and project', { client: { organization: 'org-1', project: 'proj_1' } }],
    ['an Authorization of the caller', { options: { headers: { authorization: 'Bearer own' } } }],
  ])('on what they send: %s', async (_, { query, options, client }) => {
    const sent = [];
    for (const users of [
      usersOf(official(client)),
      usersOf(ours({ arrayFormat: 'brackets', ...client })),
    ]) {
      server.play(answer(200, page([])));
      await users.list(query, options);
      const { method, url, headers } = server.requests[0] ?? { url: '', headers: {} };
      const { pathname, searchParams } = new URL(url, server.origin);
      // Telemetry and the agent's name are the package's own business.
      const told = Object.entries(headers).filter(
        ([name]) => !/^x-stainless|^user-agent$|^accept-|^host$/.test(name),
      );
      sent.push({
        method,
        pathname,
        query: [...searchParams].sort(),
        headers: Object.fromEntries(told.sort()),
      });
    }
    expect(sent[1]).toEqual(sent[0]);
  });

  test.each<[string, Reply]>([
    ['that never answers', silence],
    ['that stalls in the body', stallAfter(20, page(['a']))],
  ])('on a timeout of a server %s', async (_, reply) => {
    const { theirs, mine } = await both([reply], { options: { timeout: 80, maxRetries: 1 } });
    expect(mine).toEqual(theirs);
    expect(mine).toMatchObject({
      error: 'APIConnectionTimeoutError',
      message: 'Request timed out.',
      requests: 2,
    });
  });

  test.each(['before', 'during', 'between'])('on an abort %s the attempts', async (when) => {
    for (const client of [official(), ours()]) {
      const controller = new AbortController();
      const wait = failure(500, { 'retry-after-ms': '20000' });
      server.play(when === 'between' ? wait : silence);
      if (when === 'before') controller.abort();
      const call = walk(usersOf(client).list({}, { signal: controller.signal }));
      setTimeout(() => controller.abort(), 100);
      const { error, message } = await call;
      expect([error, message]).toEqual(['APIUserAbortError', 'Request was aborted.']);
      expect(server.requests.length).toBe(when === 'before' ? 0 : 1);
    }
  });

  test('on a redirect: it is followed, and the key stays with the origin', async () => {
    for (const client of [official(), ours()]) {
      elsewhere.play(answer(200, page(['a'])));
      server.play(answer(307, '', { location: `${elsewhere.origin}/v1/organization/users` }));
      expect((await walk(usersOf(client).list())).ids).toEqual(['a']);
      expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
      server.play(answer(307, '', { location: '/v1/elsewhere' }), answer(200, page(['b'])));
      expect((await walk(usersOf(client).list())).ids).toEqual(['b']);
      expect(server.requests[1]?.headers.authorization).toBe(`Bearer ${adminAPIKey}`);
    }
  });
});

describe('ours is better', () => {
  const twoUsers = page(['a', 'b'], { has_more: true });

  test('where the cursor is null though there is more: the last id leads on, instead of a silent end', async () => {
    const first = answer(200, { ...twoUsers, last_id: null });
    const { theirs, mine } = await both([first, answer(200, page(['c']))]);
    expect(theirs).toEqual({ ids: ['a', 'b'], requests: 1 });
    expect(mine).toEqual({ ids: ['a', 'b', 'c'], requests: 2 });
  });

  test('where a page is empty though there is more: it is walked through', async () => {
    const empty = answer(200, page([], { has_more: true, last_id: 'x' }));
    const { theirs, mine } = await both([empty, answer(200, page(['a']))]);
    expect(theirs).toEqual({ ids: [], requests: 1 });
    expect(mine).toEqual({ ids: ['a'], requests: 2 });
  });

  test('where a cursor comes a second time: an error that names it, instead of an endless walk', async () => {
    const { theirs, mine } = await both([answer(200, twoUsers)]);
    expect(theirs.ids).toHaveLength(12);
    expect(mine).toMatchObject({ error: 'InvalidResponseError', requests: 2 });
    expect(mine.message).toContain('"b" twice');
  });

  test.each<[string, Reply]>([
    ['is cut off in the JSON', answer(200, '{"object":"list","data":[')],
    ['is HTML', answer(200, '<html>', { 'content-type': 'text/html' })],
    ['is empty', answer(200, '')],
    ['is null', answer(200, 'null')],
    ['is an array', answer(200, [])],
    ['has no data', answer(200, { object: 'list', has_more: false })],
    ['has data that is not an array', answer(200, { object: 'list', data: {}, has_more: false })],
  ])('where a success %s: one error that says so', async (_, reply) => {
    const { theirs, mine } = await both([reply], { options: { maxRetries: 0 } });
    expect(theirs.error).not.toBe('InvalidResponseError');
    expect(mine).toMatchObject({
      ids: [],
      error: 'InvalidResponseError',
      status: 200,
      requests: 1,
    });
  });

  test('where the body breaks off: the request is sent again', async () => {
    const { theirs, mine } = await both([cutAfter(20, page(['a'])), answer(200, page(['a']))]);
    expect(theirs).toMatchObject({ ids: [], requests: 1 });
    expect(theirs.error).toBeDefined();
    expect(mine).toEqual({ ids: ['a'], requests: 2 });
  });

  test('where the server asks for more than a minute: the call fails at once, and says how long', async () => {
    server.play(failure(429, { 'retry-after-ms': '', 'retry-after': '3600' }));
    const error = await ours()
      .admin.organization.users.list()
      .catch((caught) => caught);
    expect(error).toMatchObject({ name: 'RateLimitError', retryAfter: 3600, attempts: 1 });
  });

  test('where the page is logged as JSON: no request goes with it', async () => {
    server.play(answer(200, page(['a'])));
    const theirs = await official().admin.organization.users.list();
    server.play(answer(200, page(['a'])));
    const mine = await ours().admin.organization.users.list();
    expect(JSON.parse(JSON.stringify(mine))).toEqual(page(['a']));
    expect(JSON.stringify(theirs)).not.toBe(JSON.stringify(mine));
  });

  test('on the wire: arrays as the spec says, and no telemetry', async () => {
    server.play(answer(200, page([])));
    await ours().admin.organization.users.list({ emails: ['a', 'b'] });
    expect(server.requests[0]?.url).toBe('/v1/organization/users?emails=a&emails=b');
    expect(
      Object.keys(server.requests[0]?.headers ?? {}).some((name) => name.startsWith('x-')),
    ).toBe(false);
  });
});
