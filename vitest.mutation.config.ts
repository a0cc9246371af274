import { defineConfig } from 'vitest/config';

/** What `pnpm test:mutation` runs for each mutant: unit tests alone, since processes and servers would take too long. */
export default defineConfig({
  test: {
    include: ['packages/{client,mock}/test/*.test.ts'],
    exclude: [
      '**/cli.test.ts',
      '**/server.test.ts',
      '**/entry-points.test.ts',
      '**/compiler-messages.test.ts',
      '**/node_modules/**',
    ],
    testTimeout: 10_000,
  },
});
