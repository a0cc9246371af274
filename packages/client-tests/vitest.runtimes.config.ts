import { suite } from '@org/test-suite';

// Installs every runtime, so it has a command of its own.
export default suite('runtimes', {
  include: ['test/runtimes/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/runtimes.json' }]],
  testTimeout: 60_000,
});
