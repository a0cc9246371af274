export type { FaultRule } from './control/faults.ts';
export { createMock, type Mock } from './mock.ts';
export type { MockOptions, RecordedRequest } from './options.ts';
export { type MockServer, type ServerOptions, startMock } from './server.ts';
export type { Directory } from './state/directory.ts';
export type { Seed } from './state/random.ts';
