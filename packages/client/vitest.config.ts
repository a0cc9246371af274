import { suite } from '@org/test-suite';

export default suite('client', {
  exclude: ['test/runtimes/**', 'node_modules/**'],
  typecheck: { enabled: true, checker: 'tsc' },
});
