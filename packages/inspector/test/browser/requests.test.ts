import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { test } from '../support/inspector.ts';
import { closePanel, copyBy, openTab } from '../support/inspector-page.ts';

const users = '/organization/users';

test('requests appear as they come, newest first', async ({ mock, page }) => {
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  await mock.call('GET', `${users}?limit=2`);
  await mock.call('GET', `${users}?limit=101`);
  const rows = page.getByRole('grid').getByRole('row');
  await rows.nth(2).waitFor();
  await expect
    .poll(() => rows.nth(1).textContent())
    .toMatch(/400.*GET.*limit=101.*limit must be ≤ 100/s);
  await expect.poll(() => rows.nth(2).textContent()).toMatch(/200.*GET.*limit=2.*Valid/s);
});

test('a row says when the request came, how long it took, and what a fault did to it', async ({
  mock,
  page,
}) => {
  await mock.control('POST', 'faults', { status: 429, retryAfter: 1, delay: 20, times: 1 });
  await mock.call('GET', `${users}?limit=2`);
  // Rules are read after the requests that they hit.
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: 'limit=2' });
  await row.getByText('Status 429, Retry-After 1 s, delay 20 ms').waitFor();
  const [recorded] = await mock.control<{ time: number; duration: number }[]>('GET', 'requests');
  const minutes = new Date(recorded?.time ?? 0).toISOString().slice(14, 19);
  await row.and(page.getByText(new RegExp(`:${minutes}\\.\\d{3}.*\\d ms`))).waitFor();
  await page.getByLabel('Status', { exact: true }).selectOption('With a fault');
  await row.waitFor();
  // A rule that hits nothing any more is not in force.
  await page.getByRole('link', { name: 'Faults', exact: true }).waitFor();
});

test('without requests, the page shows a command that makes one', async ({ mock, page }) => {
  const command = await copyBy(page, /^Copy$/);
  expect(command).toContain(`${mock.origin}/v1${users}`);
  execFileSync('sh', ['-c', command], {
    env: { ...process.env, OPENAI_ADMIN_KEY: 'any' },
    stdio: 'ignore',
  });
  await page.getByRole('row').filter({ hasText: 'GET' }).waitFor();
});

test('requests from before the page was opened are there', async ({ mock, page }) => {
  await mock.call('GET', users);
  await page.reload();
  await page.getByRole('row').filter({ hasText: 'GET' }).waitFor();
});

test('the list is filtered by text, status and operation', async ({ mock, page }) => {
  await mock.call('GET', `${users}?limit=2`);
  await mock.call('GET', `${users}?limit=101`);
  await mock.call('GET', `${users}/user_none`);
  const summary = page.locator('.summary');
  await summary.getByText('3 requests', { exact: true }).waitFor();
  await page.getByLabel('Search requests').fill('limit=101');
  await summary.getByText('1 of 3 requests').waitFor();
  await page.getByLabel('Search requests').fill('');
  await page.getByLabel('Status', { exact: true }).selectOption('4xx');
  await summary.getByText('2 of 3 requests').waitFor();
  await page.getByLabel('Status', { exact: true }).selectOption('With violations');
  await summary.getByText('1 of 3 requests').waitFor();
  await page.getByLabel('Status', { exact: true }).selectOption('Any status');
  await page
    .getByLabel('Operation', { exact: true })
    .selectOption('admin.organization.users.retrieve');
  await summary.getByText('1 of 3 requests').waitFor();
  await page.getByLabel('Search requests').fill('nothing has this');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await summary.getByText('3 requests', { exact: true }).waitFor();
});

test('a paused list stands still, counts what came, and shows it when resumed', async ({
  mock,
  page,
}) => {
  await mock.call('GET', users);
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await mock.call('GET', `${users}?limit=7`);
  await page.getByText('paused, 1 new').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'limit=7' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('row').filter({ hasText: 'limit=7' }).waitFor();
});

test('Clear empties the journal of the mock', async ({ mock, page }) => {
  await mock.call('GET', users);
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  expect(await mock.control('GET', 'requests')).toEqual([]);
});

test('requests disappear when another program clears the journal', async ({ mock, page }) => {
  await mock.call('GET', users);
  await page.getByRole('row').nth(1).waitFor();
  await mock.control('DELETE', 'requests');
  await page.getByRole('heading', { name: 'No requests yet' }).waitFor();
  await mock.call('GET', `${users}?limit=3`);
  await page.getByRole('row').filter({ hasText: 'limit=3' }).waitFor();
});

