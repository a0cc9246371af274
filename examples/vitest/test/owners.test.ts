import { expect } from 'vitest';
import { ownerNames } from '../src/owners.ts';
import { test } from './fixtures.ts';

test('owners are listed across pages', async ({ mock, client }) => {
  const users = mock.data.users.list();
  const owners = users.filter(({ role }) => role === 'owner');
  expect(await ownerNames(client)).toEqual(owners.map(({ id, name }) => name ?? id));
});

test('a new owner is listed', async ({ mock, client }) => {
  const [first] = mock.data.users.list();
  mock.data.users.update(first.id, { role: 'owner', name: 'Ada' });
  expect(await ownerNames(client)).toContain('Ada');
});

test('a rate limit is waited out', async ({ mock, client }) => {
  mock.fail({ status: 429, retryAfter: 0, times: 1 });
  await ownerNames(client);
  expect(mock.requests.map(({ status }) => status)).toEqual([429, 200]);
});

test('each test starts with the same users, and an empty journal', async ({ mock }) => {
  expect(mock.data.users.size).toBe(50);
  expect(mock.data.users.list().some(({ name }) => name === 'Ada')).toBe(false);
  expect(mock.requests).toEqual([]);
});
