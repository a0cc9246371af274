import { suite } from '@org/test-suite';

export default suite('scripts', {
  exclude: [
    'test/release/**',
    'test/examples/**',
    'test/inputs/**',
    'test/fuzz/**',
    'node_modules/**',
  ],
});
