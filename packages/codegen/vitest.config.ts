import { suite } from '../../vitest.shared.ts';

export default suite('codegen', { include: ['test/**/*.test.ts'] });
