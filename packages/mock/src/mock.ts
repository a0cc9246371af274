import { toAnswer } from './answer/answer.ts';
import { createErrors } from './answer/errors.ts';
import { createHandle } from './answer/handle.ts';
import { HandlerRegistry } from './answer/handlers.ts';
import type { API } from './api/api.ts';
import type { Collections } from './api.gen.ts';
import { createControl } from './control/control.ts';
import { errorResponse } from './control/control-error.ts';
import type { Controls } from './control/controls.ts';
import { Events } from './control/events.ts';
import type { FaultRule } from './control/fault-rule.ts';
import { Faults } from './control/faults.ts';
import { Journal, type RecordedRequest } from './control/journal.ts';
import { describeOperations } from './control/operations.ts';
import { Secrets } from './control/secrets.ts';
import type { Handler, OperationID } from './handlers.ts';
import { createFetch } from './http/fetch.ts';
import { isControl } from './http/request.ts';
import type { Fail, Respond } from './http/respond.ts';
import { checkOptions, type MockOptions } from './options.ts';
import { createRoute, type Route } from './prism/route.ts';
import { createValidator } from './prism/validate.ts';
import { createResponder } from './respond.ts';
import { api as specAPI } from './spec.ts';
import { createAnswers } from './state/answers.ts';
import { createData } from './state/data.ts';
import { Epoch } from './state/epoch.ts';
import type { Snapshot } from './state/snapshot.ts';
import { type InitialData, State } from './state/state.ts';

/** A mock of the API. */
export interface Mock extends AsyncDisposable {
  /** A `fetch` that this mock answers, without a socket. The origin of the address does not matter. */
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
  /** Back to how it began: the data, the faults and the handlers as they were given, an empty journal. */
  reset(): void;
  /** Stops the mock. Calls after that are refused. */
  close(): Promise<void>;
}

/** Something that was added to a mock, and can be taken back. */
export interface Removable extends Disposable {
  /** Takes it back. Does nothing the second time, and after a reset. */
  remove(): void;
}

/** A mock without its entry points. */
export interface MockCore extends Omit<Mock, 'fetch' | 'close' | typeof Symbol.asyncDispose> {
  respond: Respond;
  failTarget: Fail;
  /** Whether a target is for a control endpoint. */
  isControl(target: string): boolean;
  /** Ends event streams, so that no connection stays open for them. */
  endStreams(): void;
  /** From now on, requests are refused. */
  shut(): void;
}

/**
 * A mock in this process, with no socket: hand its `fetch` to a client.
 *
 * @throws {TypeError} that names the option that is invalid, or does not exist
 * @throws {ContractError} that names the item and the property of `data` that break the contract
 * @example
 * ```ts
 * await using mock = createMock({ data: { users: 250 } });
 * const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  checkOptions(options, 'createMock');
  const core = createCore(options);
  const close = async () => core.shut();
  return extend(core, { fetch: createFetch(core), close, [Symbol.asyncDispose]: close });
}

/**
 * A mock without its entry points, whose options are checked already.
 *
 * @param api the spec's, unless a test has another
 */
export function createCore(options: MockOptions, api: API = specAPI): MockCore {
  const seed = options.seed ?? 1;
  const events = new Events();
  // The types of both follow from the spec.
  const state = new State(api, seed, options.data as InitialData | undefined);
  const tellChange = (name: string) => {
    if (events.size === 0) return;
    // A removed item takes along what is below it.
    for (const collection of [name, ...state.below(name)])
      events.emit({ type: 'data', collection });
  };
  const data = createData(state, tellChange);
  const handlers = new HandlerRegistry(api, options.handlers);
  const schemes = api.operations.flatMap(({ security = [] }) => security.flat());
  let epoch = new Epoch(state);
  const secrets = new Secrets(options.adminAPIKeys, schemes);
  const route = createRoute(api.operations);
  const faults = new Faults({
    secrets,
    seed,
    initial: options.faults ?? [],
    operations: api.operations.map(({ iid }) => iid),
    hasPath: (path) => hasPath(api, route, path),
    onChange: () => events.emit({ type: 'faults' }),
  });
  const journal = new Journal((request) => {
    try {
      options.logger?.(request);
    } catch (error) {
      console.error('The logger of the mock threw:', error);
    }
    events.emit({ type: 'request', request });
  });
  const errors = createErrors(api);
  const hasControl = options.control ?? true;
  const isForControl = (target: string) => hasControl && isControl(target, api.basePath);
  const respond = createResponder({
    handle: createHandle({
      api,
      route,
      validator: createValidator(api, {
        keys: options.adminAPIKeys && new Set(options.adminAPIKeys),
        strict: options.strict ?? false,
      }),
      errors,
      answers: createAnswers(state, tellChange),
      handlers,
      data,
      control: hasControl,
    }),
    fail: (status, operation) => toAnswer(errors(status, {}, operation)),
    route,
    basePath: api.basePath,
    faults,
    journal,
    secrets,
    epoch: () => epoch,
    latency: options.latency ?? 0,
  });
  const restore = (snapshot: unknown) => {
    state.restore(snapshot as Snapshot);
    for (const collection of Object.keys(data)) events.emit({ type: 'data', collection });
  };
  const reset = () => {
    epoch.end();
    epoch = new Epoch(state);
    state.reset();
    handlers.reset();
    faults.reset();
    journal.clear();
    events.emit({ type: 'reset' });
  };
  const controls: Controls = {
    title: api.title,
    basePath: api.basePath,
    seed,
    data,
    journal,
    faults,
    describe: () => describeOperations(api),
    snapshot: () => state.snapshot(),
    restore,
    reset,
    clearRequests() {
      journal.clear();
      events.emit({ type: 'clear' });
    },
    subscribe: (listener) => events.subscribe(listener),
  };
  const control = createControl(controls);
  let closed = false;
  const core: MockCore = {
    // Each collection has the types that the spec gives it: what comes in is checked against the spec.
    data: data as unknown as Collections,
    get requests() {
      return journal.entries;
    },
    fail(rule) {
      const id = faults.add(rule);
      return removable(() => faults.remove(id));
    },
    handle: (operation, handler) => removable(handlers.set(operation, handler)),
    snapshot: () => state.snapshot(),
    restore,
    reset,
    isControl: isForControl,
    endStreams: () => control.close(),
    shut() {
      closed = true;
      control.close();
    },
    failTarget: (target, status, message) =>
      isForControl(target)
        ? errorResponse(status, message)
        : toAnswer(errors(status, { message, param: null })),
    async respond(request, signal) {
      if (closed) throw new TypeError('The mock is closed.');
      return isForControl(request.target) ? control.respond(request) : respond(request, signal);
    },
  };
  return core;
}

/** Whether a path is that of an operation, with the base path or without it. */
function hasPath({ operations, basePath }: API, route: Route, path: string): boolean {
  const below = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  return operations.some(({ method }) => route(method, below) !== undefined);
}

function removable(remove: () => void): Removable {
  return { remove, [Symbol.dispose]: remove };
}

/** Adds properties without reading the getters that are there. */
export function extend<T extends object, U extends object>(target: T, properties: U): T & U {
  return Object.defineProperties(target, Object.getOwnPropertyDescriptors(properties)) as T & U;
}
