// Run by Jest at its defaults: CommonJS, no configuration.
const { default: OrgClient } = require('@org/client');
const { createMock, startMock } = require('@org/mock');

test('the mock in process', async () => {
  const mock = createMock({ data: { users: 30 } });
  const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
  const page = await client.admin.organization.users.list({ limit: 10 });
  expect(page.data).toHaveLength(10);
  expect(page.hasNextPage()).toBe(true);
});

test('the mock that listens', async () => {
  const mock = await startMock({ data: { users: 30 } });
  const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
  await expect(client.admin.organization.users.list({ limit: 0 })).rejects.toThrow(
    "Invalid 'limit'",
  );
  await mock.close();
});
