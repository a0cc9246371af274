import type { Browser, Page, Response, Route } from 'playwright-core';
import type { MockProcess } from './mock-process.ts';

export interface OpenOptions {
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** What the address names, such as `#data`. */
  hash?: string;
}

/** Opens the page and waits until it is connected, and shows what the mock has. `problems` gathers what must never happen. */
export async function openInspector(
  browser: Browser,
  mock: MockProcess,
  { colorScheme = 'light', width = 1280, height = 720, hash = '' }: OpenOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height } });
  const permissions = ['clipboard-read', 'clipboard-write'];
  await context.grantPermissions(permissions, { origin: mock.origin });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${mock.origin}/`) && !url.startsWith('blob:'))
      problems.push(`fetched ${url}`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // Answers such as 400 and 429 are logged as well: tests ask for them.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) problems.push(message.text());
  });
  await page.goto(`${mock.origin}/_mock${hash}`);
  await page.getByRole('status').getByText('Live', { exact: true }).first().waitFor();
  await page.locator('main > *').first().waitFor();
  return { page, problems };
}

/** Changes to a tab, as a reader does, and waits until its view is there. */
export async function openTab(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
  await link.click();
  // The page marks the link and shows the view in one render.
  await link.and(page.locator('[aria-current=page]')).waitFor();
}

/** Opens an operation from the list of the tab, and waits until the previous one is gone. */
export async function openOperation(page: Page, id: string): Promise<void> {
  const list = page.getByRole('navigation', { name: 'Operations' });
  await list.getByText(id, { exact: true }).click();
  // The page marks the link and shows the operation in one render.
  await list.locator('[aria-current=page]').getByText(id, { exact: true }).waitFor();
}

/** Closes the panel beside a list with Escape, and waits until it is gone. */
export async function closePanel(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('.panel').waitFor({ state: 'detached' });
}

/** Presses a button that copies, and returns what it copied. */
export async function copyBy(page: Page, name: string | RegExp): Promise<string> {
  // The notice of an earlier copy may still be there: an empty clipboard tells this one from it.
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name }).click();
  await said(page, 'Copied.');
  const text = await page.waitForFunction(() => navigator.clipboard.readText());
  return (await text.jsonValue()) as string;
}

/** Waits until the page says this at its foot. */
export function said(page: Page, text: string | RegExp): Promise<void> {
  return page.locator('.notice').getByText(text).waitFor();
}

/**
 * Waits until the page has handled a response, for tests of what it must not do with it: the page gets the response to
 * a later request after it.
 */
export async function settled(page: Page, response: Promise<Response>): Promise<void> {
  await (await response).finished();
  await page.evaluate(async () => (await fetch('/_mock/health')).text());
}

/** Holds the page's requests to an address back. @returns a function that waits for the first one */
export async function hold(page: Page, url: string): Promise<() => Promise<Route>> {
  const { promise, resolve } = Promise.withResolvers<Route>();
  await page.route(url, resolve);
  return () => promise;
}
