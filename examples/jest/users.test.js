const OrgClient = require('@org/client');
const { createMock } = require('@org/mock');

// One mock for each worker: Jest loads a test file once in the worker that runs it.
const mock = createMock({ data: { users: 50 } });
const client = new OrgClient({ adminAPIKey: 'any-key', fetch: mock.fetch });

beforeEach(() => mock.reset());
afterAll(() => mock.close());

test('makes a user an owner', async () => {
  const [user] = mock.data.users.list();
  await client.admin.organization.users.update(user.id, { role: 'owner' });
  expect(mock.data.users.get(user.id).role).toBe('owner');
});

test('reports a user that does not exist', async () => {
  const missing = client.admin.organization.users.retrieve('user_missing');
  await expect(missing).rejects.toBeInstanceOf(OrgClient.NotFoundError);
});

test('retries after a server error', async () => {
  mock.fail({ status: 503, retryAfter: 0, times: 1 });
  const page = await client.admin.organization.users.list({ limit: 5 });
  expect(page.data).toHaveLength(5);
  expect(mock.requests.map(({ status }) => status)).toEqual([503, 200]);
});
