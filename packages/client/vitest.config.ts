// @boundaries-ignore the settings that all suites share
import { suite } from '../../vitest.shared.ts';

export default suite('client', { typecheck: { enabled: true, checker: 'tsc' } });
