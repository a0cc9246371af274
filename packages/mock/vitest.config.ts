// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('mock', {
  exclude: ['test/load/**', 'node_modules/**'],
  typecheck: { enabled: true, checker: 'tsc' },
});
