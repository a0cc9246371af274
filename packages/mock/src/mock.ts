import type { Collections } from './api.gen.ts';
import type { FaultRule } from './control/fault-rule.ts';
import type { RecordedRequest } from './control/journal.ts';
import type { CopyReport } from './copy/options.ts';
import type { Handler, OperationID } from './handlers.ts';
import type { ChangeReport } from './state/change-report.ts';
import type { Snapshot } from './state/snapshot.ts';

/** Data, faults, handlers and a journal, over one API. */
export interface MockSession {
  /** The name: requests with the header `x-mock-session: <name>` belong to the session. */
  readonly name: string;
  /** A `fetch` without a socket. The origin of the URL does not matter. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The items of each collection, which can be changed while the mock runs. */
  readonly data: Collections;
  /** The last requests, oldest first: at most 20,000 of them, and at most 64 MB. No key is in them. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Makes requests fail. Rules are tried in the order in which they were added.
   *
   * @throws {TypeError} if the rule is invalid, with the reason
   * @returns the rule, to remove it; `using` does so at the end of its block
   * @example mock.fail({ status: 429, retryAfter: 1, times: 2 });
   */
  fail(rule: FaultRule): Removable;
  /**
   * Responds to an operation instead of the mock; the last handler of an operation counts. Requests that the contract
   * does not allow never reach it, and its response is validated like the mock's own.
   *
   * @returns the handler, to remove it: the one before it counts again then
   * @throws {TypeError} that names similar operations, if there is none of this id
   * @example
   * mock.handle('admin.organization.users.list', async (call, next) => {
   *   const page = await next();
   *   return { ...page, has_more: false };
   * });
   */
  handle<ID extends OperationID>(operation: ID, handler: Handler<ID>): Removable;
  /** The current data, for `restore`. It can be stored as JSON. */
  snapshot(): Snapshot;
  /**
   * Restores the data of a snapshot of this mock, or of another one with the same spec and seed. Faults, handlers and
   * the journal stay.
   *
   * @throws {TypeError} if the snapshot is invalid, with the reason; nothing changes
   */
  restore(snapshot: Snapshot): void;
  /**
   * The differences from the initial data, or from a mark: added, changed and removed items. A write that
   * does not change an item does not count.
   *
   * @param options.since The name of a mark. Default: the start.
   * @throws {TypeError} if there is no such mark
   * @example
   * mock.changes().collections['users']?.removed.map(({ id }) => id); // ['user_abc']
   */
  changes(options?: { since?: string }): ChangeReport;
  /**
   * Names this point in time for `changes`. A mark of the same name is replaced; a reset removes all of them.
   *
   * @param name 1 to 64 letters, digits and `._-`.
   * @throws {TypeError} at another name, or if there are 100 marks
   */
  mark(name: string): void;
  /** Restores the initial data, faults and handlers, and clears the journal and the marks. */
  reset(): void;
}

/** A mock of the API. Its own data, faults, handlers and journal apply to requests without a session. */
export interface Mock extends Omit<MockSession, 'name'>, AsyncDisposable {
  /**
   * A session of this mock, with its own data, faults, handlers and journal, which starts from the mock's initial
   * state. It is created on first use, here or by the header `x-mock-session` of a request. A session that was dropped
   * because it was unused, or because there are too many, starts again. See the option `sessions`.
   *
   * @param name 1 to 64 letters, digits and `._-`.
   * @throws {TypeError} at another name
   * @example
   * const session = mock.session('test-7');
   * session.fail({ status: 503 }); // other sessions are unaffected
   */
  session(name: string): MockSession;
  /** Stops the mock. Later calls are refused. */
  close(): Promise<void>;
}

/** A mock that listens. */
export interface MockServer extends Mock {
  /** Its URL, with the base path: a client's `baseURL`. */
  readonly url: string;
  /** What was copied of the server that `from` names, and what was not; undefined without it. */
  readonly copied: CopyReport | undefined;
  /**
   * Stops the mock. Later calls are refused.
   *
   * @param options.grace Milliseconds for in-flight requests to finish. Default: 0, they are cut off.
   */
  close(options?: { grace?: number }): Promise<void>;
}

/** A rule or handler of a mock that can be removed. */
export interface Removable extends Disposable {
  /** Removes it. Has no effect the second time, and after a reset. */
  remove(): void;
}
