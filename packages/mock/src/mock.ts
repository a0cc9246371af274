import { control, controlPrefix } from './control/control.ts';
import { type FaultRule, Faults } from './control/faults.ts';
import { Journal, type RecordedRequest } from './control/journal.ts';
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

/** A mock without its doors. */
export interface MockCore extends Omit<Mock, 'fetch' | 'close' | typeof Symbol.asyncDispose> {
  respond(request: MockRequest, signal?: AbortSignal): Promise<MockResponse>;
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
  const faults = new Faults(seed);
  const journal = new Journal(options.logger);
  const handle = createHandler({ directory, options });
  const respond = createResponder({ handle, faults, journal, options });
  let closed = false;
  const core: MockCore = {
    directory,
    get requests() {
      return journal.entries;
    },
    fail: (rule) => faults.add(rule),
    reset() {
      directory.reset();
      faults.reset();
      journal.reset();
    },
    shut() {
      closed = true;
    },
    async respond(request, signal) {
      if (closed) throw new TypeError('The mock is closed.');
      return request.target.startsWith(controlPrefix)
        ? control(core, request)
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
  const amounts = [latency ?? 0].flat();
  if (!amounts.every((amount) => Number.isFinite(amount) && amount >= 0)) {
    throw new TypeError(`latency must be milliseconds or a range of them, not ${String(latency)}.`);
  }
  if (adminAPIKeys !== undefined && !Array.isArray(adminAPIKeys)) {
    throw new TypeError('adminAPIKeys must be an array of keys.');
  }
}
