import OrgClient from '@org/client';
import { type MockServer, startMock } from '@org/mock';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const adminAPIKey = 'sk-admin-test';

describe('250 users of the mock, over HTTP', () => {
  let mock: MockServer;
  let truth: string[];

  beforeAll(async () => {
    mock = await startMock({ data: { users: 250 }, seed: 'drop-in', keys: [adminAPIKey] });
    truth = mock.data.users.list().map(({ id }) => id);
  });
  afterAll(() => mock.close());

  const official = () => new OpenAI({ adminAPIKey, baseURL: mock.url });
  const ours = () => new OrgClient({ adminAPIKey, baseURL: mock.url });

  async function idsOf(users: AsyncIterable<{ id: string }>): Promise<string[]> {
    const ids: string[] = [];
    for await (const user of users) ids.push(user.id);
    return ids;
  }

  async function idsByFetch(query: Record<string, string[]>): Promise<string[]> {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const pairs = Object.entries(query).flatMap(([name, values]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const search = new URLSearchParams(after ? [...pairs, ['after', after]] : pairs);
      const headers = { authorization: `Bearer ${adminAPIKey}` };
      const response = await fetch(`${mock.url}/organization/users?${search}`, { headers });
      const page = (await response.json()) as {
        data: { id: string }[];
        last_id: string;
        has_more: boolean;
      };
      ids.push(...page.data.map(({ id }) => id));
      after = page.has_more ? page.last_id : undefined;
    } while (after);
    return ids;
  }

  test('the official package lists all of them, in order', async () => {
    expect(truth).toHaveLength(250);
    expect(await idsOf(official().admin.organization.users.list())).toEqual(truth);
  });

  test('so do @org/client and a plain fetch loop', async () => {
    expect(await idsOf(ours().admin.organization.users.list())).toEqual(truth);
    expect(await idsByFetch({})).toEqual(truth);
  });

  test('all three find the same users by their email addresses', async () => {
    const wanted = mock.data.users
      .list()
      .filter(({ email }) => email)
      .slice(30, 75);
    const emails = wanted.map(({ email }) => email as string);
    const expected = wanted.map(({ id }) => id);
    expect(await idsOf(official().admin.organization.users.list({ emails }))).toEqual(expected);
    expect(await idsOf(ours().admin.organization.users.list({ emails }))).toEqual(expected);
    expect(await idsByFetch({ emails })).toEqual(expected);
  });

  test('both packages fail alike, with a bad limit and with a wrong key', async () => {
    for (const [query, key] of [
      [{ limit: 101 }, adminAPIKey],
      [{}, 'sk-admin-wrong'],
    ] as const) {
      const options = { adminAPIKey: key, baseURL: mock.url };
      const theirs = await new OpenAI(options).admin.organization.users
        .list(query)
        .catch((error) => error);
      const error = await new OrgClient(options).admin.organization.users
        .list(query)
        .catch((error) => error);
      expect(error.name).toBe(theirs.constructor.name);
      for (const field of ['status', 'message', 'code', 'param', 'type'] as const) {
        expect(error[field]).toEqual(theirs[field]);
      }
    }
  });
});
