import OrgClient from '@org/client';
import { createMock } from '@org/mock';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';

// One program over all eight operations, run with the official package and with ours, each against a mock of its own
// with the same data. What the program sees and what goes over the wire must be the same.
const adminAPIKey = 'sk-admin-operations';

/** What the program needs of a client; both packages have it. */
type Client = Pick<OrgClient, 'admin'>;

const makers: Record<'theirs' | 'mine', (fetch: typeof globalThis.fetch) => Client> = {
  theirs: (fetch) =>
    new OpenAI({ adminAPIKey, fetch, maxRetries: 0, logLevel: 'off' }) as unknown as Client,
  mine: (fetch) => new OrgClient({ adminAPIKey, fetch, maxRetries: 0, logLevel: 'off' }),
};

type Program = (users: Client['admin']['organization']['users']) => AsyncGenerator<unknown>;

/** Everything that a step gives, as a program sees it: the fields of an error as well. */
async function run(program: Program, client: Client): Promise<unknown[]> {
  const steps: unknown[] = [];
  try {
    for await (const step of program(client.admin.organization.users)) steps.push(step);
  } catch (thrown) {
    const error = thrown as InstanceType<typeof OrgClient.APIError>;
    const { status, message, code, param, type } = error;
    steps.push({ class: error.constructor.name, status, message, code, param, type });
  }
  return JSON.parse(JSON.stringify(steps));
}

async function both(program: Program) {
  const seen: Record<string, { steps: unknown[]; wire: unknown[] }> = {};
  for (const [name, make] of Object.entries(makers)) {
    const mock = createMock({
      data: { users: 12 },
      seed: 'operations',
      keys: [adminAPIKey],
    });
    const steps = await run(program, make(mock.fetch as typeof globalThis.fetch));
    const wire = mock.requests.map(({ method, path, query, body, status }) => {
      return { method, path, query, body, status };
    });
    seen[name] = { steps, wire };
  }
  return seen as Record<'theirs' | 'mine', { steps: unknown[]; wire: unknown[] }>;
}

const idsOf = async (items: AsyncIterable<{ id: string }>) => {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
};

const programs: Record<string, Program> = {
  'list, retrieve, update, delete': async function* (users) {
    const all = await idsOf(users.list({ limit: 5 }));
    yield all;
    const [id = ''] = all;
    yield await users.retrieve(id);
    yield await users.update(id, { role: 'reader', technical_level: null });
    yield (await users.list({ limit: 1 })).data;
    yield await users.update(id, {});
    yield await users.delete(id);
    yield await idsOf(users.list());
    yield await users.retrieve(id);
  },
  'list, create, retrieve, delete of roles': async function* (users) {
    const [, { id = '' } = {}] = (await users.list()).data;
    yield await users.roles.create(id, { role_id: 'role_one' });
    yield await users.roles.create(id, { role_id: 'role_two' });
    yield await idsOf(users.roles.list(id, { limit: 1 }));
    yield (await users.roles.list(id, { order: 'desc', limit: 2 })).next;
    yield await users.roles.retrieve('role_one', { user_id: id });
    yield await users.roles.delete('role_one', { user_id: id });
    yield await idsOf(users.roles.list(id));
    yield await users.roles.retrieve('role_one', { user_id: id });
  },
  'pages by hand, and their options': async function* (users) {
    let page = await users.list({ limit: 5 });
    for (;;) {
      yield { ids: page.data.map(({ id }) => id), more: page.hasNextPage(), last: page.last_id };
      if (!page.hasNextPage()) break;
      const { query, method, path } = page.nextPageRequestOptions() ?? {};
      yield { query, method, path };
      page = await page.getNextPage();
    }
  },
  'raw responses': async function* (users) {
    const [{ id = '' } = {}] = (await users.list()).data;
    const { data, response } = await users.retrieve(id).withResponse();
    yield [data, response.status];
    yield await (await users.update(id, { role: 'owner' }).asResponse()).json();
  },
  'ids that need encoding': async function* (users) {
    for (const id of ['a/b', 'a b', 'ü', '%2F', 'a?b#c']) {
      yield await users.retrieve(id).catch((error: { status: number }) => error.status);
    }
  },
  'options instead of the query': async function* (users) {
    yield (await users.list({ query: { limit: 2 } })).data.length;
  },
};

const failures: Record<string, Program> = {
  'a user that does not exist': async function* (users) {
    yield await users.retrieve('user_unknown');
  },
  'an update of a user that does not exist': async function* (users) {
    yield await users.update('user_unknown', { role: 'owner' });
  },
  'a body with a property of the wrong type': async function* (users) {
    const [{ id = '' } = {}] = (await users.list()).data;
    yield await users.update(id, { role: 5 as unknown as string });
  },
  'a body without what is required': async function* (users) {
    const [{ id = '' } = {}] = (await users.list()).data;
    yield await users.roles.create(id, {} as { role_id: string });
  },
  'roles of a user that does not exist': async function* (users) {
    yield await idsOf(users.roles.list('user_unknown'));
  },
  'a limit that is too large': async function* (users) {
    yield await users.list({ limit: 101 });
  },
};

describe.each(Object.entries({ ...programs, ...failures }))('%s', (name, program) => {
  test('is the same with the official package: results, errors, and the wire', async () => {
    const { theirs, mine } = await both(program);
    expect(mine.steps).toEqual(theirs.steps);
    // The official package writes a space of the query as its own; ids are encoded alike once they are decoded.
    const decoded = (wire: unknown[]) =>
      JSON.parse(decodeURIComponent(JSON.stringify(wire).replaceAll('%', '%25')));
    expect(decoded(mine.wire)).toEqual(decoded(theirs.wire));
    expect(mine.wire.length).toBeGreaterThan(0);
    if (name in failures) expect(mine.steps.at(-1)).toHaveProperty('class');
  });
});

describe('an id that no request can carry', () => {
  test.each(['', '.', '..', '%2e%2e'])('%j is an error before anything is sent', (id) => {
    if (/^\.+$/.test(id)) {
      expect(() => makers.theirs(fetch).admin.organization.users.retrieve(id)).toThrow();
    }
    const mock = createMock();
    const { users } = makers.mine(mock.fetch as typeof fetch).admin.organization;
    expect(() => users.retrieve(id)).toThrow('user_id must be');
    expect(() => users.roles.delete('role_a', { user_id: id })).toThrow('user_id must be');
    expect(mock.requests).toHaveLength(0);
  });
});
