// pnpm inspector:screenshots: pictures of each tab, light and dark, of a mock with some traffic.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../test/support/browser.ts';
import { MockProcess } from '../test/support/mock-process.ts';
import { makeTraffic } from '../test/support/traffic.ts';

const folder = resolve(import.meta.dirname, '../screenshots');
mkdirSync(folder, { recursive: true });

await using mock = await MockProcess.start('--data', 'users=320');
await makeTraffic(mock);
await mock.control('POST', 'faults', { delay: [50, 200], probability: 0.1 });
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark'] as const) await shoot(browser, colorScheme);
} finally {
  await browser.close();
}

async function shoot(browser: Browser, colorScheme: 'light' | 'dark'): Promise<void> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 720 } });
  const save = (name: string) => page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  const open = async (tab: string) => {
    await page.goto(`${mock.origin}/_mock#${tab}`);
    await page.getByText('Live', { exact: true }).waitFor();
  };
  await open('requests');
  await page.getByRole('row').filter({ hasText: 'limit=101' }).first().click();
  await page.getByRole('heading', { name: 'Response body' }).waitFor();
  await save('requests');
  await open('data');
  await page.getByRole('row').nth(2).click();
  await page.getByLabel('Item as JSON').waitFor();
  await save('data');
  await open('faults');
  await page.getByRole('table').waitFor();
  await save('faults');
  await open('operations');
  await send(page);
  await save('operations');
  await page.close();
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Response body' }).waitFor();
}
