import { toAnswer } from './answer/answer.ts';
import type { API } from './api/api.ts';
import type { Collections } from './api.gen.ts';
import { type Control, createControl } from './control/control.ts';
import type { Controls } from './control/controls.ts';
import { Events } from './control/events.ts';
import { Faults } from './control/faults.ts';
import { Journal } from './control/journal.ts';
import { describeOperations } from './control/operations.ts';
import type { Secrets } from './control/secrets.ts';
import type { Respond } from './http/respond.ts';
import type { MockSession, Removable } from './mock.ts';
import { type MockOptions, seedOf } from './options.ts';
import { hasPath } from './prism/route.ts';
import { createResponder } from './respond.ts';
import { writeScript } from './script/write-script.ts';
import { type Served, type Shared, serve, serveAgain, takeOver } from './served.ts';
import type { SessionInfo } from './sessions.ts';
import { api as ownAPI } from './spec.ts';
import { Epoch } from './state/epoch.ts';
import type { Snapshot } from './state/snapshot.ts';

export interface SessionParts {
  /** The current ones: handlers can be replaced. */
  readonly options: MockOptions;
  api: API;
  /** Whether it is another one than at the start. */
  isReloaded: boolean;
  /** Undefined for the one of requests that name none. */
  name: string | undefined;
  /** The credentials that were seen in any session, of which none is recorded. */
  secrets: Secrets;
  /** The number of the next request, in any session. */
  nextNumber(): number;
  /** The sessions that are there. */
  sessions(): SessionInfo[];
  /** What another session of this API has compiled. */
  shared?: Shared | undefined;
}

/** Data, faults, handlers and a journal. */
export interface Session extends Omit<MockSession, 'fetch' | 'name'> {
  readonly served: Served;
  readonly respond: Respond;
  readonly control: Control;
  /** Whether no request is under way, and no program listens to its events. */
  readonly isIdle: boolean;
  /** @returns a sentence for each part of the data that does not fit */
  reload(api: API, shared?: Shared): string[];
  /** Replaces the initial handlers. @throws {TypeError} if one is invalid, and nothing is replaced */
  setHandlers(handlers: object): void;
}

/** Makes a session, as it is at the start. */
export function createSession(parts: SessionParts): Session {
  const { options, name, secrets, nextNumber } = parts;
  const seed = seedOf(options);
  const events = new Events();
  const tellChange = (collection: string) => events.emit({ type: 'data', collection });
  // The options are for the first document: a later one may lack what they name.
  let served = parts.isReloaded
    ? serveAgain(parts.api, options, tellChange, parts.shared).next
    : serve(parts.api, options, tellChange, parts.shared);
  const faults = new Faults({
    secrets,
    seed,
    initial: options.faults ?? [],
    isReloaded: parts.isReloaded,
    get operations() {
      return served.api.operations.map(({ iid }) => iid);
    },
    idOf: (name) => served.api.operation(name)?.iid,
    hasPath: (path) => hasPath(served.api, served.route, path),
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
  const answer = createResponder({
    served: () => served,
    fail: (status, operation) => toAnswer(served.errors(status, {}, operation)),
    faults,
    journal,
    secrets,
    latency: options.latency ?? 0,
    nextNumber,
    session: name,
  });
  const restore = (snapshot: unknown) => {
    served.state.restore(snapshot as Snapshot);
    for (const collection of Object.keys(served.data)) tellChange(collection);
  };
  const reset = () => {
    served.epoch.end();
    served.epoch = new Epoch(served.state);
    served.aside = undefined;
    served.state.reset();
    served.marks.clear();
    served.handlers.reset();
    faults.reset();
    journal.clear();
    events.emit({ type: 'reset' });
  };
  const controls: Controls = {
    get title() {
      return served.api.title;
    },
    get basePath() {
      return served.api.basePath;
    },
    document: () => served.api.document(),
    seed,
    get data() {
      return served.data;
    },
    journal,
    faults,
    describe: () => describeOperations(served.api),
    snapshot: () => served.state.snapshot(),
    restore,
    get marks() {
      return served.marks;
    },
    writeScript: (since) =>
      writeScript({ api: served.api, isOwn: served.api === ownAPI, marks: served.marks }, since),
    mask: secrets,
    sessions: parts.sessions,
    reset,
    clearRequests() {
      journal.clear();
      events.emit({ type: 'clear' });
    },
    subscribe: (listener) => events.subscribe(listener),
  };
  const control = createControl(controls);
  let underWay = 0;
  return {
    get served() {
      return served;
    },
    control,
    get isIdle() {
      return underWay === 0 && events.size === 0;
    },
    async respond(request, signal) {
      underWay += 1;
      try {
        return await answer(request, signal);
      } finally {
        underWay -= 1;
      }
    },
    reload(next, shared) {
      const again = serveAgain(next, parts.options, tellChange, shared);
      const problems = [...again.problems, ...takeOver(again.next, served)];
      served = again.next;
      // Whoever listens connects again, and fetches everything.
      control.close();
      return problems;
    },
    setHandlers: (handlers) => served.handlers.replaceInitial(handlers),
    // Each collection has the types that the spec gives it: what comes in is checked against the spec.
    get data() {
      return served.data as unknown as Collections;
    },
    get requests() {
      return journal.entries;
    },
    fail(rule) {
      const id = faults.add(rule);
      return removable(() => faults.remove(id));
    },
    handle: (operation, handler) => removable(served.handlers.set(operation, handler)),
    snapshot: () => served.state.snapshot(),
    restore,
    mark: (given) => served.marks.set(given),
    changes: ({ since } = {}) => served.marks.changes(since),
    reset,
  };
}

function removable(remove: () => void): Removable {
  return { remove, [Symbol.dispose]: remove };
}
