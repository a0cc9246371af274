import { suite } from '../../vitest.shared.ts';

export default suite('mock', { typecheck: { enabled: true, checker: 'tsc' } });
