import type { OrganizationUser } from '@org/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyOf, shapeOf } from '../src/api/schema.ts';
import { createMock, type Mock } from '../src/index.ts';
import { api } from '../src/spec.ts';
import type { Seed } from '../src/state/generate/random.ts';
import type { PageQuery } from '../src/state/page.ts';
import { type InitialData, State } from '../src/state/state.ts';
import { growthOf } from './support/heap.ts';

const user = (id: string, more: Partial<OrganizationUser> = {}): OrganizationUser => ({
  object: 'organization.user',
  id,
  added_at: 1711471533,
  ...more,
});

/** The users of a mock, and the pages that its list operation makes of them. */
function createUsers(users: number | OrganizationUser[], seed: Seed) {
  const state = new State(api, seed, { users } as InitialData);
  const collection = state.collection('users');
  const page = (query: PageQuery) => {
    const found = collection.page([], query);
    return 'items' in found ? found : undefined;
  };
  return { page, all: () => page({ limit: Infinity })?.items ?? [], collection };
}

const usersOf = (users: number | OrganizationUser[], seed: Seed = 1): Mock['data']['users'] =>
  createMock({ data: { users }, seed }).data.users;

const emailFilter = (...values: string[]) => [{ property: 'email', values, isEmail: true }];

describe('pages', () => {
  /** Walks all pages, and lets the caller change the collection after each. */
  function walk(
    { page }: Pick<ReturnType<typeof createUsers>, 'page'>,
    query: PageQuery,
    between: () => void = () => {},
  ): unknown[] {
    const ids: unknown[] = [];
    let after: string | undefined;
    for (;;) {
      const found = page({ ...query, after });
      if (!found) throw new Error(`The cursor ${after} is unknown.`);
      ids.push(...found.items.map(({ id }) => id));
      const last = found.items.at(-1)?.['id'];
      if (!found.hasMore || last === undefined) return ids;
      after = String(last);
      between();
    }
  }

  test('tile the collection exactly, for every limit and in both directions', () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.integer({ min: 1, max: 130 }),
        fc.nat(),
        fc.boolean(),
        (size, limit, seed, descending) => {
          const users = createUsers(size, seed);
          const all = users.all().map(({ id }) => id);
          expect(all).toHaveLength(size);
          expect(new Set(all).size).toBe(size);
          if (descending) all.reverse();
          expect(walk(users, { limit, descending })).toEqual(all);
        },
      ),
    );
  });

  test('before a cursor are the items next to it, in order', () => {
    const users = createUsers(10, 1);
    const ids = users.all().map(({ id }) => String(id));
    const before = (query: Omit<PageQuery, 'limit'>, limit: number) => {
      const found = users.page({ ...query, limit });
      return [found?.items.map(({ id }) => id), found?.hasMore];
    };
    expect(before({ before: ids[5] }, 3)).toEqual([ids.slice(2, 5), true]);
    expect(before({ before: ids[2] }, 3)).toEqual([ids.slice(0, 2), false]);
    expect(before({ after: ids[2], before: ids[8] }, 3)).toEqual([ids.slice(3, 6), true]);
    expect(before({ after: ids[2], before: ids[5] }, 3)).toEqual([ids.slice(3, 5), false]);
    const reversed = ids.toReversed();
    expect(before({ before: reversed[5], descending: true }, 3)).toEqual([
      reversed.slice(2, 5),
      true,
    ]);
    expect(before({ before: ids[0] }, 3)).toEqual([[], false]);
  });

  test('skip and repeat no user who was there throughout, whatever changes in between', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('add' as const) }),
      fc.record({ kind: fc.constantFrom('remove' as const, 'update' as const), at: fc.nat(199) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 70 }),
        (size, limit, rounds) => {
          const users = createUsers(size, 'walk');
          const { collection } = users;
          const initial = users.all().map(({ id }) => String(id));
          const removed = new Set<string>();
          const remaining = [...rounds];
          const seen = walk(users, { limit }, () => {
            for (const step of remaining.shift() ?? []) {
              if (step.kind === 'add') {
                collection.add([], collection.create([], { email: 'late@example.com' }));
                continue;
              }
              const id = initial[step.at % initial.length] as string;
              const item = collection.get([], id);
              if (step.kind === 'remove') {
                collection.remove([], id);
                removed.add(id);
              } else if (item) {
                collection.replace([], id, { ...item, role: 'owner' });
              }
            }
          });
          const throughout = initial.filter((id) => !removed.has(id));
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((id) => throughout.includes(String(id)))).toEqual(throughout);
        },
      ),
    );
  });

  test("a removed user's id still marks the place", () => {
    const users = createUsers(10, 1);
    const ids = users.all().map(({ id }) => String(id));
    const cursor = ids[4] as string;
    expect(users.collection.remove([], cursor)).toBe(true);
    expect(users.collection.remove([], cursor)).toBe(false);
    expect(users.collection.get([], cursor)).toBeUndefined();
    const page = users.page({ after: cursor, limit: 2 });
    expect(page?.items.map(({ id }) => id)).toEqual(ids.slice(5, 7));
    expect(users.collection.size).toBe(9);
  });

  test('an id that never existed is not a cursor', () => {
    const { page } = createUsers(10, 1);
    for (const after of ['nobody', 'user_0000000', 'user_zzzzzzz', ' ', '__proto__']) {
      expect(page({ after, limit: 2 })).toBeUndefined();
      expect(page({ before: after, limit: 2 })).toBeUndefined();
    }
  });
});

