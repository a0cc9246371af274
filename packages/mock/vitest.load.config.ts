// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

// A million requests take minutes, so it has a command of its own.
export default suite('load', {
  include: ['test/load/*.test.ts'],
  reporters: ['verbose', ['json', { outputFile: 'reports/load.json' }]],
});
