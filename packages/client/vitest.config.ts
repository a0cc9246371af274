import { suite } from '../../vitest.shared.ts';

export default suite('client', { typecheck: { enabled: true, checker: 'tsc' } });
