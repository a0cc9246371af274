import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { hold, openInspector, openTab, said, settled } from '../support/inspector-page.ts';
import { MockProcess } from '../support/mock-process.ts';

type User = Record<string, unknown> & { id: string };

async function users(mock: MockProcess, limit = 200): Promise<User[]> {
  const page = await mock.control<{ data: User[] }>('GET', `data/users?limit=${limit}`);
  return page.data;
}

function editor(page: Page) {
  return page.getByLabel('Item as JSON');
}

/** Opens an item and gives what its editor says. */
async function openItem(page: Page, id: string): Promise<User> {
  await page.getByRole('row').filter({ hasText: id }).click();
  await editor(page).waitFor();
  return JSON.parse(await editor(page).inputValue()) as User;
}

test('collections are paged by the mock, forwards and back', async ({ mock, page }) => {
  await openTab(page, 'Data');
  const all = await users(mock, 320);
  await page.getByText('1–50 of 320').waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: all[0]?.id ?? '' })
    .waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('51–100 of 320').waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: all[50]?.id ?? '' })
    .waitFor();
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.getByText('1–50 of 320').waitFor();
});

test('Next goes on by one page, however often it is pressed before the page is there', async ({
  mock,
  page,
}) => {
  const all = await users(mock, 320);
  const asked = await hold(page, '**/_mock/data/users?limit=50&after=*');
  await openTab(page, 'Data');
  await page.getByText('1–50 of 320').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  const read = await asked();
  await page.getByRole('button', { name: 'Next' }).click();
  expect(await page.locator('.pager').getByRole('status').textContent()).toBe('1–50 of 320');
  await read.continue();
  await page.getByText('51–100 of 320').waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: all[50]?.id ?? '' })
    .waitFor();
});

test('a search looks through the whole collection', async ({ mock, page }) => {
  const last = (await users(mock, 320)).at(-1);
  await openTab(page, 'Data');
  await page.getByLabel('Search users').fill(last?.id ?? '');
  await page.getByText('1–1 of 1').waitFor();
  await page.getByLabel('Search users').fill('nobody has this');
  await page.getByRole('heading', { name: 'No item matches' }).waitFor();
});

test('an item is edited as JSON, and the API answers with the change', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  const id = user?.id ?? '';
  await openTab(page, 'Data');
  const item = await openItem(page, id);
  const { role: _, ...rest }: User = { ...item, name: 'Ada Tester' };
  await editor(page).fill(JSON.stringify(rest, undefined, 2));
  await editor(page).press('Control+Enter');
  await said(page, `Saved ${id}.`);
  const answer = (await (await mock.call('GET', `/organization/users/${id}`)).json()) as User;
  expect(answer).toMatchObject({ id, name: 'Ada Tester' });
  expect('role' in answer).toBe(false);
  await page.getByRole('row').filter({ hasText: 'Ada Tester' }).waitFor();
});

test('a contract violation is shown beside its line, and nothing is saved', async ({
  mock,
  page,
}) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  const item = await openItem(page, user?.id ?? '');
  const text = JSON.stringify({ ...item, email: 5 }, undefined, 2);
  await editor(page).fill(text);
  await page.getByRole('button', { name: 'Save' }).click();
  const line = text.split('\n').findIndex((one) => one.includes('"email"'));
  await page.getByRole('button', { name: `Line ${line + 1}`, exact: true }).waitFor();
  const marked = page.locator('.editor-line-bad');
  await expect
    .poll(() => marked.textContent())
    .toMatch(/"email": 5,\s*email must be string or null/);
  expect((await users(mock, 1))[0]).toEqual(user);
  await expect.poll(() => editor(page).getAttribute('aria-invalid')).toBe('true');
});

test('an item that changes while it is open is shown anew, but not under the cursor', async ({
  mock,
  page,
}) => {
  const [user] = await users(mock, 1);
  const rename = (name: string) => mock.control('PATCH', `data/users/${user?.id}`, { name });
  await openTab(page, 'Data');
  await openItem(page, user?.id ?? '');
  await rename('First');
  await expect.poll(() => editor(page).inputValue()).toContain('First');
  await editor(page).focus();
  const readAgain = page.waitForResponse(`**/_mock/data/users/${user?.id}`);
  await rename('Second');
  await settled(page, readAgain);
  expect(await editor(page).inputValue()).toContain('First');
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await expect.poll(() => editor(page).inputValue()).toContain('Second');
});

test('an item that changes while it is edited says so, and Revert shows it', async ({
  mock,
  page,
}) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  const item = await openItem(page, user?.id ?? '');
  await editor(page).fill(JSON.stringify({ ...item, name: 'Mine' }));
  await mock.control('PATCH', `data/users/${user?.id}`, { name: 'Theirs' });
  await page.getByText('The item has changed since you began to edit it.').waitFor();
  expect(await editor(page).inputValue()).toContain('Mine');
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect.poll(() => editor(page).inputValue()).toContain('Theirs');
  await page.getByText('The item has changed').waitFor({ state: 'detached' });
});

