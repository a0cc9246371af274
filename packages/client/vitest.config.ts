// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('client', {
  exclude: ['test/runtimes/**', 'node_modules/**'],
  typecheck: { enabled: true, checker: 'tsc' },
});
