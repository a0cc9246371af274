import { expect, test } from 'vitest';
import { exampleOf } from '../src/cli/example.ts';
import { greet } from '../src/cli/greeting.ts';
import { apiOf } from './support/api-of.ts';

const greeting = {
  url: 'http://127.0.0.1:4010/v1',
  example: { target: '/v1/users', flags: [] },
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

test('the example is a request that the document allows, though all paths have parameters', async () => {
  const schema = { type: 'string', pattern: '^AC[0-9]{4}$' };
  const api = await apiOf({
    openapi: '3.1.0',
    info: { title: 'Calls', version: '1' },
    paths: {
      '/accounts/{sid}/calls.json': {
        parameters: [{ name: 'sid', in: 'path', required: true, schema }],
        get: { operationId: 'calls.list', responses: { 200: { description: 'OK' } } },
      },
    },
  });
  expect(exampleOf(api, 'k').target).toMatch(/^\/accounts\/AC\d{4}\/calls\.json$/);
});
