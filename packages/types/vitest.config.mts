import { suite } from '@org/test-suite';

export default suite('types', {
  typecheck: {
    enabled: true,
    checker: 'tsc',
    tsconfig: 'test/tsconfig.json',
    include: ['test/**/*.test-d.mts'],
  },
});