test('an open request shows its query, bodies, violations and fault', async ({ mock, page }) => {
  const [user] = await firstUsers(mock);
  await mock.call('POST', `${users}/${user}?color=red`, { role: 5 });
  await page.getByRole('row').filter({ hasText: 'POST' }).click();
  const details = page.getByRole('region', { name: `POST /v1${users}/${user}` });
  await details.getByText('body.role').waitFor();
  expect(await details.getByRole('region', { name: 'Request body' }).textContent()).toBe(
    '{\n  "role": 5\n}',
  );
  expect(await details.getByRole('region', { name: 'Response body' }).textContent()).toContain(
    '"param": "role"',
  );
  expect(await details.textContent()).toMatch(/Query\s*color\s*red/);

  await mock.control('POST', 'faults', { status: 503, times: 1 });
  await mock.call('GET', `${users}?limit=9`);
  await page.getByRole('row').filter({ hasText: 'limit=9' }).click();
  await page.getByText('{"status":503,"times":1}').waitFor();
});

test('a body of 5 MB is shown cut, with its size', async ({ mock, page }) => {
  const [user] = await firstUsers(mock);
  await mock.control('PATCH', `data/users/${user}`, { developer_persona: 'x'.repeat(5_000_000) });
  await mock.call('GET', `${users}/${user}`);
  await page
    .getByRole('row')
    .filter({ hasText: `${user}` })
    .click();
  await page
    .getByText(/The mock keeps the first 65\.5 kB of a body\. The rest of these 5\.0 MB/)
    .waitFor();
});

test('a request can be copied as curl, as a call and as a test, and never with its key', async ({
  mock,
  page,
}) => {
  await mock.call('GET', `${users}?limit=2`);
  await page.getByRole('row').nth(1).click();
  const copy = async (name: string) => {
    const text = await copyBy(page, name);
    expect(text).not.toContain('sk-admin-secret');
    return text;
  };
  const command = await copy('Copy as curl');
  const printed = execFileSync('sh', ['-c', `${command} -s`], {
    env: { ...process.env, OPENAI_ADMIN_KEY: 'any' },
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toMatchObject({ object: 'list', has_more: true });
  expect(await copy('Copy as client call')).toBe(
    'client.admin.organization.users.list({ limit: 2 })',
  );
  runTests([await copy('Copy as test')]);
});

test('tests that are copied pass: of an item, of a refused request, of one that met a fault', async ({
  mock,
  page,
}) => {
  const ids = await firstUsers(mock);
  const last = ids.at(-1) ?? '';
  await mock.call('GET', `${users}/${last}`);
  await mock.call('GET', `${users}?limit=101`);
  await mock.control('POST', 'faults', { status: 429, retryAfter: 1, times: 1 });
  await mock.call('DELETE', `${users}/${last}/roles/role_x`);
  await mock.control('POST', 'faults', { body: 'malformed', times: 1 });
  await mock.call('GET', `${users}?limit=3`);
  const rows = page.getByRole('row');
  // The page reads rules after the requests that they hit.
  await rows.filter({ hasText: 'Status 429' }).waitFor();
  await rows.filter({ hasText: 'limit=3' }).filter({ hasText: 'Malformed' }).waitFor();
  const tests: string[] = [];
  for (const row of [
    rows.filter({ hasText: last, hasNotText: 'role_x' }),
    ...['limit=101', 'role_x', 'limit=3'].map((text) => rows.filter({ hasText: text })),
  ]) {
    await row.click();
    tests.push(await copyBy(page, 'Copy as test'));
    await closePanel(page);
  }
  expect(new Set(tests).size).toBe(4);
  runTests(tests);
});

test('a request that the mock has forgotten says so', async ({ page }) => {
  await openTab(page, 'Requests');
  await page.evaluate(() => {
    location.hash = '#requests/req_gone';
  });
  await page.getByText("The journal has no request 'req_gone'").waitFor();
});

async function firstUsers(mock: { control<T>(method: string, path: string): Promise<T> }) {
  const { data } = await mock.control<{ data: { id: string }[] }>('GET', 'data/users?limit=200');
  return data.map(({ id }) => id);
}

/** Runs tests against the packages of this repository, as a reader who pastes them would. */
function runTests(tests: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'));
  const packages = resolve(import.meta.dirname, '../../..');
  try {
    mkdirSync(join(folder, 'node_modules/@org'), { recursive: true });
    for (const name of ['client', 'mock']) {
      symlinkSync(join(packages, name), join(folder, 'node_modules/@org', name));
    }
    const vitest = resolve(import.meta.dirname, '../../node_modules/vitest');
    symlinkSync(vitest, join(folder, 'node_modules/vitest'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [index, text] of tests.entries()) {
      writeFileSync(join(folder, `copied-${index}.test.js`), text);
    }
    const args = [join(vitest, 'vitest.mjs'), 'run', '--root', folder, '--maxWorkers=1'];
    execFileSync(process.execPath, args, { stdio: 'pipe', cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
