// Run against the published command: lists every user of the mock at the address that is given.
import OrgClient from '@org/client';
import { createFetchClient } from '@org/client/fetch';

const options = { adminAPIKey: 'any', baseURL: process.argv[2] };
const ids = [];
for await (const user of new OrgClient(options).admin.organization.users.list({ limit: 7 })) {
  ids.push(user.id);
}
const { data } = await createFetchClient(options).GET('/organization/users', {
  params: { query: { limit: 1 } },
});
console.log(JSON.stringify({ count: ids.length, first: data.first_id === ids[0] }));
