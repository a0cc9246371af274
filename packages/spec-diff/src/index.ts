export { compareAPI, publicAPI } from './api.ts';
export { type Bump, bumpBetween, covers, higher, neededBump } from './bump.ts';
export { type Change, type Verdict, worst } from './change.ts';
export { diff } from './diff.ts';
export type { Document } from './document.ts';
export type { Declarations } from './types.ts';
export { walk } from './walker.ts';
