// `@org/client/resource` and `@org/client/core/resource`, as the official package has them.
export { APIResource } from './core/resource.ts';
