import type { Fault, Faults } from './control/faults.ts';
import type { Journal } from './control/journal.ts';
import { memoizeFrozen } from './engine/memoize.ts';
import { basePath, operations } from './engine/operations.ts';
import { readPreferences } from './engine/preferences.ts';
import { createEngine, type Diagnostic, type PrismError } from './engine/prism.ts';
import { errorBody } from './errors.ts';
import type { MockOptions } from './options.ts';
import type { UserDirectory } from './state/directory.ts';
import { createUsersMock } from './state/users.ts';

/** A request, whichever door it came by. Header names are in lower case. */
export interface MockRequest {
  method: string;
  /** The path and the query. */
  target: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

/** An answer, and what the door has to do to it. */
export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  fault?: Fault['body'];
}

export interface HandlerParts {
  directory: UserDirectory;
  faults: Faults;
  journal: Journal;
  options: MockOptions;
}

type Query = Record<string, string | string[]>;

/** Turns requests into answers: the core that both doors share. Never rejects, unless the signal ends a delay. */
export function createHandler({ directory, faults, journal, options }: HandlerParts) {
  const keys = options.adminAPIKeys && new Set(options.adminAPIKeys);
  const memoized = options.memoize ?? true;
  const stringify = memoized ? memoizeFrozen(toText) : toText;
  const engine = createEngine({
    operations,
    mock: createUsersMock(directory, memoized),
    knowsKey: (key) => keys?.has(key) ?? true,
    memoized,
  });
  let count = 0;

  return async function handle(request: MockRequest, signal?: AbortSignal): Promise<MockResponse> {
    const time = Date.now();
    const started = performance.now();
    const requestID = `req_${(count++).toString(16).padStart(16, '0')}`;
    const { path, query } = splitTarget(request.target);
    const local = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;

    const fault = faults.next(local, query);
    const delay = (options.latency ? faults.pick(options.latency) : 0) + (fault?.delay ?? 0);
    if (delay > 0) await sleep(delay, signal);

    let answer: Answer;
    try {
      answer = fault?.status ? failed(fault.status) : await ask(request, local, query, fault);
    } catch (error) {
      answer = refused(error as PrismError);
    }
    const headers: Record<string, string> = { ...answer.headers, 'x-request-id': requestID };
    if (fault?.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
    const response: MockResponse = { status: answer.status, headers, body: answer.body };
    if (fault?.body) response.fault = fault.body;
    journal.record({
      method: request.method,
      path,
      query: withoutKey(query, request.headers['authorization']),
      status: fault?.body === 'reset' ? 0 : answer.status,
      validations: answer.validations,
      time,
      duration: performance.now() - started,
    });
    return response;
  };

  async function ask(
    request: MockRequest,
    path: string,
    query: Query,
    fault: Fault | undefined,
  ): Promise<Answer> {
    const preferences = readPreferences(request.headers['prefer'], query);
    if ('invalid' in preferences) {
      return json(
        400,
        errorBody(400, { message: `Invalid preference: ${preferences.invalid}.`, param: null }),
      );
    }
    // Such as the target of `OPTIONS *`, which Prism cannot route.
    if (!path.startsWith('/'))
      return json(400, errorBody(400, { message: 'A path must begin with a slash.', param: null }));
    // Prism throws at what is no media type.
    if (!isMediaRanges(request.headers['accept'])) {
      const message = 'The Accept header is not a list of media types.';
      return json(406, errorBody(406, { message, param: null }));
    }
    const { output, validations } = await engine(
      {
        // Prism compares the method with the spec's, whatever it is.
        method: request.method.toLowerCase() as 'get',
        url: { path, query: plainNames(query) },
        headers: request.headers,
        ...(request.body ? { body: request.body } : {}),
      },
      preferences,
    );
    const found = [...validations.input, ...validations.output].map(describe);
    const broken = validations.output.find(({ severity }) => severity === 0);
    if (broken) {
      const message = `The mock's own answer breaks the contract: ${describe(broken).message}`;
      return { ...json(500, errorBody(500, { message })), validations: found };
    }
    const body = fault?.cursor === 'repeat' ? repeatCursor(output.body, query) : output.body;
    const answer = json(output.statusCode, body, output.headers, stringify);
    return { ...answer, validations: found };
  }
}

function isMediaRanges(accept: string | undefined): boolean {
  const range = /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;|$)/;
  return (
    accept === undefined || accept === '*/*' || accept.split(',').every((part) => range.test(part))
  );
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  validations: { location: string[]; message: string }[];
}

function json(
  status: number,
  body: unknown,
  given: Record<string, unknown> = {},
  stringify: (value: unknown) => string = toText,
): Answer {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  const isText = typeof body === 'string' && !headers['content-type']?.includes('json');
  return { status, headers, body: isText ? body : stringify(body), validations: [] };
}

/** A body as JSON; nothing, where there is none. */
function toText(body: unknown): string {
  return JSON.stringify(body) ?? '';
}

/** The answer of a fault: the spec's example for the status, with the headers that the spec gives it. */
function failed(status: number): Answer {
  return json(status, errorBody(status));
}

/** What Prism refuses to answer, such as a path that does not exist, in the API's own words. */
function refused(error: PrismError): Answer {
  const status = error.status ?? 500;
  if (status === 500)
    return json(500, errorBody(500, { message: `The mock failed: ${error.message}` }));
  const message = error.detail ?? error.message;
  return json(
    status,
    errorBody(status, { message: message.endsWith('.') ? message : `${message}.` }),
  );
}

function describe({ path = [], message }: Diagnostic): { location: string[]; message: string } {
  return { location: path.map(String), message };
}

/** A key may have slipped into the query as well: the journal must not show it. */
function withoutKey(query: Query, authorization: string | undefined): Query {
  const key = authorization?.replace(/^bearer\s+/i, '');
  if (!key || !Object.values(query).flat().includes(key)) return query;
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => ![value].flat().includes(key)),
  );
}

function repeatCursor(body: unknown, query: Query): unknown {
  const after = query['after'];
  return {
    ...(body as object),
    has_more: true,
    ...(after === undefined ? {} : { last_id: after }),
  };
}

function splitTarget(target: string): { path: string; query: Query } {
  const end = target.indexOf('?');
  if (end < 0) return { path: target, query: {} };
  return { path: target.slice(0, end), query: gather(new URLSearchParams(target.slice(end))) };
}

/** `emails[]=a`, as the official package writes it, is `emails=a`. */
function plainNames(query: Query): Query {
  if (!Object.keys(query).some((name) => name.endsWith('[]'))) return query;
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name.replace(/\[\]$/, ''), value]),
  );
  return gather(pairs);
}

/** A parameter that comes once is a text, one that comes several times an array: what Prism expects. */
function gather(pairs: Iterable<[string, string]>): Query {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
