import fc from 'fast-check';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import OrgClient from '../../src/index.ts';
import type { differences } from '../drop-in/differences.ts';
import type { Reply } from '../support/scripted-server.ts';
import {
  answer,
  cutAfter,
  failure,
  page,
  reset,
  ScriptedServer,
} from '../support/scripted-server.ts';

// 1,000 servers answer both packages by the same random script. Until an answer comes that the migration guide says
// both treat differently, both have to send the same requests; without one, the program gets the same result.

/** An answer, and the row of the migration guide that it is about. */
interface Step {
  name: string;
  reply: Reply;
  differs?: keyof typeof differences;
  /** Where a page says that the next one begins. */
  cursor?: unknown;
}

const user = { object: 'organization.user', id: 'user_1', email: 'a@x.test', added_at: 1 };
const deleted = { object: 'organization.user.deleted', id: 'user_1', deleted: true };
const step = (name: string, reply: Reply, differs?: keyof typeof differences): Step => ({
  name,
  reply,
  ...(differs === undefined ? {} : { differs }),
});

/** What an operation answers when all is well. */
const good: fc.Arbitrary<Step> = fc.constantFrom(
  step('a user', answer(200, user, { 'x-request-id': 'req_2' })),
  step('deleted', answer(200, deleted)),
  step(
    'a number in a user',
    answer(200, { ...user, added_at: 1e300, more: { nested: [1, null] } }),
  ),
  step('a user that is a text', answer(200, '"user_1"')),
  step('created', answer(201, user)),
);

const ids = fc.oneof(
  {
    arbitrary: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'x y&z=/ü', 'user_1'), {
      minLength: 1,
      maxLength: 3,
    }),
    weight: 9,
  },
  { arbitrary: fc.constant([]), weight: 1 },
);
/** Pages of a list whose cursor stands in this field. */
const pagesWith = (cursor: 'last_id' | 'next'): fc.Arbitrary<Step> =>
  fc
    .record({
      ids,
      more: fc.constantFrom(true, true, false),
      last: fc.constantFrom(
        'right',
        'right',
        'right',
        'right',
        'other',
        'other',
        'null',
        'missing',
      ),
      first: fc.constantFrom('right', 'null', 'number'),
    })
    .map(({ ids, more, last, first }) => {
      const body: Record<string, unknown> = page(ids, { has_more: more });
      if (cursor === 'next') body['next'] = more ? (ids.at(-1) ?? null) : null;
      if (last === 'null') body[cursor] = null;
      if (last === 'missing') delete body[cursor];
      if (last === 'other') body[cursor] = 'other';
      if (first !== 'right') body['first_id'] = first === 'null' ? null : 5;
      const lacksCursor = more && typeof body[cursor] !== 'string';
      const differs =
        more && ids.length === 0 ? 'empty-page' : lacksCursor ? 'no-cursor' : undefined;
      const found = step(`the page ${JSON.stringify(body)}`, answer(200, body), differs);
      return more ? { ...found, cursor: body[cursor] } : found;
    });

const statuses = [400, 401, 403, 404, 408, 409, 410, 418, 422, 425, 429, 500, 501, 502, 503, 529];
const errorBodies: Record<string, [body: unknown, differs?: keyof typeof differences]> = {
  'an error': [{ error: { message: 'It failed.', type: 't', param: 'limit', code: 'c' } }],
  'an error with a text': [{ error: 'It failed.' }],
  'an error without a message': [{ error: { code: 'c' } }],
  'an error of numbers': [{ error: { message: 5, code: 6 } }],
  'another object': [{ detail: 'gone' }],
  'an empty object': [{}],
  'a plain text': ['It failed.'],
  'an empty body': [''],
  'a JSON text': ['"It failed."', 'json-text'],
};
const failures: fc.Arbitrary<Step> = fc
  .record({
    status: fc.constantFrom(...statuses),
    body: fc.constantFrom(...Object.keys(errorBodies)),
    after: fc.constantFrom('1', '0', '2.5'),
    retry: fc.constantFrom(undefined, undefined, undefined, 'true', 'false'),
    id: fc.constantFrom(undefined, 'req_1'),
    type: fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain'),
  })
  .map(({ status, body: name, after, retry, id, type }) => {
    const [body, differs] = errorBodies[name] ?? [''];
    const headers = {
      ...{ 'retry-after-ms': after, 'content-type': type },
      ...(retry === undefined ? {} : { 'x-should-retry': retry }),
      ...(id === undefined ? {} : { 'x-request-id': id }),
    };
    const text = `${status} with ${name}, ${JSON.stringify(headers)}`;
    return step(text, answer(status, body, headers), differs);
  });

const odd: fc.Arbitrary<Step> = fc.constantFrom(
  step('HTML', answer(200, '<html></html>', { 'content-type': 'text/html' }), 'not-json'),
  step('broken JSON', answer(200, '{"object":"list","data":['), 'not-json'),
  step('an empty 200', answer(200, ''), 'not-json'),
  step('half a body', cutAfter(20, page(['a'])), 'not-json'),
  step('nothing', (response) => response.writeHead(204).end(), 'no-content'),
  step('JSON as text', answer(200, page(['a']), { 'content-type': 'text/plain' }), 'json-as-text'),
  step('a long wait', failure(429, { 'retry-after-ms': '61000' }), 'long-wait'),
  step('a reset', reset),
);

