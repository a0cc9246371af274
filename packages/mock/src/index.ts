export type { LoadedAPI } from './api/loaded.ts';
export type { Collections, OperationTypes } from './api.gen.ts';
export type { Changes, Collection } from './collection.ts';
export type { FaultMatch, FaultRule } from './control/fault-rule.ts';
export type { RecordedRequest } from './control/journal.ts';
export {
  CopyError,
  type CopyOptions,
  type CopyProblem,
  type CopyProgress,
  type CopyReport,
} from './copy/options.ts';
export { createMock } from './create-mock.ts';
export type { Handler, HandlerCall, Handlers, OperationID } from './handlers.ts';
export { type LoadOptions, loadAPI } from './load-api.ts';
export type {
  LoadedCall,
  LoadedCollections,
  LoadedHandler,
  LoadedMock,
  LoadedMockOptions,
  LoadedMockServer,
  LoadedServerOptions,
  LoadedSession,
} from './loaded-mock.ts';
export type { Mock, MockServer, MockSession, Removable } from './mock.ts';
export type { DataOptions, MockOptions } from './options.ts';
export type { ServerOptions } from './server-options.ts';
export type { SessionOptions } from './sessions.ts';
export { startMock } from './start-mock.ts';
export type {
  AddedItem,
  Change,
  ChangedItem,
  ChangedProperty,
  ChangedSingleton,
  ChangeReport,
  CollectionChanges,
  RemovedItem,
} from './state/change-report.ts';
export { ContractError, type ContractIssue } from './state/contract-error.ts';
export type { Seed } from './state/generate/random.ts';
export type { Snapshot } from './state/snapshot.ts';
