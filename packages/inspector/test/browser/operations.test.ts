import { expect } from 'vitest';
import type { OperationInfo } from '../../src/api/types.ts';
import { test } from '../support/inspector.ts';
import { copyBy, hold, openOperation, openTab, said, settled } from '../support/inspector-page.ts';

test('every operation is there, with its call, parameters and responses', async ({
  mock,
  page,
}) => {
  const operations = await mock.control<OperationInfo[]>('GET', 'operations');
  expect(operations.some(({ responses }) => responses.some(({ example }) => example))).toBe(true);
  await openTab(page, 'Operations');
  for (const { id, summary, parameters, responses, body } of operations) {
    await openOperation(page, id);
    const article = page.getByRole('article', { name: summary ?? id });
    await article.waitFor();
    const text = await article.textContent();
    expect(text).toContain(`client.${id}(`);
    for (const { name } of parameters) expect(text).toContain(name);
    for (const { status, schema, example } of responses) {
      expect(text).toContain(String(status));
      for (const name of Object.keys(schema?.properties ?? {})) expect(text).toContain(name);
      const shown = article.locator(`[aria-label="Example of the response ${status}"]`);
      if (example) expect(JSON.parse((await shown.textContent()) ?? '')).toEqual(example);
    }
    for (const name of Object.keys(body?.schema?.properties ?? {})) expect(text).toContain(name);
  }
});

test('operations are found by text', async ({ page }) => {
  await openTab(page, 'Operations');
  await page.getByLabel('Search operations').fill('roles delete');
  const links = page.getByRole('navigation', { name: 'Operations' }).getByRole('link');
  await expect
    .poll(() => links.allInnerTexts())
    .toEqual([expect.stringContaining('admin.organization.users.roles.delete')]);
});

test('Send shows the answer, and the request that it was', async ({ page }) => {
  await openTab(page, 'Operations');
  await page.getByLabel('limit').fill('2');
  await page.keyboard.press('Enter');
  const body = page.getByRole('region', { name: 'Response body' });
  await body.waitFor();
  expect(JSON.parse((await body.textContent()) ?? '')).toMatchObject({
    object: 'list',
    has_more: true,
  });
  expect(await copyBy(page, 'Copy as client call')).toBe(
    'client.admin.organization.users.list({ limit: 2 })',
  );
  await page.locator('.answer').getByRole('link').click();
  await page.getByRole('region', { name: 'GET /v1/organization/users' }).waitFor();
});

test('an operation that the spec does not have says so', async ({ page }) => {
  await openTab(page, 'Operations');
  await page.getByLabel('Search operations').fill('nothing has this');
  await page.getByText('No operation matches.').waitFor();
  await page.evaluate(() => {
    location.hash = '#operations/gone.list';
  });
  await page.getByText('The spec has no operation gone.list. Choose one').waitFor();
});

test('an invalid request can be sent, and the refusal is shown', async ({ page }) => {
  await openTab(page, 'Operations');
  await page.getByLabel('limit').fill('101');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.answer').getByText('400', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Response body' }).getByText('"limit"').waitFor();
});

test('a body is sent unchanged, even if it is not JSON', async ({ mock, page }) => {
  const { data } = await mock.control<{ data: { id: string }[] }>('GET', 'data/users?limit=1');
  const id = data[0]?.id ?? '';
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.update');
  await page.getByLabel('user_id').fill(id);
  await page.getByLabel('Request body').fill('{ "role": "reader" }');
  await page.getByLabel('Request body').press('Control+Enter');
  await page.locator('.answer').getByText('200', { exact: true }).waitFor();
  expect(await mock.control('GET', `data/users/${id}`)).toMatchObject({ role: 'reader' });
  await page.getByLabel('Request body').fill('{ role');
  await page.getByLabel('Request body').press('Control+Enter');
  await page.locator('.answer').getByText('400', { exact: true }).waitFor();
});

test('path parameters begin with items that exist', async ({ page }) => {
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.roles.retrieve');
  await page.waitForFunction(() =>
    /^role_(?!abc)/.test(
      document.querySelectorAll<HTMLInputElement>('.field input')[1]?.value ?? '',
    ),
  );
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.answer').getByText('200', { exact: true }).waitFor();
});

