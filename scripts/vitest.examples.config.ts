import { suite } from '@org/test-suite';

// Installs every example from the packed packages: minutes, so it has a command of its own.
export default suite('examples', {
  include: ['test/examples/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/examples.json' }]],
});
