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
  /** A `fetch` that is answered without a socket. The origin of the address does not matter. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The items of each collection, which can be changed while the mock runs. */
  readonly data: Collections;
  /** The last requests, oldest first: at most 20,000 of them, and at most 64 MB. No key is in them. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Makes requests fail. Rules are tried in the order in which they came.
   *
   * @throws {TypeError} that says what is wrong with the rule
   * @returns the rule, to remove it; `using` does so at the end of its block
   * @example mock.fail({ status: 429, retryAfter: 1, times: 2 });
   */
  fail(rule: FaultRule): Removable;
  /**
   * Answers an operation instead of the mock; the last handler of an operation counts. Requests that the contract does
   * not allow never reach it, and its answer is validated like the mock's own.
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
  /** What was done to the data so far, to come back to it with `restore`. It survives JSON. */
  snapshot(): Snapshot;
  /**
   * Brings back the data of a snapshot of this mock, or of another one of the same spec and seed. Faults, handlers and
   * the journal stay.
   *
   * @throws {TypeError} that says what is wrong with the snapshot; nothing changes then
   */
  restore(snapshot: Snapshot): void;
  /**
   * How the data differs from what it was at the start, or at a mark: what was added, changed and removed. A write that
   * leaves an item as it was is not a change.
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
  /** Back to how it began: the data, the faults and the handlers as they were given, an empty journal, no mark. */
  reset(): void;
}

/** A mock of the API. What it has itself is that of the requests that name no session. */
export interface Mock extends Omit<MockSession, 'name'>, AsyncDisposable {
  /**
   * A session of this mock: it begins as the mock itself did, with data, faults, handlers and a journal of its own. It
   * is made when it is first named, here or by the header `x-mock-session` of a request. If it is dropped because it
   * was not used, or because there are too many, it begins anew the next time. See the option `sessions`.
   *
   * @param name 1 to 64 letters, digits and `._-`.
   * @throws {TypeError} at another name
   * @example
   * const session = mock.session('test-7');
   * session.fail({ status: 503 }); // other sessions go on
   */
  session(name: string): MockSession;
  /** Stops the mock. Calls after that are refused. */
  close(): Promise<void>;
}

/** A mock that listens. */
export interface MockServer extends Mock {
  /** Where it listens, base path included: a client's `baseURL`. */
  readonly url: string;
  /** What was copied of the server that `from` names, and what was not; undefined without it. */
  readonly copied: CopyReport | undefined;
  /**
   * Stops the mock. Calls after that are refused.
   *
   * @param options.grace Milliseconds that requests under way get to finish. Default: 0, they are cut off.
   */
  close(options?: { grace?: number }): Promise<void>;
}

/** Something that was added to a mock, and can be taken back. */
export interface Removable extends Disposable {
  /** Takes it back. Does nothing the second time, and after a reset. */
  remove(): void;
}
