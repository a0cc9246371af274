import { defineConfig } from 'vitest/config';

/** What `pnpm test:mutation` runs for each mutant: unit tests alone, since processes and servers would take too long. */
export default defineConfig({
  test: {
    include: [
      'packages/{client,mock}/test/*.test.ts',
      'packages/mock/test/{control,state}/*.test.ts',
    ],
    exclude: [
      '**/cli.test.ts',
      '**/server*.test.ts',
      '**/memory.test.ts',
      '**/bundle.test.ts',
      '**/editor.test.ts',
      '**/entry-points.test.ts',
      '**/compiler-messages.test.ts',
      '**/node_modules/**',
    ],
    testTimeout: 10_000,
    // As Node.js itself imports CommonJS: the default export is `module.exports`.
    deps: { interopDefault: false },
  },
});
