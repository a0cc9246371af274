import OrgClient from '@org/client';
import { setupWorker } from 'msw/browser';
import { handlers, mock } from './handlers.js';

await setupWorker(...handlers).start({ quiet: true });

// No request leaves the page, so that no key is at risk.
const client = new OrgClient({ adminAPIKey: 'any-key', dangerouslyAllowBrowser: true });

mock.fail({ status: 503, retryAfter: 0, times: 1 });
const page = await client.admin.organization.users.list({ limit: 3 });
const statuses = mock.requests.map(({ status }) => status);
document.body.textContent = `${page.data.length} users after ${statuses.join(', ')}`;
