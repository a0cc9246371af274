import { suite } from '@org/test-suite';

// Needs a Chromium and the built mock, so it has a command of its own: `pnpm test:inspector`.
export default suite('inspector-browser', {
  include: ['test/browser/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/inspector-browser.json' }]],
  testTimeout: 90_000,
  hookTimeout: 90_000,
  // The page renders after an action, not during it. Playwright's own waits have the same limit.
  expect: { poll: { timeout: 30_000 } },
  // Each file starts a browser and a mock.
  maxWorkers: 2,
});
