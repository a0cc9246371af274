import { createServer } from 'node:http';
import { build as esbuild } from 'esbuild';
import { chromium } from 'playwright-core';
import { build as vite } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bundlers = {
  async vite() {
    const { output } = await vite({
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2022',
        rolldownOptions: { input: 'main.js', output: { codeSplitting: false } },
      },
    });
    return output[0].code;
  },
  async esbuild() {
    const { outputFiles } = await esbuild({
      entryPoints: ['main.js'],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      logLevel: 'error',
    });
    return outputFiles[0].text;
  },
};

let browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(() => browser?.close());

test.each(Object.keys(bundlers))(
  'the mock runs in a page that %s has bundled',
  async (name) => {
    const code = await bundlers[name]();
    const server = createServer((request, response) => {
      const isCode = request.url === '/main.js';
      response.setHeader('content-type', isCode ? 'text/javascript' : 'text/html');
      response.end(isCode ? code : '<body><script type="module" src="/main.js"></script></body>');
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${server.address().port}`);
    await page.waitForFunction(() => document.body.textContent.includes('users')).catch(() => {});
    expect(errors).toEqual([]);
    expect(await page.textContent('body')).toBe('50 users, 3 requests');
    server.close();
  },
  60_000,
);
