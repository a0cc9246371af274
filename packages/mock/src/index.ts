export type { FaultMatch, FaultRule } from './control/fault-rule.ts';
export type { RecordedRequest } from './control/journal.ts';
export { createMock, type Mock } from './mock.ts';
export type { MockOptions } from './options.ts';
export { type MockServer, startMock } from './server.ts';
export type { ServerOptions } from './server-options.ts';
export type { Directory } from './state/directory.ts';
export type { Seed } from './state/random.ts';
