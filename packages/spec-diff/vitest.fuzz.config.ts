import { suite } from '@org/test-suite';

// Thousands of documents take minutes, so it has a command of its own, and a report beside that of the tests.
export default suite('fuzz', {
  include: ['test/fuzz.test.ts'],
  env: { FUZZ_RUNS: process.env['FUZZ_RUNS'] ?? '2000' },
});
