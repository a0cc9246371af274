import { createControl, isControl } from './control/control.ts';
import type { Controls } from './control/controls.ts';
import { usersCollection } from './control/directory-data.ts';
import { Events } from './control/events.ts';
import { type FaultRule, isDelay, longestDelay } from './control/fault-rule.ts';
import { Faults } from './control/faults.ts';
import { Journal, type RecordedRequest } from './control/journal.ts';
import { describeOperations } from './control/operations.ts';
import { createMasks } from './control/secrets.ts';
import { basePath, operations } from './engine/operations.ts';
import { createRouter } from './engine/router.ts';
import { createFetch } from './fetch.ts';
import { createHandler } from './handle.ts';
import type { MockOptions } from './options.ts';
import type { MockRequest } from './request.ts';
import { createResponder } from './respond.ts';
import type { MockResponse } from './response.ts';
import { type Directory, UserDirectory } from './state/directory.ts';

/** A mock of the API. */
export interface Mock extends AsyncDisposable {
  /** A `fetch` that this mock answers, without a socket. The origin of the address does not matter. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** The users, which can be changed while the mock runs. */
  directory: Directory;
  /** The last requests, oldest first; at least ten thousand of them. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Makes requests fail. Rules are tried in the order in which they came.
   *
   * @throws {TypeError} that says what is wrong with the rule
   * @example mock.fail({ status: 429, retryAfter: 1, times: 2 });
   */
  fail(rule: FaultRule): void;
  /** Back to the seed: the users as they were, no faults, an empty journal. */
  reset(): void;
  /** Stops the mock. Calls after that are refused. */
  close(): Promise<void>;
}

/** A mock without its entry points. */
export interface MockCore extends Omit<Mock, 'fetch' | 'close' | typeof Symbol.asyncDispose> {
  respond(request: MockRequest, signal?: AbortSignal): Promise<MockResponse>;
  /** Ends event streams, so that no connection stays open for them. */
  endStreams(): void;
  /** From now on, requests are refused. */
  shut(): void;
}

/**
 * A mock in this process, with no socket: hand its `fetch` to a client.
 *
 * @throws {TypeError} that says which option is not as it must be
 * @example
 * ```ts
 * await using mock = createMock({ users: 250 });
 * const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  const core = createCore(options);
  const close = async () => core.shut();
  return extend(core, { fetch: createFetch(core.respond), close, [Symbol.asyncDispose]: close });
}

export function createCore(options: MockOptions): MockCore {
  checkOptions(options);
  const seed = options.seed ?? 1;
  const directory = new UserDirectory(options.users ?? 100, seed);
  const events = new Events();
  const described = operations.map(({ iid = '', method, path }) => ({ id: iid, method, path }));
  const faults = new Faults({
    seed,
    initial: options.faults ?? [],
    operations: described.map(({ id }) => id),
    onChange: () => events.emit({ type: 'faults' }),
  });
  const journal = new Journal((request) => {
    options.logger?.(request);
    events.emit({ type: 'request', request });
  });
  const respond = createResponder({
    handle: createHandler({ directory, options }),
    route: createRouter(described),
    faults,
    journal,
    maskOf: createMasks(options.adminAPIKeys ?? []),
    latency: options.latency ?? 0,
  });
  const reset = () => {
    directory.reset();
    faults.reset();
    journal.clear();
    events.emit({ type: 'reset' });
  };
  const controls: Controls = {
    title: '',
    basePath,
    seed,
    data: { users: usersCollection(directory) },
    journal,
    faults,
    describe: () => describeOperations(operations),
    snapshot: () => ({ users: directory.list() }),
    restore() {
      throw new TypeError('Not implemented yet.');
    },
    reset,
    subscribe: (listener) => events.subscribe(listener),
  };
  const control = createControl(controls);
  let closed = false;
  const core: MockCore = {
    directory,
    get requests() {
      return journal.entries;
    },
    fail(rule) {
      faults.add(rule);
    },
    reset,
    endStreams: () => control.close(),
    shut() {
      closed = true;
      control.close();
    },
    async respond(request, signal) {
      if (closed) throw new TypeError('The mock is closed.');
      return isControl(request.target) && options.control !== false
        ? control.respond(request)
        : respond(request, signal);
    },
  };
  return core;
}

/** Adds properties without reading the getters that are there. */
export function extend<T extends object, U extends object>(target: T, properties: U): T & U {
  return Object.defineProperties(target, Object.getOwnPropertyDescriptors(properties)) as T & U;
}

function checkOptions({ users, latency, adminAPIKeys }: MockOptions): void {
  if (
    typeof users === 'number'
      ? !Number.isInteger(users) || users < 0 || users > 2 ** 31
      : users && !Array.isArray(users)
  ) {
    throw new TypeError(
      `users must be a number of users or an array of them, not ${String(users)}.`,
    );
  }
  if (latency !== undefined && !isDelay(latency)) {
    throw new TypeError(
      `latency must be milliseconds up to ${longestDelay}, or a range of them such as [50, 200], not ${JSON.stringify(latency)}.`,
    );
  }
  if (adminAPIKeys !== undefined && !Array.isArray(adminAPIKeys)) {
    throw new TypeError('adminAPIKeys must be an array of keys.');
  }
}
