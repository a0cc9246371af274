import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import OrgClient, { RateLimitError } from '@org/client';
import { createMock } from '@org/mock';

const mock = createMock({ data: { users: 50 } });
const client = new OrgClient({ adminAPIKey: 'any-key', fetch: mock.fetch, maxRetries: 0 });

beforeEach(() => mock.reset());
after(() => mock.close());

test('lists every user', async () => {
  let count = 0;
  for await (const _user of client.admin.organization.users.list({ limit: 20 })) count += 1;
  assert.equal(count, 50);
  assert.equal(mock.requests.length, 3);
});

test('removes a user', async () => {
  const [user] = mock.data.users.list();
  await client.admin.organization.users.delete(user.id);
  assert.equal(mock.data.users.get(user.id), undefined);
  assert.equal(mock.data.users.size, 49);
});

test('says how long to wait', async () => {
  mock.fail({ status: 429, retryAfter: 30, times: 1 });
  await assert.rejects(client.admin.organization.users.list(), (error) => {
    assert(error instanceof RateLimitError);
    assert.equal(error.retryAfter, 30);
    return true;
  });
});
