import type { AddressInfo } from 'node:net';
import { type MockServer, startMock } from '@org/mock';
import { test as base } from '@playwright/test';
import { createApp } from '../src/app.ts';

interface TestFixtures {
  /** The worker's mock as it was at first, for each test. */
  mock: MockServer;
}

interface WorkerFixtures {
  /** One mock for each worker, on a port of its own. */
  workerMock: MockServer;
  /** The address of the app, which calls the worker's mock. */
  appURL: string;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  workerMock: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      await using mock = await startMock({ data: { users: 50 } });
      await use(mock);
    },
    { scope: 'worker' },
  ],

  appURL: [
    async ({ workerMock }, use) => {
      const app = createApp({ baseURL: workerMock.url, adminAPIKey: 'any-key' });
      await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening));
      await use(`http://127.0.0.1:${(app.address() as AddressInfo).port}`);
      app.close();
    },
    { scope: 'worker' },
  ],

  mock: [
    async ({ workerMock }, use, testInfo) => {
      workerMock.reset();
      await use(workerMock);
      if (testInfo.status === testInfo.expectedStatus) return;
      const journal = JSON.stringify(workerMock.requests, null, 2);
      await testInfo.attach('requests', { body: journal, contentType: 'application/json' });
      console.log(
        workerMock.requests.map(({ status, method, path }) => `${status} ${method} ${path}`),
      );
    },
    { auto: true },
  ],

  baseURL: async ({ appURL }, use) => use(appURL),
});
