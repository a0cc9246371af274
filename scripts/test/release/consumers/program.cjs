// The same, as CommonJS.
const { OrgClient } = require('@org/client');
const { createFetchClient } = require('@org/client/fetch');

const options = { adminAPIKey: 'any', baseURL: process.argv[2] };
(async () => {
  const ids = [];
  for await (const user of new OrgClient(options).admin.organization.users.list({ limit: 7 })) {
    ids.push(user.id);
  }
  const { data } = await createFetchClient(options).GET('/organization/users', {
    params: { query: { limit: 1 } },
  });
  console.log(JSON.stringify({ count: ids.length, first: data.first_id === ids[0] }));
})();
