import { suite } from '@org/test-suite';

export default suite('client', {
  exclude: ['test/runtimes/**', 'reports/**', 'node_modules/**'],
  typecheck: { enabled: true, checker: 'tsc' },
});
