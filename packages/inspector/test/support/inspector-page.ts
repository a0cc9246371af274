import type { Browser, Page } from 'playwright-core';
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

/** Changes to a tab, as a reader does. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click();
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

/** Waits until the page has rendered what it knows. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
  );
}
