import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server;
let browser;
beforeAll(async () => {
  await build({ logLevel: 'error', build: { target: 'es2022', chunkSizeWarningLimit: 4_000 } });
  server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('requests of a page are answered by the mock inside of it', async () => {
  const page = await browser.newPage();
  const { port } = server.httpServer.address();
  await page.goto(`http://127.0.0.1:${port}`);
  await page.waitForFunction(() => document.body.textContent.includes('users'));
  expect((await page.textContent('body')).trim()).toBe('3 users after 503, 200');
}, 60_000);
