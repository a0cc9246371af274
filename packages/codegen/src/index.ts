export { generateTypes } from './emit/types.ts';
export { type Generated, generate } from './generate.ts';
export { type BuiltModel, buildModel } from './infer/build-model.ts';
export { type ReadScheme, readAuth } from './infer/read-auth.ts';
export * from './model/client-core.ts';
export type * from './model/model.ts';
export { readClient } from './read/read-client.ts';
