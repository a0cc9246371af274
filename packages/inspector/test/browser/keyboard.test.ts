import { expect } from 'vitest';
import { test } from '../support/inspector.ts';

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
  expect(page.url()).toMatch(/#requests\/req_/);
  await page.keyboard.press('Escape');
  expect(await page.getByRole('region', { name: `GET /v1${users}` }).count()).toBe(0);
  expect(await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(
    true,
  );
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: `GET /v1${users}` }).waitFor();
});

test('Escape clears the search, and then leaves it', async ({ page }) => {
  const search = page.getByLabel('Search requests');
  await page.keyboard.press('/');
  await page.keyboard.type('a/1');
  expect(await search.inputValue()).toBe('a/1');
  await page.keyboard.press('Escape');
  expect(await search.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  expect(await search.evaluate((input) => input === document.activeElement)).toBe(false);
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
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('shortcuts of one character can be turned off, and stay off', async ({ page }) => {
  await page.keyboard.press('?');
  await page.getByLabel('Shortcuts of a single character').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByLabel('Search requests').waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press('/');
  expect(page.url()).not.toContain('#operations');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  expect(await page.getByLabel('Shortcuts of a single character').isChecked()).toBe(false);
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
  expect(await page.locator(`[id="${active}"]`).getAttribute('aria-rowindex')).toBe('201');
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
  await grid.getByRole('row').nth(20).waitFor();
  const read = grid.getByRole('row').nth(15);
  const id = await read.getAttribute('id');
  const before = await page.locator(`[id="${id}"]`).boundingBox();
  await Promise.all(Array.from({ length: 20 }, (_, index) => call(200 + index)));
  await page.getByText('120 requests', { exact: true }).waitFor();
  expect(await page.locator(`[id="${id}"]`).boundingBox()).toEqual(before);
  expect(await row.count()).toBeLessThanOrEqual(1);
});
