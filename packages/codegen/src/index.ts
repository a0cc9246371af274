export { type BuiltModel, buildModel } from './build-model.ts';
export { requestOptions } from './emit/request-parts.ts';
export { generateTypes } from './emit/types.ts';
export { generate } from './generate.ts';
export { createLocate } from './locations.ts';
export type * from './model.ts';
export { type Locate, type Location, type Pointer, SpecProblems } from './problems.ts';
export { clientMembers } from './read-operations.ts';
