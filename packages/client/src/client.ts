// `@org/client/client`, as the official package has it.
export * from './client.gen.ts';
export type { Logger, LogLevel } from './core/log.ts';
export type { ClientOptions } from './core/options.ts';
