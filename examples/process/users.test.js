const { writeFileSync } = require('node:fs');
const OrgClient = require('@org/client');

const client = new OrgClient({ adminAPIKey: 'any-key' });

test('lists users', async () => {
  const page = await client.admin.organization.users.list({ limit: 5 });
  expect(page.data).toHaveLength(5);
  // For ports-are-free.js
  writeFileSync('jest-url.txt', client.baseURL);
});
