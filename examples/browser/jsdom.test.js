// @vitest-environment jsdom
import OrgClient from '@org/client';
import { createMock, startMock } from '@org/mock';
import { expect, test } from 'vitest';

test('a client on the mock’s fetch works in jsdom', async () => {
  expect(document.body).toBeDefined();
  await using mock = createMock({ data: { users: 5 } });
  const client = new OrgClient({ adminAPIKey: 'any-key', fetch: mock.fetch });
  const page = await client.admin.organization.users.list();
  expect(page.data).toHaveLength(5);
});

test('a client on a loopback address works in jsdom', async () => {
  await using mock = await startMock({ data: { users: 5 } });
  const client = new OrgClient({ adminAPIKey: 'any-key', baseURL: mock.url });
  const page = await client.admin.organization.users.list();
  expect(page.data).toHaveLength(5);
});

test('a client on the real API is refused, since the page’s visitors could read the key', () => {
  expect(() => new OrgClient({ adminAPIKey: 'any-key' })).toThrow('dangerouslyAllowBrowser');
});
