import type { Browser, Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import { executablePath, launch } from './browser.ts';
import { openInspector } from './inspector-page.ts';
import { MockProcess } from './mock-process.ts';

if (executablePath === undefined) {
  console.warn(
    'Skipped: no Chromium found. Install it (`apt-get install chromium`), or set CHROMIUM.',
  );
}

interface Fixtures {
  /** Started once for each file, with 320 users, and reset before each test. */
  mock: MockProcess;
  browser: Browser;
  /** The page, open and connected. Whatever it logs as an error, or asks of another origin, fails the test. */
  page: Page;
}

const withFixtures = base.extend<Fixtures>({
  mock: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads which fixtures it names
    async ({}, use) => {
      await using mock = await MockProcess.start('--data', 'users=320');
      await use(mock);
    },
    { scope: 'file' },
  ],
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads which fixtures it names
    async ({}, use) => {
      const browser = await launch();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  page: async ({ mock, browser }, use) => {
    await mock.control('POST', 'reset', {});
    const { page, problems } = await openInspector(browser, mock);
    await use(page);
    expect(problems).toEqual([]);
    await page.context().close();
  },
});

/** A test of the page in Chromium, against a real `org-mock`. */
export const test = withFixtures.skipIf(executablePath === undefined);
