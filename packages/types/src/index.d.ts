export type * from './openapi.gen';
