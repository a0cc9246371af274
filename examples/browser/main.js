// The mock inside of a page: no server, no socket.
import OrgClient from '@org/client';
import { createMock } from '@org/mock';

const mock = createMock({ data: { users: 50 } });
// A `fetch` of one's own leaves nothing that the browser guard has to guard.
const client = new OrgClient({ adminAPIKey: 'any-key', fetch: mock.fetch });

const users = [];
for await (const user of client.admin.organization.users.list({ limit: 20 })) users.push(user);
document.body.textContent = `${users.length} users, ${mock.requests.length} requests`;
