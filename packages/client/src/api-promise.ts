// `@org/client/api-promise` and `@org/client/core/api-promise`, as the official package has them.
export { APIPromise } from './core/promise.ts';
