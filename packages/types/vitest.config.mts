import { suite } from '@org/test-suite';

export default suite('types', { typecheck: { enabled: true, only: true, checker: 'tsc' } });
