import OrgClient from '@org/client';
import { createMock, type Mock } from '@org/mock';
import { test as base } from 'vitest';

interface Fixtures {
  /** One mock for each worker. It has no socket: the client calls it as its `fetch`. */
  workerMock: Mock;
  /** The worker's mock as it was at first, for each test. */
  mock: Mock;
  client: OrgClient;
}

export const test = base.extend<Fixtures>({
  workerMock: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures' names from the pattern
    async ({}, use) => {
      await using mock = createMock({ data: { users: 50 } });
      await use(mock);
    },
    { scope: 'worker' },
  ],

  mock: async ({ workerMock, onTestFailed }, use) => {
    workerMock.reset();
    onTestFailed(() => {
      for (const { method, path, query, status } of workerMock.requests) {
        console.log(`${status} ${method} ${path} ${JSON.stringify(query)}`);
      }
    });
    await use(workerMock);
  },

  client: async ({ mock }, use) => {
    await use(new OrgClient({ adminAPIKey: 'any-key', fetch: mock.fetch }));
  },
});
