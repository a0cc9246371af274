import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';

// What a person sees who looks at the mock for the first time.
const mock = createMock({ data: { users: 500 } });
const users = mock.data.users.list();
const share = (isIt: (user: (typeof users)[number]) => unknown) =>
  users.filter(isIt).length / users.length;

test('a name and the email address of one user agree, also in the details below', () => {
  for (const { name, email, user } of users) {
    const [first = ''] = (name ?? user?.name ?? '').toLowerCase().split(' ');
    for (const address of [email, user?.email]) if (address) expect(address).toContain(first);
    if (name && user?.name) expect(user.name).toBe(name);
    if (email && user?.email) expect(user.email).toBe(email);
  }
});

test('no two users have the same email address', () => {
  const addresses = users.map(({ email }) => email).filter(Boolean);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('users are created before they join, and use a key after that', () => {
  for (const { created, added_at, api_key_last_used_at: used } of users) {
    if (created !== undefined) expect(created).toBeLessThan(added_at);
    if (used) expect(used).toBeGreaterThan(added_at);
  }
});

test('most users are people who may sign in', () => {
  expect(share(({ is_service_account }) => is_service_account)).toBeLessThan(0.12);
  expect(share(({ user }) => user?.banned)).toBeLessThan(0.1);
  expect(share(({ name }) => !name)).toBeLessThan(0.1);
  expect(share(({ role }) => role === 'owner' || role === 'reader')).toBeGreaterThan(0.9);
});

test('a time of a ban is there where a user is banned', () => {
  for (const { user } of users)
    if (user) expect(typeof user.banned_at === 'number').toBe(user.banned === true);
});

test('the first rows show what there is to a user', () => {
  for (const user of users.slice(0, 3)) {
    for (const value of [user.name, user.email, user.role, user.projects?.data[0]?.name])
      expect(value).toEqual(expect.any(String));
    expect(user.is_service_account).toBe(false);
  }
});

test('a role has the description that goes with its name, and no user has one name twice', () => {
  const described = new Map<string, string | null>();
  for (const { id } of users.slice(0, 50)) {
    const roles = mock.data['users.roles'].list({ user_id: id });
    expect(new Set(roles.map(({ name }) => name)).size).toBe(roles.length);
    for (const { name, description } of roles) {
      if (description === null) continue;
      expect(described.get(name) ?? description).toBe(description);
      described.set(name, description);
    }
  }
});
