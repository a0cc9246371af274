import type { OrganizationUser } from '@org/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { userSchema } from '../src/engine/operations.ts';
import { UserDirectory } from '../src/state/directory.ts';

const user = (id: string, more: Partial<OrganizationUser> = {}): OrganizationUser => ({
  object: 'organization.user',
  id,
  added_at: 1711471533,
  ...more,
});

/** Walks all pages, and lets the caller change the directory after each. */
function walk(directory: UserDirectory, limit: number, between: () => void = () => {}): string[] {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = directory.page({ after, limit });
    if (!page) throw new Error(`The cursor ${after} is unknown.`);
    ids.push(...page.users.map(({ id }) => id));
    after = page.users.at(-1)?.id;
    if (!page.hasMore || after === undefined) return ids;
    between();
  }
}

describe('pages', () => {
  test('tile the directory exactly, for every limit', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.integer({ min: 1, max: 130 }), fc.nat(), (size, limit, seed) => {
        const directory = new UserDirectory(size, seed);
        const all = directory.list().map(({ id }) => id);
        expect(all).toHaveLength(size);
        expect(new Set(all).size).toBe(size);
        expect(walk(directory, limit)).toEqual(all);
      }),
    );
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
          const directory = new UserDirectory(size, 'walk');
          const initial = directory.list().map(({ id }) => id);
          const removed = new Set<string>();
          const remaining = [...rounds];
          const seen = walk(directory, limit, () => {
            for (const step of remaining.shift() ?? []) {
              if (step.kind === 'add') {
                directory.add({ email: 'late@example.com' });
                continue;
              }
              const id = initial[step.at % initial.length] as string;
              if (step.kind === 'remove') {
                directory.remove(id);
                removed.add(id);
              } else if (directory.get(id)) {
                directory.update(id, { role: 'owner' });
              }
            }
          });
          const throughout = initial.filter((id) => !removed.has(id));
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((id) => throughout.includes(id))).toEqual(throughout);
        },
      ),
    );
  });

  test("a removed user's id still marks the place", () => {
    const directory = new UserDirectory(10, 1);
    const ids = directory.list().map(({ id }) => id);
    const cursor = ids[4] as string;
    expect(directory.remove(cursor)).toBe(true);
    expect(directory.remove(cursor)).toBe(false);
    expect(directory.get(cursor)).toBeUndefined();
    expect(directory.page({ after: cursor, limit: 2 })?.users.map(({ id }) => id)).toEqual(
      ids.slice(5, 7),
    );
    expect(directory.size).toBe(9);
  });

  test('an id that nobody ever had is no cursor', () => {
    const directory = new UserDirectory(10, 1);
    for (const after of ['nobody', 'user_0000000', 'user_zzzzzzz', ' ', '__proto__']) {
      expect(directory.page({ after, limit: 2 })).toBeUndefined();
    }
  });
});

describe('emails', () => {
  test('match without regard to case, in the order of the directory', () => {
    const directory = new UserDirectory(50, 1);
    const known = directory.list().filter(({ email }) => email);
    const [a, b] = [known[7], known[3]] as [OrganizationUser, OrganizationUser];
    const emails = [a.email?.toUpperCase() ?? '', b.email ?? '', 'nobody@example.com'];
    expect(directory.page({ emails, limit: 10 })?.users).toEqual([b, a]);
  });

  test('follow what was added, changed and removed', () => {
    const directory = new UserDirectory(5, 1);
    const added = directory.add({ email: 'New@example.com' });
    const find = (email: string) => directory.page({ emails: [email], limit: 10 })?.users;
    expect(find('new@EXAMPLE.com')).toEqual([added]);
    directory.update(added.id, { email: 'other@example.com' });
    expect(find('new@example.com')).toEqual([]);
    expect(find('other@example.com')).toHaveLength(1);
    directory.update(added.id, { email: undefined } as unknown as Partial<OrganizationUser>);
    expect(find('other@example.com')).toEqual([]);
    const [generated] = directory.list().filter(({ email }) => email);
    directory.remove(generated?.id ?? '');
    expect(find(generated?.email ?? '')).toEqual([]);
  });

  test('page through the matches with the cursor of any user', () => {
    const users = ['a', 'b', 'c', 'd'].map((id) => user(id, { email: 'same@example.com' }));
    const directory = new UserDirectory(users, 1);
    const emails = ['same@example.com'];
    expect(directory.page({ emails, limit: 2 })).toMatchObject({ hasMore: true });
    expect(directory.page({ emails, after: 'b', limit: 2 })).toEqual({
      users: users.slice(2),
      hasMore: false,
    });
  });
});

describe('changes', () => {
  test('add refuses an id that is taken, and update one that would change it', () => {
    const directory = new UserDirectory([user('user_a')], 1);
    expect(() => directory.add({ id: 'user_a' })).toThrow('already a user with the id "user_a"');
    expect(() => directory.update('nobody', {})).toThrow('no user with the id "nobody"');
    expect(() => directory.update('user_a', { id: 'user_b' })).toThrow('id cannot change');
  });

  test('add gives what the spec requires, and nothing else', () => {
    const added = new UserDirectory(0, 1).add({ name: 'Ada' });
    expect(Object.keys(added).sort()).toEqual([...(userSchema.required ?? []), 'name'].sort());
  });

  test('reset brings back the seed', () => {
    const directory = new UserDirectory(20, 'again');
    const before = directory.list();
    directory.remove(before[3]?.id ?? '');
    directory.update(before[5]?.id ?? '', { name: null });
    directory.add({});
    directory.reset();
    expect(directory.list()).toEqual(before);
    expect(directory.size).toBe(20);
  });

  test("the caller's own objects are not changed, nor do they change the directory", () => {
    const given = user('user_a', { name: 'Ada' });
    const directory = new UserDirectory([given], 1);
    directory.update('user_a', { name: 'Grace' });
    expect(given.name).toBe('Ada');
    given.name = 'Changed';
    expect(directory.get('user_a')?.name).toBe('Grace');
  });
});

describe('generated users', () => {
  test('the same seed gives the same users, another seed gives others', () => {
    const list = (seed: string) => JSON.stringify(new UserDirectory(50, seed).list());
    expect(list('a')).toBe(list('a'));
    expect(list('a')).not.toBe(list('b'));
  });

  test('every property appears, every optional one is absent and every nullable one null somewhere', () => {
    const users = new UserDirectory(500, 1).list();
    for (const [name, schema] of Object.entries(userSchema.properties ?? {})) {
      const values = users.map((one) => (one as unknown as Record<string, unknown>)[name]);
      const types = (schema.oneOf ?? [schema]).flatMap(({ type = [] }) => type);
      expect(values.some((value) => value !== undefined && value !== null)).toBe(true);
      expect(values.includes(undefined)).toBe(!userSchema.required?.includes(name));
      expect(values.includes(null)).toBe(types.includes('null'));
    }
  });

  test('a million of them cost no start-up, and the last is found like the first', () => {
    const directory = new UserDirectory(1_000_000, 1);
    const page = directory.page({ limit: 1 });
    const id = page?.users[0]?.id ?? '';
    expect(directory.get(id)).toEqual(page?.users[0]);
    // Places far apart, reached by id alone: nothing in between is generated.
    const last = directory.page({ after: id, limit: 20_001 })?.users.at(-1);
    expect(directory.page({ after: last?.id, limit: 1 })?.users).toHaveLength(1);
    expect(directory.size).toBe(1_000_000);
  });
});
