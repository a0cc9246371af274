export { generateOperations } from './operations.ts';
export { generateTypes } from './types.ts';
