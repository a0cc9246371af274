// pnpm inspector:screenshots: pictures of each tab, light and dark, of a mock with some traffic.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWhole } from '@org/test-suite/write-file';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../test/support/browser.ts';
import { MockProcess } from '../test/support/mock-process.ts';
import { makeTraffic } from '../test/support/traffic.ts';

const folder = resolve(import.meta.dirname, '../screenshots');
mkdirSync(folder, { recursive: true });

await using mock = await MockProcess.start('--data', 'users=320');
await makeTraffic(mock);
await change(mock);
await mock.control('POST', 'faults', { delay: [50, 200], probability: 0.1 });
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark'] as const) await shoot(browser, colorScheme);
} finally {
  await browser.close();
}

async function shoot(browser: Browser, colorScheme: 'light' | 'dark'): Promise<void> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 720 } });
  const converter = await browser.newPage();
  const save = async (name: string) => {
    const png = (await page.screenshot()).toString('base64');
    const webp = await converter.evaluate(toWebP, `data:image/png;base64,${png}`);
    writeWhole(`${folder}/${name}-${colorScheme}.webp`, Buffer.from(webp, 'base64'));
  };
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
  await open('changes');
  await page.getByRole('table').first().waitFor();
  await save('changes');
  await page.close();
  await converter.close();
}

/** Changes of each kind, for the tab that lists them. */
async function change(mock: MockProcess): Promise<void> {
  const { data } = (await (await mock.call('GET', '/organization/users?limit=5')).json()) as {
    data: { id: string }[];
  };
  for (const [i, { id }] of data.slice(2).entries()) {
    await mock.call('POST', `/organization/users/${id}`, { role: i === 0 ? 'owner' : 'auditor' });
    await mock.call('POST', `/organization/users/${id}/roles`, { role_id: `role_audit${i}` });
  }
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Response body' }).waitFor();
}

/** Runs in a page: the browser is an encoder, too. A third of the size of a PNG. */
async function toWebP(png: string): Promise<string> {
  const image = new Image();
  image.src = png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.9).replace(/^.*,/, '');
}
