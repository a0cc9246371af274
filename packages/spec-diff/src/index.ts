export { compareAPI, publicAPI } from './api.ts';
export { type Bump, bumpBetween, covers, higher, neededBump } from './bump.ts';
export { type Change, type Verdict, worst } from './change.ts';
export { diff, type Report } from './diff.ts';
export type { Document } from './spec.ts';
export { type Walk, walk } from './walk.ts';
