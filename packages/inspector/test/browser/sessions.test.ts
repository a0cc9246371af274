import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { openTab } from '../support/inspector-page.ts';

test('the page is about the session that is chosen', async ({ mock, page }) => {
  const headers = { authorization: 'Bearer any', 'x-mock-session': 'test-7' };
  const users = `${mock.origin}/v1/organization/users`;
  expect((await fetch(`${users}?limit=7`, { headers })).status).toBe(200);
  await mock.call('GET', '/organization/users?limit=6');
  await page.getByRole('row').filter({ hasText: 'limit=6' }).waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'limit=7' }).count()).toBe(0);
  await page.reload();
  await page.getByLabel('Session').selectOption('test-7');
  await page.getByRole('row').filter({ hasText: 'limit=7' }).waitFor();
  await fetch(`${users}?limit=8`, { headers });
  await page.getByRole('row').filter({ hasText: 'limit=8' }).waitFor();
  await openTab(page, 'Operations');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Response body' }).waitFor();
  const [, , sent] = await (await fetch(`${mock.origin}/_mock/requests`, { headers })).json();
  expect(sent.session).toBe('test-7');
  await openTab(page, 'Data');
  expect(await page.getByRole('link', { name: 'Save snapshot' }).getAttribute('href')).toBe(
    '/_mock/snapshot?x-mock-session=test-7',
  );
});
