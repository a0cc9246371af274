export type * from './index.d.ts';
