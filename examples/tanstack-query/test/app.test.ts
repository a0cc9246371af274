import type { AddressInfo } from 'node:net';
import { type MockServer, startMock } from '@org/mock';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

let mock: MockServer;
let server: PreviewServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mock = await startMock({ data: { users: 50 } });
  process.env['OPENAI_BASE_URL'] = mock.url;
  // As for users: React's development build mounts twice in StrictMode, and so asks twice.
  process.env['NODE_ENV'] = 'production';
  await build({ logLevel: 'error' });
  server = await preview({ logLevel: 'error', preview: { port: 0 } });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await mock?.close();
});
beforeEach(async () => {
  mock.reset();
  page = await browser.newPage({ viewport: { width: 720, height: 600 } });
});
afterEach(() => page.close());

const open = () =>
  page.goto(`http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`);
const roleOf = (name: string) => page.getByLabel(`Role of ${name}`).first();
const toEnd = () => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

test('scrolling to the end loads page after page, each once', async () => {
  await open();
  await page.getByRole('listitem').nth(19).waitFor();
  expect(await page.getByRole('listitem').count()).toBe(20);
  await toEnd();
  await page.getByRole('listitem').nth(39).waitFor();
  await toEnd();
  await page.getByText('50 users').waitFor();
  expect(mock.requests.map(({ query }) => query['after'] ?? null)).toHaveLength(3);
  await page.evaluate(() => scrollTo(0, 0));
  const path = process.env['SCREENSHOT'];
  if (path) await page.screenshot({ path });
});

test('a role changes on the page before the API has answered, and stays', async () => {
  const [user] = mock.data.users.list();
  const { id, name, role } = user ?? {};
  const other = role === 'owner' ? 'reader' : 'owner';
  await open();
  await roleOf(name ?? '').waitFor();
  mock.fail({ delay: 1_000, times: 1, match: { path: `/organization/users/${id}` } });
  await roleOf(name ?? '').selectOption(other);
  expect(mock.data.users.get(id ?? '')?.role).toBe(role);
  expect(await roleOf(name ?? '').inputValue()).toBe(other);
  await expect.poll(() => mock.data.users.get(id ?? '')?.role, { timeout: 10_000 }).toBe(other);
  expect(await roleOf(name ?? '').inputValue()).toBe(other);
});

test('a role that the API refuses goes back to what it was', async () => {
  const [user] = mock.data.users.list();
  const { id, name, role } = user ?? {};
  await open();
  await roleOf(name ?? '').waitFor();
  mock.fail({ status: 403, times: 1, match: { path: `/organization/users/${id}` } });
  await roleOf(name ?? '').selectOption(role === 'owner' ? 'reader' : 'owner');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('403');
  expect(await roleOf(name ?? '').inputValue()).toBe(role);
});

test('an error is shown, and a click tries again', async () => {
  mock.fail({ status: 500, times: 2 });
  await open();
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('listitem').nth(19).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(mock.requests.map(({ status }) => status)).toEqual([500, 500, 200]);
});
