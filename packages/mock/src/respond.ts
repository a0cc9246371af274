import type { Answer } from './answer/answer.ts';
import type { API, Operation } from './api/api.ts';
import type { Fault, Faults } from './control/faults.ts';
import { cut, type Journal, type RecordedRequest } from './control/journal.ts';
import type { Mask, Secrets } from './control/secrets.ts';
import { type MockRequest, type ParsedRequest, parseRequest, type Query } from './http/request.ts';
import type { Respond } from './http/respond.ts';
import { firstHalf, type MockResponse } from './http/response.ts';
import { parseJSON } from './lib/json.ts';
import { pathBelow, type Route } from './prism/route.ts';
import type { Epoch } from './state/epoch.ts';

/** What answers requests: an API, and the data of it. */
interface Served {
  /** `basePath` is the path of the API's server: requests may begin with it or not. */
  api: Pick<API, 'basePath' | 'operations'>;
  route: Route;
  /** Answers as the spec says. `id` is that of the journal's entry. */
  handle(
    request: ParsedRequest,
    operation: Operation | undefined,
    epoch: Epoch,
    id: string,
  ): Promise<Answer>;
  /** The one in which a request comes. */
  epoch: Epoch;
}

export interface ResponderParts {
  /** What answers now. */
  served(): Served;
  /** The error that a fault asks for. */
  fail(status: number, operation: Operation | undefined): Answer;
  faults: Faults;
  journal: Journal;
  /** The credentials that were seen, of which none is recorded. */
  secrets: Secrets;
  latency?: number | [number, number];
  /** The number of the next request, which becomes its id. */
  nextNumber(): number;
  /** The session of the requests, if they name one. */
  session?: string | undefined;
}

/**
 * What both entry points share: latency and faults before and after the answer, a request id, and an entry in the
 * journal. Never rejects, unless the signal ends a delay.
 */
export function createResponder(parts: ResponderParts): Respond {
  const { fail, faults, journal, secrets, latency = 0, session } = parts;

  return async function respond(given, signal) {
    const time = Date.now();
    const started = performance.now();
    const id = `req_${parts.nextNumber().toString(16).padStart(16, '0')}`;
    const came = parts.served();
    const { epoch } = came;
    let { request, found } = read(given, came);

    const fault = faults.next({ ...request, operation: found?.iid ?? null });
    const delay = (latency ? faults.pick(latency) : 0) + (fault?.delay ?? 0);
    if (delay > 0) await sleep(delay, signal?.());

    // The document may have changed meanwhile; a request of before a reset stays with the data that was there then.
    const now = epoch.isOver ? came : parts.served();
    if (now !== came) ({ request, found } = read(given, now));

    const answer = fault?.status
      ? fail(fault.status, found)
      : await now.handle(request, found, now === came ? epoch : now.epoch, id);
    const body = spoil(answer, fault, request.query);
    const headers: Record<string, string> = { ...answer.headers, 'x-request-id': id };
    if (typeof fault?.body === 'object' && !headers['content-type']?.includes('json'))
      headers['content-type'] = 'application/json';
    if (fault?.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
    const response: MockResponse = { status: answer.status, headers, body };
    if (fault?.connection) {
      response.connection = fault.connection;
      response.ended = epoch.ended;
    }

    const isReset = fault?.connection === 'reset';
    secrets.see(request);
    const mask: Mask = secrets;
    const entry: RecordedRequest = {
      id,
      operation: found?.iid ?? null,
      method: mask.text(request.method),
      path: mask.text(request.fullPath),
      query: mask.value(request.query),
      status: isReset ? 0 : answer.status,
      validations: mask.value(answer.validations),
      time,
      duration: Math.round((performance.now() - started) * 1000) / 1000,
    };
    if (session !== undefined) entry.session = session;
    if (request.body) entry.body = readBody(request, mask);
    if (!isReset)
      entry.response = {
        body: cut(mask.text(typeof body === 'string' ? body : answer.body)),
        size: body.length,
      };
    if (fault) entry.fault = fault.rule;
    journal.record(entry, epoch.isOver);
    return response;
  };
}

/** A request as the API reads it, and the operation that it is for. */
function read(given: MockRequest, { api, route }: Served) {
  const request = parseRequest(given, (path) => pathBelow(api, route, path));
  const { method, path } = request;
  // HEAD is answered like GET where the document has none of its own.
  const found = route(method, path) ?? (method === 'HEAD' ? route('GET', path) : undefined);
  return { request, found };
}

/** The body, with what a fault does to it. */
function spoil(
  { status, body, bytes }: Answer,
  fault: Fault | undefined,
  query: Query,
): string | Uint8Array {
  if (typeof fault?.body === 'object') return JSON.stringify(fault.body);
  if (bytes) return fault?.body === 'malformed' ? firstHalf(bytes) : bytes;
  const repeated = fault?.cursor === 'repeat' && status < 300 ? repeatCursor(body, query) : body;
  return fault?.body === 'malformed' ? firstHalf(repeated) : repeated;
}

/** The body for the journal: parsed if it is JSON that is neither long nor deep, else its text. */
function readBody({ body = '', headers }: ParsedRequest, mask: Mask): unknown {
  const text = cut(body);
  if (text === body && /\bjson\b/i.test(headers['content-type'] ?? 'json')) {
    try {
      return mask.value(parseJSON(text));
    } catch {
      // It is shown as it came, then.
    }
  }
  return cut(mask.text(body));
}

/** The page again, but with the cursor that the request came with. */
function repeatCursor(text: string, { after }: Query): string {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch {
    // There is no body, or it is a text.
    return text;
  }
  if (typeof page !== 'object' || page === null || !('data' in page)) return text;
  const cursor = 'next' in page ? 'next' : 'last_id';
  const repeated = after === undefined ? {} : { [cursor]: after };
  return JSON.stringify({ ...page, has_more: true, ...repeated });
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
