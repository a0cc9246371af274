import { suite } from '@org/test-suite';

// What holds for any document in `spec/`: a part of the scripts' suite, which runs alone after `pnpm adopt`.
export default suite('document', { include: ['test/document/*.test.ts'] });
