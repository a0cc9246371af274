import { suite } from '@org/test-suite';

// Thousands of hostile strings take a minute, so they have a command of their own.
export default suite('documents', { include: ['test/fuzz/*.test.ts'], testTimeout: 600_000 });
