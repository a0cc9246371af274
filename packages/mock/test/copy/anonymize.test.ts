import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IDMap } from '../../src/copy/map-ids.ts';
import { startMock } from '../../src/index.ts';
import { noRoles, page, role, serve, user } from './scripted-server.ts';

beforeEach(() => vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-anonymous'));
afterEach(() => vi.unstubAllEnvs());

const person = {
  name: 'Grace Brewster Hopper',
  email: 'Grace.Hopper@navy.example',
  role: 'billing-admin',
  developer_persona: 'backend',
  technical_level: 'Knows COBOL, invented it',
  user: {
    id: 'user_3Fa9Qx',
    object: 'user',
    name: 'Grace Brewster Hopper',
    email: 'Grace.Hopper@navy.example',
    picture: 'https://navy.example/grace.png',
  },
  manager: 'gracehopper',
  phone: 12025550123,
  employer: { 'Grace Hopper': 'US Navy', since: '1943-12-01', rank: 'Rear admiral' },
};
const users = [
  user('user_3Fa9Qx', person),
  user('user_7Zk2Lm', { name: 'Alan Turing', email: 'alan@bletchley.example', role: 'owner' }),
  user('user_9Pp1Aa', { name: 'Grace Brewster Hopper', email: null, role: 'owner' }),
];
const keeper = role('role_5Tt6Uu', {
  name: 'Keeper of Enigma',
  description: 'May read what Grace Brewster Hopper wrote.',
  created_by: 'user_3Fa9Qx',
  metadata: { note: 'see https://navy.example/users/user_3Fa9Qx', team: 'Hut 8' },
});
const secrets = /grace|hopper|navy|turing|alan|bletchley|enigma|cobol|admiral|hut 8|2025550123/i;

/** An anonymized copy of the people above. */
async function copy(options: object = {}, seed: number | string = 1) {
  await using server = await serve(({ pathname }) => ({
    body: pathname.endsWith('/roles') ? { ...noRoles, data: [keeper] } : page(users),
  }));
  await using mock = await startMock({
    seed,
    from: { url: server.url, anonymize: true, ...options },
  });
  const [first, second, third] = mock.data.users.list();
  const roles = mock.data['users.roles'].list({ user_id: first?.id ?? '' });
  const text = JSON.stringify(mock.snapshot());
  return { first, second, third, roles, text, copied: mock.copied };
}

test('names, addresses and free text are replaced wherever they are', async () => {
  const { text, first, copied } = await copy();
  expect(text).not.toMatch(secrets);
  expect(first?.email).toMatch(/@example\.com$/);
  expect(copied?.problems).toEqual([]);
});

test('the same value gets the same replacement, another value another one', async () => {
  const { first, second, third } = await copy();
  expect(first?.user?.email).toBe(first?.email);
  expect(first?.user?.name).toBe(first?.name);
  expect(third?.name).toBe(first?.name);
  expect(second?.name).not.toBe(first?.name);
  expect(second?.email).not.toBe(first?.email);
});

test('ids, times, flags and what names a kind are kept', async () => {
  const { first, second, roles } = await copy();
  expect(first).toMatchObject({
    id: 'user_3Fa9Qx',
    object: 'organization.user',
    added_at: 1,
    role: 'billing-admin',
    developer_persona: 'backend',
    employer: { since: '1943-12-01' },
    user: { id: 'user_3Fa9Qx' },
  });
  expect(second?.role).toBe('owner');
  expect(roles[0]).toMatchObject({
    id: 'role_5Tt6Uu',
    created_by: 'user_3Fa9Qx',
    created_at: 1700000000,
    permissions: ['api.organization.users.read'],
    resource_type: 'api.organization',
    predefined_role: false,
  });
});

test('the seed decides the replacements', async () => {
  const texts = await Promise.all([copy(), copy(), copy({}, 'other')]);
  const [one, again, other] = texts.map(({ first }) => JSON.stringify(first));
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});

test('ids are mapped where that is asked for, and whatever refers to them alike', async () => {
  const { text, first, roles } = await copy({ mapIDs: true });
  for (const id of [...users.map(({ id }) => id), keeper.id]) expect(text).not.toContain(id);
  expect(first?.id).toMatch(/^user_\d[A-Z][a-z]\d[A-Z][a-z]$/);
  expect(first?.user?.id).toBe(first?.id);
  expect(roles[0]?.created_by).toBe(first?.id);
});

test('ids that are addresses are named if they are kept', async () => {
  await using server = await serve(({ pathname }) => ({
    body: pathname.endsWith('/roles') ? noRoles : page([user('ada@example.org')]),
  }));
  await using kept = await startMock({ from: { url: server.url, anonymize: true } });
  expect(kept.copied?.problems[0]?.reason).toContain('The id is an address');
  await using mapped = await startMock({
    from: { url: server.url, anonymize: true, mapIDs: true },
  });
  expect(mapped.copied?.problems).toEqual([]);
  expect(JSON.stringify(mapped.data.users.list())).not.toContain('ada@example.org');
});

describe('mapped ids', () => {
  const ids = fc.uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 10_000 }).map(String),
      fc.uuid(),
      fc.stringMatching(/^[a-z]+_[0-9A-Za-z]{4,12}$/),
    ),
    { minLength: 1, maxLength: 300 },
  );

  test('are as many, of the same form, and the same each time', () => {
    fc.assert(
      fc.property(ids, fc.string(), (given, seed) => {
        const map = new IDMap(seed);
        const mapped = given.map((id) => map.of(id));
        expect(new Set(mapped).size).toBe(given.length);
        for (const [i, id] of given.entries()) {
          expect(mapped[i]).not.toBe(id);
          expect(map.of(id)).toBe(mapped[i]);
          if (/^\d+$/.test(id)) expect(mapped[i]).toMatch(/^[1-9]\d*$/);
          const [prefix = ''] = /^[a-z]+_/.exec(id) ?? [];
          expect(mapped[i]?.startsWith(prefix)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
