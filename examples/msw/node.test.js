import OrgClient from '@org/client';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { handlers, mock } from './handlers.js';

// #region server
const server = setupServer(...handlers);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => mock.reset());
afterAll(() => server.close());
// #endregion

// The client that the program has in production: nothing in it knows of a mock. It takes the `fetch` that is there when it
// is made, and MSW puts its own there in `listen`.
let client;
beforeAll(() => {
  client = new OrgClient({ adminAPIKey: 'any-key' });
});

test('requests to the API are answered from the mock’s state', async () => {
  const [user] = mock.data.users.list();
  await client.admin.organization.users.update(user.id, { role: 'owner' });
  expect(mock.data.users.get(user.id).role).toBe('owner');
});

test('requests to the API fail as the mock is told', async () => {
  mock.fail({ status: 500, retryAfter: 0, times: 1 });
  const page = await client.admin.organization.users.list({ limit: 3 });
  expect(page.data).toHaveLength(3);
  expect(mock.requests.map(({ status }) => status)).toEqual([500, 200]);
});
