// Compiled against the published packages, as a CommonJS module.
import client = require('@org/client');
import fetchClient = require('@org/client/fetch');
import mocks = require('@org/mock');
import type types = require('@org/types');

const mock: mocks.Mock = mocks.createMock({ data: { users: 3 } });
const instance = new client.OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
const query: types.UserListParams = { limit: 2 };
export const users: Promise<types.OrganizationUser[]> = instance.admin.organization.users
  .list(query)
  .then((page) => page.data);
export const typed = fetchClient.createFetchClient({ adminAPIKey: 'any', fetch: mock.fetch });
export const other = new client.default({ adminAPIKey: null });

// @ts-expect-error limit is a number
instance.admin.organization.users.list({ limit: '2' });
// @ts-expect-error there is no such option
mocks.createMock({ user: 3 });
