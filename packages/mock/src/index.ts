export type { FaultRule } from './control/faults.ts';
export type { RecordedRequest } from './control/journal.ts';
export { createMock, type Mock } from './mock.ts';
export type { MockOptions } from './options.ts';
export { type MockServer, type ServerOptions, startMock } from './server.ts';
export type { Directory } from './state/directory.ts';
export type { Seed } from './state/random.ts';
