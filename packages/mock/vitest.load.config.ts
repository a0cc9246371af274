import { suite } from '@org/test-suite';

// A million requests take minutes, so it has a command of its own.
export default suite('load', {
  include: ['test/load/*.test.ts'],
  // As Node.js itself imports CommonJS: the default export is `module.exports`.
  deps: { interopDefault: false },
  reporters: ['verbose', ['json', { outputFile: 'reports/load.json' }]],
});
