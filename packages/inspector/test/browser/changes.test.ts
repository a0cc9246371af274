import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { DataPage } from '../../src/api/types.ts';
import { test } from '../support/inspector.ts';
import { hold, openTab, said } from '../support/inspector-page.ts';

const rows = (page: Page) => page.getByRole('table').locator('tbody').getByRole('row');

test('changes by requests are shown live, with links to the requests', async ({ mock, page }) => {
  await openTab(page, 'Changes');
  await page.getByText('No request has changed the data.').waitFor();
  const { data } = await mock.control<DataPage>('GET', 'data/users?limit=2');
  const [first, second] = data.map(({ id }) => String(id));
  await mock.call('POST', `/organization/users/${first}`, { role: 'rehearsed' });
  await rows(page)
    .filter({ hasText: /Changed.*role: .* → "rehearsed"/ })
    .waitFor();
  await mock.call('DELETE', `/organization/users/${second}`);
  await rows(page)
    .filter({ hasText: new RegExp(`Removed.*${second}`) })
    .waitFor();
  await page.getByRole('status').getByText('2 changes').waitFor();
  await rows(page).first().getByRole('link', { name: /^req_/ }).click();
  await page.getByRole('heading', { name: `POST /v1/organization/users/${first}` }).waitFor();
});

test('a notice is shown for its time, however old the previous one is', async ({ page }) => {
  await openTab(page, 'Changes');
  const setMark = async (name: string) => {
    await page.getByLabel('New mark').fill(name);
    await page.keyboard.press('Enter');
    await said(page, `Set the mark ${name}.`);
  };
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 600_000);
  // Around the end of the first one's five seconds, before and after the frame.
  for (let wait = 5_000; wait < 5_020; wait += 4) {
    await setMark(`first-${wait}`);
    await page.clock.runFor(wait);
    await setMark(`second-${wait}`);
    await page.clock.runFor(200);
    expect(await page.locator('.notice').textContent()).toBe(`Set the mark second-${wait}.`);
  }
});

test('a mark is set, chosen, and gone after a reset', async ({ mock, page }) => {
  await mock.control('POST', 'data/users', { id: 'user_prepared' });
  const report = '**/_mock/changes?since=prepared';
  const asked = await hold(page, report);
  await openTab(page, 'Changes');
  await rows(page)
    .filter({ hasText: /Added.*user_prepared.*none/ })
    .waitFor();
  await page.getByLabel('New mark').fill('prepared');
  await page.keyboard.press('Enter');
  await said(page, 'Set the mark prepared.');
  await page.getByLabel('Since').selectOption('prepared');
  const read = await asked();
  const unchanged = page.getByText('No request has changed the data.');
  expect(await unchanged.count()).toBe(0);
  await read.continue();
  await page.unroute(report);
  await unchanged.waitFor();
  await page.waitForURL('**#changes?since=prepared');
  await page.getByLabel('New mark').fill('not a name');
  await page.keyboard.press('Enter');
  await said(page, /The name of a mark must be 1 to 64 letters/);
  await mock.control('POST', 'reset', {});
  await page.getByRole('alert').getByText('No mark is named "prepared".').waitFor();
});
