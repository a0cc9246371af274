// `@org/client/client`, as the official package has it.
export { OrgClient, OrgClient as OpenAI } from './client.gen.ts';
export type { Logger, LogLevel } from './core/log.ts';
export type { ClientOptions } from './core/options.ts';
