import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { openInspector, openTab, settled } from '../support/inspector-page.ts';
import { MockProcess } from '../support/mock-process.ts';

const users = '/organization/users';

test('the page reports that the mock has stopped, and reconnects when it is back', async ({
  browser,
}) => {
  await using mock = await MockProcess.start();
  const { page } = await openInspector(browser, mock);
  await mock.call('GET', `${users}?limit=1`);
  await page.getByRole('row').filter({ hasText: 'limit=1' }).waitFor();
  await mock.stop();
  await page.getByRole('alert').getByText('The mock does not respond.').waitFor();
  await page.getByText('Disconnected').waitFor();
  // What was known is still there, and an action says why it fails.
  await page.getByRole('row').filter({ hasText: 'limit=1' }).waitFor();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.locator('.notice').getByText('The mock does not respond.').waitFor();
  await mock.start();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  await mock.call('GET', `${users}?limit=3`);
  await page.getByRole('row').filter({ hasText: 'limit=3' }).waitFor();
  await page.getByText('The page shows the last known state').waitFor({ state: 'detached' });
  await page.context().close();
});

test('an edit survives a restart of the mock', async ({ browser }) => {
  await using mock = await MockProcess.start();
  const { page } = await openInspector(browser, mock);
  await openTab(page, 'Data');
  await page.getByRole('row').nth(1).click();
  const editor = page.getByLabel('Item as JSON');
  await editor.fill('{ "half": "written');
  await mock.stop();
  await page.getByText('Disconnected').waitFor();
  const readAgain = page.waitForResponse('**/_mock/data/users/*');
  await mock.start();
  await page.getByText('Live', { exact: true }).waitFor();
  await settled(page, readAgain);
  expect(await editor.inputValue()).toBe('{ "half": "written');
  await page.context().close();
});

test('the page is served with a policy that lets no other code run', async ({ mock, browser }) => {
  const { page, problems } = await openInspector(browser, mock);
  const response = await fetch(`${mock.origin}/_mock`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|\*/);
  const refused = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return (window as { injected?: boolean }).injected === undefined;
  });
  expect(refused).toBe(true);
  await expect.poll(() => problems).toEqual([expect.stringContaining('Content Security Policy')]);
  await page.context().close();
});

test('the content of requests is shown as text, never as HTML', async ({ mock, page }) => {
  const hostile = '<img src=x onerror=alert(1)>';
  await mock.call('GET', `${users}?limit=${encodeURIComponent(hostile)}`);
  const row = page.getByRole('row').filter({ hasText: hostile });
  await row.click();
  await page.getByRole('region', { name: 'Response body' }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
});