describe('a filter by address', () => {
  test('matches ignoring case, in the order of the collection', () => {
    const { all, page } = createUsers(50, 1);
    const known = all().filter(({ email }) => email);
    const [a, b] = [known[7], known[3]];
    const emails = [String(a?.['email']).toUpperCase(), String(b?.['email']), 'x@example.com'];
    expect(page({ filters: emailFilter(...emails), limit: 10 })?.items).toEqual([b, a]);
    const descending = page({ filters: emailFilter(...emails), limit: 10, descending: true });
    expect(descending?.items).toEqual([a, b]);
  });

  test('follows what is added, changed and removed', async () => {
    const mock = createMock({ data: { users: 5 } });
    const { users } = mock.data;
    const find = async (email: string) => {
      const response = await mock.fetch(`/organization/users?emails=${encodeURIComponent(email)}`, {
        headers: { authorization: 'Bearer x' },
      });
      return ((await response.json()) as { data: OrganizationUser[] }).data;
    };
    const added = users.add({ email: 'New@example.com' });
    expect(await find('new@EXAMPLE.com')).toEqual([added]);
    users.update(added.id, { email: 'other@example.com' });
    expect(await find('new@example.com')).toEqual([]);
    expect(await find('other@example.com')).toHaveLength(1);
    users.update(added.id, { email: undefined });
    expect(await find('other@example.com')).toEqual([]);
    const [generated] = users.list().filter(({ email }) => email);
    expect(await find(generated?.email ?? '')).toEqual([generated]);
    users.update(generated?.id ?? '', { email: 'moved@example.com' });
    expect(await find(generated?.email ?? '')).toEqual([]);
    users.remove(generated?.id ?? '');
    expect(await find('moved@example.com')).toEqual([]);
  });

  test('pages through the matches with the cursor of any user', () => {
    const given = ['a', 'b', 'c', 'd'].map((id) => user(id, { email: 'same@example.com' }));
    const { page } = createUsers(given, 1);
    const filters = emailFilter('same@example.com');
    expect(page({ filters, limit: 2 })).toMatchObject({ hasMore: true });
    const last = { items: given.slice(2), hasMore: false };
    expect(page({ filters, after: 'b', limit: 2 })).toMatchObject(last);
  });

  test('leaves nothing behind of addresses that are gone', async () => {
    const users = usersOf(1);
    const [id = ''] = users.list().map((one) => one.id);
    for (let i = 0; i < 1_000; i += 1) users.update(id, { email: `warm${i}@example.com` });
    const growth = await growthOf(() => {
      for (let i = 0; i < 50_000; i += 1) users.update(id, { email: `address${i}@example.com` });
    });
    // An empty set for each address would be 10 MB.
    expect(growth).toBeLessThan(4);
  });
});

describe('changes', () => {
  test('add refuses an id that is taken, and update one that would change it', () => {
    const users = usersOf([user('user_a')]);
    expect(() => users.add({ id: 'user_a' })).toThrow('the id "user_a" already');
    expect(() => users.update('nobody', {})).toThrow('no item with the id "nobody"');
    expect(() => users.update('user_a', { id: 'user_b' })).toThrow('cannot change');
  });

  test('add generates only properties that the spec requires', () => {
    const { required = [] } = api.schema('users');
    const added = usersOf(0).add({ name: 'Ada' });
    expect(Object.keys(added).sort()).toEqual([...required, 'name'].sort());
  });

  test('reset brings back the seed', () => {
    const mock = createMock({ data: { users: 20 }, seed: 'again' });
    const { users } = mock.data;
    const before = users.list();
    users.remove(before[3]?.id ?? '');
    users.update(before[5]?.id ?? '', { name: null });
    users.add({});
    mock.reset();
    expect(users.list()).toEqual(before);
    expect(users.size).toBe(20);
  });

  test("the caller's own objects are not changed, nor do they change the collection", () => {
    const given = user('user_a', { name: 'Ada' });
    const users = usersOf([given]);
    users.update('user_a', { name: 'Grace' });
    expect(given.name).toBe('Ada');
    given.name = 'Changed';
    expect(users.get('user_a')?.name).toBe('Grace');
  });
});

describe('generated users', () => {
  test('the same seed gives the same users, another seed gives others', () => {
    const list = (seed: string) => JSON.stringify(usersOf(50, seed).list());
    expect(list('a')).toBe(list('a'));
    expect(list('a')).not.toBe(list('b'));
  });

  test('every property appears, every optional one is absent and every nullable one null somewhere', () => {
    const users = usersOf(500).list();
    const schema = api.schema('users');
    for (const name of Object.keys(schema.properties ?? {})) {
      const values = users.map((one) => (one as unknown as Record<string, unknown>)[name]);
      const { nullable } = shapeOf(propertyOf(schema, name));
      expect(values.some((value) => value !== undefined && value !== null)).toBe(true);
      expect([name, values.includes(undefined)]).toEqual([name, !schema.required?.includes(name)]);
      expect([name, values.includes(null)]).toEqual([name, nullable]);
    }
  });

  test('a million of them cost no start-up, and the last is found like the first', () => {
    const started = process.cpuUsage();
    const users = usersOf(1_000_000);
    expect(process.cpuUsage(started).user).toBeLessThan(500_000);
    const { page, collection } = createUsers(1_000_000, 1);
    const first = page({ limit: 1 })?.items[0];
    expect(collection.get([], String(first?.['id']))).toEqual(first);
    // Places far apart, reached by id alone: nothing in between is generated.
    const last = page({ after: String(first?.['id']), limit: 20_001 })?.items.at(-1);
    expect(page({ after: String(last?.['id']), limit: 1 })?.items).toHaveLength(1);
    expect(page({ limit: 1, descending: true })?.items).toHaveLength(1);
    expect(users.size).toBe(1_000_000);
  });
});
