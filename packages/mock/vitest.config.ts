// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('mock', { typecheck: { enabled: true, checker: 'tsc' } });
