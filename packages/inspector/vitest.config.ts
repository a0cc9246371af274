import { suite } from '@org/test-suite';

export default suite('inspector', { include: ['test/*.test.ts'] });
