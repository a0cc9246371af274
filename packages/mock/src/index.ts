export type { Directory } from './directory.ts';
export type { FaultRule } from './faults.ts';
export { createMock, type Mock } from './mock.ts';
export type { MockOptions, RecordedRequest } from './options.ts';
export type { Seed } from './random.ts';
export { type MockServer, type ServerOptions, startMock } from './server.ts';