type Client = OpenAI | OrgClient;
/** The overloads of both are the same to a program, but not to the compiler. */
const usersOf = (client: Client) => (client as OpenAI).admin.organization.users;
const users = pagesWith('last_id');
const calls: Record<
  string,
  { list?: fc.Arbitrary<Step>; run: (client: Client) => PromiseLike<unknown> }
> = {
  'a walk over the users': { list: users, run: (client) => walk(usersOf(client).list()) },
  'a walk over the roles': {
    list: pagesWith('next'),
    run: (client) => walk(usersOf(client).roles.list('user_1')),
  },
  'a page of users': {
    list: users,
    run: (client) =>
      usersOf(client)
        .list({ limit: 2 })
        .then(({ data }) => data),
  },
  'users.retrieve': { run: (client) => usersOf(client).retrieve('user_1') },
  'users.update': {
    run: (client) => usersOf(client).update('user_1', { role_id: 'r' }),
  },
  'users.delete': { run: (client) => usersOf(client).delete('user_1') },
  'users.roles.create': {
    run: (client) => usersOf(client).roles.create('user_1', { role_id: 'r' }),
  },
};

/** The ids in a walk, which ends after twelve of them. */
async function walk(items: AsyncIterable<{ id: string }>) {
  const seen: string[] = [];
  for await (const { id } of items) if (seen.push(id) >= 12) break;
  return seen;
}

interface Scene {
  call: string;
  steps: Step[];
  maxRetries: number;
}
const scenes: fc.Arbitrary<Scene> = fc.constantFrom(...Object.keys(calls)).chain((call) =>
  fc.record({
    call: fc.constant(call),
    steps: fc.array(
      fc.oneof(
        { arbitrary: calls[call]?.list ?? good, weight: 6 },
        { arbitrary: failures, weight: 4 },
        { arbitrary: odd, weight: 1 },
      ),
      { minLength: 1, maxLength: 5 },
    ),
    maxRetries: fc.constantFrom(0, 1, 2),
  }),
);

const servers = Array.from({ length: 8 }, () => new ScriptedServer());
beforeAll(() => Promise.all(servers.map((server) => server.start())));
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** What a program gets, and what the server saw. */
async function play(Class: typeof OpenAI | typeof OrgClient, server: ScriptedServer, scene: Scene) {
  const client = new Class({
    ...{ adminAPIKey: 'sk-admin-servers', baseURL: `${server.origin}/v1`, logLevel: 'off' },
    maxRetries: scene.maxRetries,
    timeout: 30_000,
  });
  // A script that is over answers well, so that every walk ends.
  const last = calls[scene.call]?.list ? answer(200, page(['last'])) : answer(200, user);
  server.play(...scene.steps.map(({ reply }) => reply), last);
  const outcome = await (calls[scene.call]?.run(client) ?? Promise.reject()).then(
    (value) => ({ value: JSON.parse(JSON.stringify(value ?? null)) }),
    (error: Error & Record<string, unknown>) => {
      const { status, code, param, type, requestID, message } = error;
      return { error: error.constructor.name, status, code, param, type, requestID, message };
    },
  );
  const requests = server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`);
  return { outcome, requests };
}

/** The first answer of those that were fetched that both treat differently. */
function firstDifference({ steps }: Scene, fetched: number) {
  const cursors = new Set<unknown>();
  for (const [i, { differs, cursor }] of steps.slice(0, fetched).entries()) {
    if (differs !== undefined) return { row: differs, requests: i + 1 };
    if (cursor === undefined) continue;
    if (cursors.has(cursor)) return { row: 'loop' as const, requests: i + 1 };
    cursors.add(cursor);
  }
  return undefined;
}

test('1,000 random servers: every difference is a row of the migration guide', async () => {
  const sample = fc.sample(scenes, { numRuns: 1_000, seed: 20_261_129 });
  const met = new Set<keyof typeof differences>();
  const failed: unknown[] = [];
  let same = 0;
  const compare = async (server: ScriptedServer, scene: Scene) => {
    const theirs = await play(OpenAI, server, scene);
    const mine = await play(OrgClient, server, scene);
    if (JSON.stringify(mine) === JSON.stringify(theirs)) {
      same += 1;
      return;
    }
    const fetched = Math.max(mine.requests.length, theirs.requests.length);
    const difference = firstDifference(scene, fetched);
    const [before, after] = [theirs, mine].map(({ requests }) =>
      requests.slice(0, difference?.requests).join('\n'),
    );
    if (difference !== undefined && before === after) met.add(difference.row);
    else {
      const steps = scene.steps.map(({ name }) => name);
      failed.push({ call: scene.call, maxRetries: scene.maxRetries, steps, theirs, mine });
    }
  };
  const queue = sample.values();
  // Eight servers share the queue: each takes the next scene when it is done with one.
  await Promise.all(
    servers.map(async (server) => {
      for (const scene of queue) await compare(server, scene);
    }),
  );
  expect(failed.slice(0, 5)).toEqual([]);
  expect(same).toBeGreaterThan(500);
  expect([...met].sort()).toEqual([
    'empty-page',
    'json-as-text',
    'json-text',
    'long-wait',
    'loop',
    'no-content',
    'no-cursor',
    'not-json',
  ]);
}, 180_000);
