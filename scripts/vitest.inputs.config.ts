import { suite } from '@org/test-suite';

// Runs the tests of every package again, each in a copy: minutes, so it has a command of its own.
export default suite('inputs', {
  fileParallelism: false,
  include: ['test/inputs/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/inputs.json' }]],
});