test('the columns of items line up with their headers', async ({ page }) => {
  await openTab(page, 'Data');
  await page.getByRole('row').nth(1).waitFor();
  const lefts = (row: number, role: 'columnheader' | 'gridcell') =>
    page
      .getByRole('row')
      .nth(row)
      .getByRole(role)
      .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left)));
  expect(await lefts(0, 'columnheader')).toEqual(await lefts(1, 'gridcell'));
});

test('invalid JSON is reported with the missing part and its line', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  await openItem(page, user?.id ?? '');
  await editor(page).fill('{\n  "id": "a"\n  "role": "owner"\n}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .locator('.problems')
    .getByText(/Line 3\s*Expected a comma or "}"/)
    .waitFor();
});

test('the id of an item cannot be changed', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  const item = await openItem(page, user?.id ?? '');
  await editor(page).fill(JSON.stringify({ ...item, id: 'user_other' }, undefined, 2));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.problems').getByText('id cannot change').waitFor();
  expect(await users(mock, 1)).toEqual([user]);
});

test('an item can be added, from a draft that the schema gives, and removed', async ({
  mock,
  page,
}) => {
  await openTab(page, 'Data');
  await page.getByRole('button', { name: 'Add item' }).click();
  const draft = JSON.parse(await editor(page).inputValue()) as User;
  expect(draft['object']).toBe('organization.user');
  await editor(page).fill(JSON.stringify({ ...draft, id: 'user_added', name: 'New' }));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await said(page, 'Added user_added.');
  expect(await mock.control('GET', 'data/users/user_added')).toMatchObject({ name: 'New' });
  await page.getByText('1–50 of 321').waitFor();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await said(page, 'Removed user_added.');
  expect((await mock.call('GET', '/organization/users/user_added')).status).toBe(404);
  await page.getByText('1–50 of 320').waitFor();
});

test('items below an item are reached from it, and change in its scope alone', async ({
  mock,
  page,
}) => {
  const [user] = await users(mock, 1);
  const id = user?.id ?? '';
  await openTab(page, 'Data');
  await openItem(page, id);
  await page.getByRole('link', { name: 'users.roles of this item' }).click();
  await page.getByText('1–3 of 3').waitFor();
  await page.getByRole('row').nth(1).click();
  const item = JSON.parse(await editor(page).inputValue()) as User;
  await editor(page).fill(JSON.stringify({ ...item, name: 'Renamed' }, undefined, 2));
  await editor(page).press('Control+Enter');
  await said(page, `Saved ${item.id}.`);
  const roles = await (await mock.call('GET', `/organization/users/${id}/roles`)).text();
  expect(roles).toContain('Renamed');
});

test('a scoped collection that is opened by itself asks for its parent', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  await page.getByRole('navigation', { name: 'Collections' }).getByText('users.roles').click();
  await page.getByLabel('user_id').fill(user?.id ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('1–3 of 3').waitFor();
});

test('changes by the API appear without a reload', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  await page.getByText('1–50 of 320').waitFor();
  await mock.call('DELETE', `/organization/users/${user?.id}`);
  await page.getByText('1–50 of 319').waitFor();
});

test('a snapshot is saved to a file, and restored from one', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await openTab(page, 'Data');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save snapshot' }).click();
  const file = await (await downloading).path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('collections');
  await mock.call('DELETE', `/organization/users/${user?.id}`);
  await page.getByText('1–50 of 319').waitFor();
  await page.getByLabel('Snapshot to restore').setInputFiles(file);
  await said(page, /^Restored/);
  await page.getByText('1–50 of 320').waitFor();
  expect(await users(mock, 1)).toEqual([user]);
});

test('a file that is not a snapshot is refused, with the reason', async ({ mock, page }) => {
  await openTab(page, 'Data');
  const restore = (name: string, text: string) =>
    page
      .getByLabel('Snapshot to restore')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await restore('broken.json', '{');
  await said(page, /JSON/);
  await restore('other.json', '{"a":1}');
  await said(page, /snapshot/i);
  expect(await users(mock, 320)).toHaveLength(320);
});

test('Reset asks first, and then puts everything back', async ({ mock, page }) => {
  const [user] = await users(mock, 1);
  await mock.call('DELETE', `/organization/users/${user?.id}`);
  await openTab(page, 'Data');
  await page.getByText('1–50 of 319').waitFor();
  await page.getByRole('button', { name: 'Reset…' }).click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByText('1–50 of 320').waitFor();
  expect(await users(mock, 1)).toEqual([user]);
});

test('a collection of a million items is paged like any other', async ({ browser }) => {
  await using mock = await MockProcess.start('--data', 'users=1000000');
  const { page, problems } = await openInspector(browser, mock);
  await openTab(page, 'Data');
  await page.getByText('1–50 of 1,000,000').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('51–100 of 1,000,000').waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  expect(problems).toEqual([]);
  await page.context().close();
});
