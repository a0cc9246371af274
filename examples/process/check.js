// What start-server-and-test runs once the mock answers.
const OrgClient = require('@org/client');

async function main() {
  const client = new OrgClient({ adminAPIKey: 'any-key', baseURL: 'http://127.0.0.1:4012/v1' });
  const page = await client.admin.organization.users.list({ limit: 5 });
  console.log(`${page.data.length} users`);
}
main();
