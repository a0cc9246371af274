export { type BuiltModel, buildModel } from './build-model.ts';
export { requestOptions } from './emit/request-parts.ts';
export { generateTypes } from './emit/types.ts';
export { generate } from './generate.ts';
export type * from './model.ts';
export { clientMembers } from './read-operations.ts';
