import OrgClient from '@org/client';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { handlers, mock } from './handlers.js';

const server = setupServer(...handlers);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => mock.reset());
afterAll(() => server.close());

// The client is the same as in production: it uses the global fetch, which MSW replaces.
const client = new OrgClient({ adminAPIKey: 'any-key' });

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
