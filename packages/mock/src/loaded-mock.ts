import type { LoadedAPI } from './api/loaded.ts';
import type { Collection } from './collection.ts';
import type { Mock, MockServer, MockSession, Removable } from './mock.ts';
import type { MockOptions } from './options.ts';
import type { ServerOptions } from './server-options.ts';
import type { Snapshot } from './state/snapshot.ts';

/** The collections of a loaded API, by name: `mock.data['pets']`. Their items are checked, but have no types. */
export type LoadedCollections = Readonly<
  Record<string, Collection<Record<string, unknown>, Record<string, string | number>>>
>;

/** What a handler of a loaded API is told about a request. */
export interface LoadedCall {
  /** The path's parameters. */
  params: Readonly<Record<string, string>>;
  /** The query's parameters, numbers and arrays as such. Defaults are not filled in. */
  query: Readonly<Record<string, unknown>>;
  body: unknown;
  /** The mock's data: `mock.data`. */
  data: LoadedCollections;
  request: { method: string; path: string; headers: Readonly<Record<string, string>> };
}

/** A {@link Handler} of a loaded API: returns the body of a success, or a `Response`. */
export type LoadedHandler = (call: LoadedCall, next: () => Promise<unknown>) => unknown;

/** What options of a loaded API have, and those of the package's own API have with types. */
interface LoadedParts {
  /**
   * What the collections begin with: a number of generated items, the items themselves, or a snapshot.
   *
   * @default as many generated items as the document says: 100, or `x-mock: { seed }`
   * @example createMock({ api, data: { pets: 250 } })
   */
  data?: Readonly<Record<string, number | readonly object[]>> | Snapshot;
  /**
   * Functions that respond to operations instead of the mock, as with `mock.handle`.
   *
   * @default {}
   */
  handlers?: Readonly<Record<string, LoadedHandler>>;
}

/** Options of a mock that serves another API than the package's own. */
export interface LoadedMockOptions extends Omit<MockOptions, 'data' | 'handlers'>, LoadedParts {
  /**
   * What `loadAPI` made of a document.
   *
   * @example createMock({ api: await loadAPI('openapi.yaml') })
   */
  api: LoadedAPI;
}

/** Options of a mock that listens, and serves another API than the package's own. */
export type LoadedServerOptions = Omit<ServerOptions, 'data' | 'handlers'> &
  LoadedParts &
  (
    | {
        /** What `loadAPI` made of a document. */
        api: LoadedAPI;
        spec?: never;
      }
    | {
        /**
         * The path of an OpenAPI document, which is read as by `loadAPI`.
         *
         * @example await startMock({ spec: 'openapi.yaml', port: 4010 })
         */
        spec: string;
        api?: never;
      }
  );

/** A mock of a loaded API. */
export interface LoadedMock extends Omit<Mock, 'data' | 'handle' | 'session'>, LoadedDriver {
  /** A session of this mock, as `Mock.session` says. */
  session(name: string): LoadedSession;
}

/** A session of a mock of a loaded API. */
export interface LoadedSession extends Omit<MockSession, 'data' | 'handle'>, LoadedDriver {}

/** What is the same for a mock of a loaded API and its sessions. */
interface LoadedDriver {
  readonly data: LoadedCollections;
  /**
   * Answers an operation instead of the mock, as `Mock.handle` does. The document's own `operationId` names it as well.
   *
   * @throws {TypeError} that names similar operations, if there is none of this id
   * @example mock.handle('pets.list', async (call, next) => [])
   */
  handle(operation: string, handler: LoadedHandler): Removable;
}

/** A mock of a loaded API that listens. */
export interface LoadedMockServer
  extends Omit<MockServer, 'data' | 'handle' | 'session'>,
    Pick<LoadedMock, 'data' | 'handle' | 'session'> {}
