// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('inspector', { include: ['test/*.test.ts'] });
