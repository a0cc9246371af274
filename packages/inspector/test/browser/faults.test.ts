import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ActiveFault } from '../../src/api/types.ts';
import { presets } from '../../src/faults/presets.ts';
import { test } from '../support/inspector.ts';
import { openTab, said } from '../support/inspector-page.ts';

const users = '/organization/users';

function rules(page: Page) {
  return page.getByRole('table').getByRole('row');
}

test('each preset can be added with one press', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByText('No faults are active.').waitFor();
  for (const { name } of presets) {
    await page.getByRole('button', { name: `Add: ${name}`, exact: true }).click();
    await said(page, `${name}: added.`);
  }
  const active = await mock.control<ActiveFault[]>('GET', 'faults');
  expect(active.map(({ rule }) => rule)).toEqual(presets.map(({ rule }) => rule));
  await expect.poll(() => rules(page).count()).toBe(presets.length + 1);
});

test('the remaining hits of a rule decrease', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByRole('button', { name: 'Add: 429 burst' }).click();
  await rules(page).nth(1).waitFor();
  const answer = await mock.call('GET', users);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
  await rules(page)
    .filter({ hasText: /Status 429, Retry-After 1 s.*every request.*12/ })
    .waitFor();
});

test('a rule with a duration counts down, ends by itself, and is inactive then', async ({
  mock,
  page,
}) => {
  await openTab(page, 'Faults');
  await page.getByLabel('Status').fill('503');
  await page.getByLabel('Duration').fill('6000');
  await page.keyboard.press('Enter');
  await rules(page)
    .filter({ hasText: /Status 503, for 6 s.*[1-6] s/ })
    .waitFor();
  await page.locator('tr.spent').waitFor();
  await page.getByRole('link', { name: 'Faults', exact: true }).waitFor();
  expect((await mock.call('GET', users)).status).toBe(200);
});

test('a rule can be removed, and all of them', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByRole('button', { name: 'Add: Slow' }).click();
  await rules(page).nth(1).waitFor();
  await page.getByRole('button', { name: 'Add: Cut body' }).click();
  await rules(page).nth(2).waitFor();
  await rules(page)
    .nth(1)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await said(page, /^Removed/);
  expect(await mock.control('GET', 'faults')).toMatchObject([{ rule: { connection: 'cut' } }]);
  await page.getByRole('button', { name: 'Remove all' }).click();
  await page.getByText('No faults are active.').waitFor();
  expect(await mock.control('GET', 'faults')).toEqual([]);
});

test('any rule can be described in the form', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByLabel('Status').fill('500');
  await page.getByLabel('Delay', { exact: true }).fill('5');
  await page.getByLabel('Delay at most').fill('10');
  await page.getByLabel('Times').fill('2');
  await page.getByLabel('Duration').fill('60000');
  await page.getByLabel('Probability').fill('1');
  await page.getByLabel('Operation').selectOption('admin.organization.users.list');
  await page.getByLabel('Method').selectOption('GET');
  await page.getByLabel('Query').fill('limit=3');
  await page.getByLabel('Headers').fill('x-test: yes');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await said(page, 'The rule was added.');
  expect(await mock.control('GET', 'faults')).toMatchObject([
    {
      rule: {
        status: 500,
        delay: [5, 10],
        times: 2,
        duration: 60_000,
        probability: 1,
        match: {
          operation: 'admin.organization.users.list',
          method: 'GET',
          query: { limit: '3' },
          headers: { 'x-test': 'yes' },
        },
      },
      left: 2,
    },
  ]);
  await expect.poll(() => page.getByLabel('Status').inputValue()).toBe('');
});

test('a rule out of range is refused, and the message is at its field', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByLabel('Status').fill('200');
  await page.keyboard.press('Enter');
  const message = page.locator('#rule-error');
  await message.getByText('status must be a status from 400 to 599, not 200').waitFor();
  const invalid = page.locator('[aria-invalid=true][aria-describedby=rule-error]');
  await page.getByLabel('Status').and(invalid).waitFor();
  await page.getByLabel('Status').fill('');
  await page.keyboard.press('Enter');
  await message.getByText(/must have an effect/).waitFor();
  expect(await mock.control('GET', 'faults')).toEqual([]);
});

test('a preset can be edited before it is added', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await page.getByRole('button', { name: 'Edit first: 503 for a while' }).click();
  await page.getByLabel('Times').fill('1');
  await page.keyboard.press('Enter');
  await said(page, 'The rule was added.');
  expect(await mock.control('GET', 'faults')).toMatchObject([{ rule: { status: 503, times: 1 } }]);
});

test('a rule that another program sets appears by itself', async ({ mock, page }) => {
  await openTab(page, 'Faults');
  await mock.control('POST', 'faults', { status: 418 });
  await rules(page).filter({ hasText: 'Status 418' }).waitFor();
});
