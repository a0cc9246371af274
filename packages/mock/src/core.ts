import { toAnswer } from './answer/answer.ts';
import { type API, schemesOf } from './api/api.ts';
import type { Collections } from './api.gen.ts';
import { createControl } from './control/control.ts';
import { errorResponse } from './control/control-error.ts';
import type { Controls } from './control/controls.ts';
import { Events } from './control/events.ts';
import { Faults } from './control/faults.ts';
import { Journal } from './control/journal.ts';
import { describeOperations } from './control/operations.ts';
import { Secrets } from './control/secrets.ts';
import { isControl } from './http/request.ts';
import type { Fail, Respond } from './http/respond.ts';
import type { Mock, Removable } from './mock.ts';
import type { MockOptions } from './options.ts';
import { allKeys } from './prism/keys.ts';
import { createResponder } from './respond.ts';
import { writeScript } from './script/write-script.ts';
import { type Served, serve, serveAgain, takeOver } from './served.ts';
import { api as ownAPI } from './spec.ts';
import { Epoch } from './state/epoch.ts';
import type { Snapshot } from './state/snapshot.ts';

/** A mock without its entry points. */
export interface MockCore extends Omit<Mock, 'fetch' | 'close' | typeof Symbol.asyncDispose> {
  respond: Respond;
  failTarget: Fail;
  /** Whether a target is for a control endpoint. */
  isControl(target: string): boolean;
  /**
   * Serves another API from now on, with the data, the faults and the journal that are there.
   *
   * @returns a sentence for each part of the data that does not fit
   */
  reload(api: API): string[];
  /** Ends event streams, so that no connection stays open for them. */
  endStreams(): void;
  /** From now on, requests are refused. */
  shut(): void;
}

/** A mock without its entry points, whose options are checked already. */
export function createCore(options: MockOptions, api: API): MockCore {
  const seed = options.seed ?? 1;
  const hasControl = options.control ?? true;
  const events = new Events();
  const tellChange = (collection: string) => events.emit({ type: 'data', collection });
  let served = serve(api, options, tellChange);
  const secrets = new Secrets(allKeys(options.keys), schemesOf(api));
  const faults = new Faults({
    secrets,
    seed,
    initial: options.faults ?? [],
    get operations() {
      return served.api.operations.map(({ iid }) => iid);
    },
    hasPath: (path) => hasPath(served, path),
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
  const respond = createResponder({
    served: () => served,
    fail: (status, operation) => toAnswer(served.errors(status, {}, operation)),
    faults,
    journal,
    secrets,
    latency: options.latency ?? 0,
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
    reset,
    clearRequests() {
      journal.clear();
      events.emit({ type: 'clear' });
    },
    subscribe: (listener) => events.subscribe(listener),
  };
  const control = createControl(controls);
  const isForControl = (target: string) => hasControl && isControl(target, served.api.basePath);
  let closed = false;
  const core: MockCore = {
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
    mark: (name) => served.marks.set(name),
    changes: ({ since } = {}) => served.marks.changes(since),
    reset,
    reload(next) {
      const again = serveAgain(next, options, tellChange);
      const problems = [...again.problems, ...takeOver(again.next, served)];
      secrets.learn(schemesOf(next));
      served = again.next;
      // Whoever listens connects again, and fetches everything.
      control.close();
      return problems;
    },
    isControl: isForControl,
    endStreams: () => control.close(),
    shut() {
      closed = true;
      control.close();
    },
    failTarget: (target, status, message) =>
      isForControl(target)
        ? errorResponse(status, message)
        : toAnswer(served.errors(status, { message, param: null })),
    async respond(request, signal) {
      if (closed) throw new TypeError('The mock is closed.');
      return isForControl(request.target) ? control.respond(request) : respond(request, signal);
    },
  };
  return core;
}

/** Whether a path is that of an operation, with the base path or without it. */
function hasPath({ api: { operations, basePath }, route }: Served, path: string): boolean {
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
