import { suite } from '@org/test-suite';

export default suite('codegen', { include: ['test/**/*.test.ts'] });
