import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { closePanel, openInspector, openTab } from '../support/inspector-page.ts';

const users = '/organization/users';

test('a request is found, opened and closed without a mouse', async ({ mock, page }) => {
  for (let limit = 1; limit <= 5; limit += 1) await mock.call('GET', `${users}?limit=${limit}`);
  await page.getByText('5 requests', { exact: true }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('limit');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page
    .getByRole('region', { name: `GET /v1${users}` })
    .getByText('Query')
    .waitFor();
  await page.waitForURL(/#requests\/req_/);
  await closePanel(page);
  await page.getByRole('grid').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: `GET /v1${users}` }).waitFor();
});

test('the list has the focus again after its panel took its place on a narrow screen', async ({
  mock,
  browser,
}) => {
  await mock.control('POST', 'reset', {});
  await mock.call('GET', users);
  const { page } = await openInspector(browser, mock, { width: 360 });
  for (const tab of ['Requests', 'Data']) {
    await openTab(page, tab);
    await page.locator('.grid-row').first().click();
    await page.getByRole('grid').waitFor({ state: 'hidden' });
    await closePanel(page);
    await page.getByRole('grid').and(page.locator(':focus')).waitFor();
  }
  await page.context().close();
});

test('Escape clears the search, and then leaves it', async ({ page }) => {
  const search = page.getByLabel('Search requests');
  await page.keyboard.press('/');
  await page.keyboard.type('a/1');
  await expect.poll(() => search.inputValue()).toBe('a/1');
  await page.keyboard.press('Escape');
  await expect.poll(() => search.inputValue()).toBe('');
  await search.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await search.and(page.locator(':not(:focus)')).waitFor();
});

test('digits change the tab, p pauses, ? lists the keys', async ({ page }) => {
  await page.keyboard.press('2');
  await page.getByLabel('Search users').waitFor();
  await page.keyboard.press('3');
  await page.getByRole('heading', { name: 'Presets' }).waitFor();
  await page.keyboard.press('4');
  await page.getByLabel('Search operations').waitFor();
  await page.keyboard.press('1');
  await page.getByLabel('Search requests').waitFor();
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('shortcuts of one character can be turned off, and stay off', async ({ page }) => {
  await page.keyboard.press('?');
  await page.getByLabel('Shortcuts of a single character').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByLabel('Search requests').waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press('/');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox', { name: 'Shortcuts of a single', checked: false }).waitFor();
  // The keys came before the click.
  expect(await page.evaluate(() => location.hash)).toBe('');
});

test('the end of a long list is one key away', async ({ mock, page }) => {
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => mock.call('GET', `${users}?limit=1&after=n${index}`)),
  );
  await page.getByText('200 requests', { exact: true }).waitFor();
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('End');
  await grid.locator('[data-active][aria-rowindex="201"]').waitFor();
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  const active = await grid.getAttribute('aria-activedescendant');
  await page.locator(`[id="${active}"][aria-rowindex="201"]`).waitFor();
  await page.keyboard.press('Home');
  await grid.locator('[data-active][aria-rowindex="2"]').waitFor();
});

test('visible rows do not move while requests arrive', async ({ mock, page }) => {
  const call = (index: number) => mock.call('GET', `${users}?limit=1&after=n${index}`);
  await Promise.all(Array.from({ length: 100 }, (_, index) => call(index)));
  await page.getByText('100 requests', { exact: true }).waitFor();
  const row = page.getByRole('row', { name: 'after=n50' });
  const grid = page.getByRole('grid');
  await grid.evaluate((element) => {
    element.scrollTop = 1500;
  });
  // A row that is not rendered before the list is scrolled.
  const id = await grid.locator('[aria-rowindex="55"]').getAttribute('id');
  const before = await page.locator(`[id="${id}"]`).boundingBox();
  await Promise.all(Array.from({ length: 20 }, (_, index) => call(200 + index)));
  await page.getByText('120 requests', { exact: true }).waitFor();
  expect(await page.locator(`[id="${id}"]`).boundingBox()).toEqual(before);
  expect(await row.count()).toBeLessThanOrEqual(1);
});
