import { toAnswer } from './answer/answer.ts';
import { type API, schemesOf } from './api/api.ts';
import { errorResponse } from './control/control-error.ts';
import { documentTarget } from './control/document.ts';
import { Secrets } from './control/secrets.ts';
import { createFetch } from './http/fetch.ts';
import { isControl, type MockRequest, takeParameter } from './http/request.ts';
import type { Fail, Respond } from './http/respond.ts';
import type { Mock, MockSession } from './mock.ts';
import type { MockOptions } from './options.ts';
import { allKeys } from './prism/keys.ts';
import { createSession, type Session, type SessionParts } from './session.ts';
import { problemOfName, Sessions, sessionHeader, TooManySessions } from './sessions.ts';

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
  /**
   * Replaces the initial handlers, in all sessions. Data, faults and the journal stay.
   *
   * @throws {TypeError} if a handler is invalid, and nothing is replaced
   */
  setHandlers(handlers: object): void;
  /** A text without the keys of requests. */
  hideKeys(text: string): string;
  /** Aborts when requests are refused from then on. */
  closed: AbortSignal;
  /** Ends event streams, so that no connection stays open for them. */
  endStreams(): void;
  /** From now on, requests are refused. */
  shut(): void;
}

/** A mock without its entry points, whose options are checked already. */
export function createCore(given: MockOptions, first: API): MockCore {
  let options = given;
  const hasControl = options.control ?? true;
  const secrets = new Secrets(allKeys(options.keys), schemesOf(first));
  let api = first;
  let count = 0;
  const create = (name: string | undefined, shared?: SessionParts['shared']): Session =>
    createSession({
      get options() {
        return options;
      },
      api,
      isReloaded: api !== first,
      name,
      secrets,
      nextNumber: () => count++,
      sessions: () => sessions.list(),
      shared,
    });
  const main = create(undefined);
  const sessions: Sessions<Session> = new Sessions(
    (name) => create(name, main.served),
    options.sessions ?? {},
  );
  const sessionOf = (name: string): Session => {
    const session = sessions.get(name);
    // Only sessions that are used follow the document.
    if (session.served.api !== api) session.reload(api, main.served);
    return session;
  };
  /** The target of a control endpoint that answers a request; undefined if an operation or nothing does. */
  const controlTarget = (target: string) => {
    if (!hasControl) return undefined;
    return isControl(target, api.basePath) ? target : documentTarget(target, main.served);
  };
  const isForControl = (target: string) => controlTarget(target) !== undefined;
  const failTarget: Fail = (target, status, message) =>
    isForControl(target)
      ? errorResponse(status, message)
      : toAnswer(main.served.errors(status, { message, param: null }));
  const endStreams = () => {
    main.control.close();
    for (const session of sessions.all()) session.control.close();
  };
  const closing = new AbortController();
  const closed = closing.signal;

  const respond: Respond = async (given, signal) => {
    if (closed.aborted) throw new TypeError('The mock is closed.');
    const controlled = controlTarget(given.target);
    const [name, request] =
      controlled === undefined
        ? [given.headers[sessionHeader], given]
        : namedBy({ ...given, target: controlled });
    const problem = name === undefined ? undefined : problemOfName(name);
    if (problem) return failTarget(given.target, 400, problem);
    let session: Session;
    try {
      session = name === undefined ? main : sessionOf(name);
    } catch (error) {
      if (!(error instanceof TooManySessions)) throw error;
      return failTarget(given.target, 503, error.message);
    }
    const response = await (controlled === undefined
      ? session.respond(request, signal)
      : session.control.respond(request));
    if (name !== undefined) response.headers[sessionHeader] = name;
    return response;
  };

  return extend(omitInner(main), {
    isControl: isForControl,
    failTarget,
    respond,
    hideKeys: secrets.text,
    closed,
    endStreams,
    shut() {
      closing.abort();
      endStreams();
    },
    reload(next: API) {
      secrets.learn(schemesOf(next));
      const problems = main.reload(next);
      api = next;
      return problems;
    },
    setHandlers(handlers: object) {
      main.setHandlers(handlers);
      options = { ...options, handlers: { ...handlers } };
      // The others follow the document when they are used, and get the handlers then.
      for (const session of sessions.all())
        if (session.served.api === api) session.setHandlers(handlers);
    },
    session(name: string): MockSession {
      const problem = problemOfName(name);
      if (problem) throw new TypeError(problem);
      const named: Respond = (request, signal) =>
        respond({ ...request, headers: { ...request.headers, [sessionHeader]: name } }, signal);
      return {
        name,
        fetch: createFetch({ respond: named, failTarget, isControl: isForControl, closed }),
        get data() {
          return sessionOf(name).data;
        },
        get requests() {
          return sessionOf(name).requests;
        },
        fail: (rule) => sessionOf(name).fail(rule),
        handle: (operation, handler) => sessionOf(name).handle(operation, handler),
        snapshot: () => sessionOf(name).snapshot(),
        restore: (snapshot) => sessionOf(name).restore(snapshot),
        mark: (mark) => sessionOf(name).mark(mark),
        changes: (changed) => sessionOf(name).changes(changed),
        reset: () => sessionOf(name).reset(),
      };
    },
  });
}

/**
 * The session of a request for a control endpoint, and the request without it. What a page cannot give a header, such as
 * a download or a stream of events, names it in the query.
 */
function namedBy(request: MockRequest): [name: string | undefined, request: MockRequest] {
  const { value, target } = takeParameter(request.target, sessionHeader);
  return [request.headers[sessionHeader] ?? value, { ...request, target }];
}

/** What a mock shows of its session. */
function omitInner(session: Session): Omit<MockSession, 'fetch' | 'name'> {
  const { fail, handle, snapshot, restore, mark, changes, reset } = session;
  return {
    get data() {
      return session.data;
    },
    get requests() {
      return session.requests;
    },
    fail,
    handle,
    snapshot,
    restore,
    mark,
    changes,
    reset,
  };
}

/** Adds properties without reading the getters that are there. */
export function extend<T extends object, U extends object>(target: T, properties: U): T & U {
  return Object.defineProperties(target, Object.getOwnPropertyDescriptors(properties)) as T & U;
}
