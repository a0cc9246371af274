import { expect, test } from 'vitest';
import { greet } from '../src/cli/greeting.ts';

const greeting = {
  url: 'http://127.0.0.1:4010/v1',
  example: { target: '/users', flags: [] },
  inspector: false,
};
const firstLine = (sizes: Record<string, number>) => greet({ ...greeting, sizes }).split('\n')[0];

test('the command counts the items of the first collections, and the other collections', () => {
  const sizes = { users: 7, 'users.roles': 21, teams: 6, groups: 5, keys: 4, boards: 3, cards: 2 };
  expect(firstLine({})).toBe('Mock listening on http://127.0.0.1:4010/v1');
  expect(firstLine({ users: 7, 'users.roles': 21 })).toMatch(/ \(7 users\)$/);
  expect(firstLine({ users: 1, entries: 1, data: 1 })).toMatch(/ \(1 user, 1 entry, 1 data\)$/);
  expect(firstLine(sizes)).toMatch(/ \(7 users, 6 teams, 5 groups, 4 keys, 2 more collections\)$/);
});
