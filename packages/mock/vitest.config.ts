// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('mock', {
  exclude: ['test/load/**', 'node_modules/**'],
  // As Node.js itself imports CommonJS: the default export is `module.exports`.
  deps: { interopDefault: false },
  typecheck: { enabled: true, checker: 'tsc' },
});
