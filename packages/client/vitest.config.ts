import { suite } from '@org/test-suite';

export default suite('client', {
  exclude: ['reports/**', 'node_modules/**'],
  typecheck: { enabled: true, checker: 'tsc' },
});
