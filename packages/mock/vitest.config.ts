import { suite } from '@org/test-suite';

export default suite('mock', {
  exclude: ['test/load/**', 'node_modules/**'],
  // As Node.js itself imports CommonJS: the default export is `module.exports`.
  deps: { interopDefault: false },
  typecheck: { enabled: true, checker: 'tsc' },
});
