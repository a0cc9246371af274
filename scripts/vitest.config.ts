// @boundaries-ignore the settings that all suites share
import { suite } from '../vitest.shared.ts';

export default suite('scripts', { exclude: ['test/release/**', 'node_modules/**'] });
