import { suite } from '@org/test-suite';

export default suite('spec-diff', { include: ['test/**/*.test.ts'] });
