import { suite } from '@org/test-suite';

// A release from end to end, with installs: minutes, so it has a command of its own.
export default suite('release', {
  fileParallelism: false,
  include: ['test/release/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/release.json' }]],
});
