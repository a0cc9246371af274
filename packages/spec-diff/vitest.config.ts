import { suite } from '../../vitest.shared.ts';

export default suite('spec-diff', { include: ['test/**/*.test.ts'] });
