import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('shows the names of the users', async ({ page, mock }) => {
  const [first] = mock.data.users.list();
  mock.data.users.update(first?.id ?? '', { name: 'Ada <Lovelace>' });
  await page.goto('/');
  await expect(page.getByRole('listitem')).toHaveCount(10);
  await expect(page.getByText('Ada <Lovelace>')).toBeVisible();
});

test('shows why it cannot', async ({ page, mock }) => {
  mock.fail({ status: 403 });
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('403');
  expect(mock.requests.map(({ status }) => status)).toEqual([403]);
});

test('starts with the users that the mock began with', async ({ page, mock }) => {
  await page.goto('/');
  await expect(page.getByText('Ada <Lovelace>')).toBeHidden();
  expect(mock.data.users.size).toBe(50);
});
