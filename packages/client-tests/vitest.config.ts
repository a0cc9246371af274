import { suite } from '@org/test-suite';

export default suite('client-tests', {
  exclude: ['test/runtimes/**', 'reports/**', 'node_modules/**'],
});
