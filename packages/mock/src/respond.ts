import type { Answer } from './answer/answer.ts';
import type { Operation } from './api/api.ts';
import type { Fault, Faults } from './control/faults.ts';
import { cut, type Journal, type RecordedRequest } from './control/journal.ts';
import type { Mask, Secrets } from './control/secrets.ts';
import { type ParsedRequest, parseRequest, type Query } from './http/request.ts';
import type { Respond } from './http/respond.ts';
import { firstHalf, type MockResponse } from './http/response.ts';
import { parseJSON } from './lib/json.ts';
import type { Route } from './prism/route.ts';
import type { Epoch } from './state/epoch.ts';

export interface ResponderParts {
  /** Answers as the spec says. */
  handle(request: ParsedRequest, operation: Operation | undefined, epoch: Epoch): Promise<Answer>;
  /** The epoch in which a request comes. */
  epoch(): Epoch;
  /** The error that a fault asks for. */
  fail(status: number, operation: Operation | undefined): Answer;
  route: Route;
  /** The path of the API's server: requests may begin with it or not. */
  basePath: string;
  faults: Faults;
  journal: Journal;
  /** The credentials that were seen, of which none is recorded. */
  secrets: Secrets;
  latency?: number | [number, number];
}

/**
 * What both entry points share: latency and faults before and after the answer, a request id, and an entry in the
 * journal. Never rejects, unless the signal ends a delay.
 */
export function createResponder(parts: ResponderParts): Respond {
  const { handle, fail, route, basePath, faults, journal, secrets, latency = 0 } = parts;
  let count = 0;

  return async function respond(given, signal) {
    const time = Date.now();
    const started = performance.now();
    const id = `req_${(count++).toString(16).padStart(16, '0')}`;
    const epoch = parts.epoch();
    const request = parseRequest(given, basePath);
    const found = route(request.method, request.path);
    const operation = found?.iid ?? null;

    const fault = faults.next({ ...request, operation });
    const delay = (latency ? faults.pick(latency) : 0) + (fault?.delay ?? 0);
    if (delay > 0) await sleep(delay, signal?.());

    const answer = fault?.status ? fail(fault.status, found) : await handle(request, found, epoch);
    const body = spoil(answer, fault, request.query);
    const headers: Record<string, string> = { ...answer.headers, 'x-request-id': id };
    if (fault?.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
    const response: MockResponse = { status: answer.status, headers, body };
    if (fault?.connection) response.connection = fault.connection;

    const isReset = fault?.connection === 'reset';
    secrets.see(request);
    const mask: Mask = secrets;
    const entry: RecordedRequest = {
      id,
      operation,
      method: mask.text(request.method),
      path: mask.text(request.fullPath),
      query: mask.value(request.query),
      status: isReset ? 0 : answer.status,
      validations: mask.value(answer.validations),
      time,
      duration: Math.round((performance.now() - started) * 1000) / 1000,
    };
    if (request.body) entry.body = readBody(request, mask);
    if (!isReset) entry.response = { body: cut(mask.text(body)), size: body.length };
    if (fault) entry.fault = fault.rule;
    journal.record(entry, epoch.isOver);
    return response;
  };
}

/** The body, with what a fault does to it. */
function spoil({ status, body }: Answer, fault: Fault | undefined, query: Query): string {
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
