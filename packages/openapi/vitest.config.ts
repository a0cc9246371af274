import { suite } from '@org/test-suite';

export default suite('openapi', { include: ['test/**/*.test.ts'] });