test('a suggestion that comes late leaves the field alone in which somebody writes', async ({
  mock,
  page,
}) => {
  const { data } = await mock.control<{ data: { id: string }[] }>('GET', 'data/users?limit=1');
  const first = data[0]?.id ?? '';
  const asked = await hold(page, '**/_mock/data/users?limit=1');
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.update');
  const field = page.getByLabel('user_id');
  await field.selectText();
  const example = await field.inputValue();
  const arrived = page.waitForResponse('**/_mock/data/users?limit=1');
  await (await asked()).continue();
  await settled(page, arrived);
  expect(await field.inputValue()).toBe(example);
  await page.keyboard.type('user_x');
  expect(await field.inputValue()).toBe('user_x');
  await page.getByLabel('Request body').focus();
  expect(await field.inputValue()).toBe('user_x');

  // A field that was left as it was gets the suggestion.
  await openOperation(page, 'admin.organization.users.retrieve');
  await field.focus();
  await page.unroute('**/_mock/data/users?limit=1');
  await page.getByLabel('API key').focus();
  await expect.poll(() => field.inputValue()).toBe(first);
});

test('the answer that is shown is that of the last request, however long an earlier one takes', async ({
  page,
}) => {
  const asked = await hold(page, '**/organization/users?limit=1');
  await openTab(page, 'Operations');
  await page.getByLabel('limit').fill('1');
  const slow = page.waitForResponse('**/organization/users?limit=1');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the response').waitFor();
  await page.getByLabel('limit').fill('101');
  await page.keyboard.press('Enter');
  await page.locator('.answer').getByText('400', { exact: true }).waitFor();
  await (await asked()).continue();
  await settled(page, slow);
  expect(await page.locator('.answer-line').textContent()).toContain('400');
});

test('a large number in a body keeps its digits: sent, copied and shown', async ({
  mock,
  page,
}) => {
  const { data } = await mock.control<{ data: { id: string }[] }>('GET', 'data/users?limit=1');
  const digits = '9007199254740993';
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.update');
  await page.getByLabel('user_id').fill(data[0]?.id ?? '');
  await page.getByLabel('Request body').fill(`{ "role": ${digits} }`);
  const sent = page.waitForRequest('**/v1/organization/users/*');
  await page.getByLabel('Request body').press('Control+Enter');
  expect((await sent).postData()).toContain(digits);
  expect(await copyBy(page, 'Copy as curl')).toContain(digits);
  await page.route('**/v1/organization/users/*', (route) =>
    route.fulfill({ contentType: 'application/json', body: `{"count":${digits},"none":[]}` }),
  );
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const body = page.getByRole('region', { name: 'Response body' });
  await body.getByText(digits).waitFor();
  await expect.poll(() => body.textContent()).toBe(`{\n  "count": ${digits},\n  "none": []\n}`);
});

test('an answer of 5 MB is shown cut, with its size', async ({ mock, page }) => {
  const { data } = await mock.control<{ data: { id: string }[] }>('GET', 'data/users?limit=1');
  const large = { developer_persona: 'x'.repeat(5_000_000) };
  await mock.control('PATCH', `data/users/${data[0]?.id}`, large);
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.retrieve');
  await page.getByLabel('user_id').fill(data[0]?.id ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('The first 65.5 kB of 5.0 MB are shown.').waitFor();
});

test('a path parameter that is missing is asked for', async ({ page }) => {
  await openTab(page, 'Operations');
  await openOperation(page, 'admin.organization.users.retrieve');
  await page.getByLabel('user_id').fill('user_x');
  await page.getByLabel('user_id').fill('');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await said(page, /^Fill in user_id/);
});

test('a connection that a fault closes is explained', async ({ mock, page }) => {
  await mock.control('POST', 'faults', { connection: 'reset' });
  await openTab(page, 'Operations');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.answer').getByText('No response arrived.').waitFor();
});

test('the key is sent and not shown, copied or stored', async ({ mock, page }) => {
  await openTab(page, 'Operations');
  await page.getByLabel('API key').fill('sk-admin-typed');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.locator('.answer').getByText('200', { exact: true }).waitFor();
  expect(await copyBy(page, 'Copy as curl')).not.toContain('sk-admin-typed');
  expect(JSON.stringify(await mock.control('GET', 'requests'))).not.toContain('sk-admin-typed');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('sk-admin-typed');
  expect(await page.locator('body').textContent()).not.toContain('sk-admin-typed');
});
