import { suite } from '../../vitest.shared.ts';

export default suite('types', { typecheck: { enabled: true, only: true, checker: 'tsc' } });
