import type { Faults } from './control/faults.ts';
import type { Journal } from './control/journal.ts';
import type { MockOptions } from './options.ts';
import { type MockRequest, type ParsedRequest, parseRequest, type Query } from './request.ts';
import { type Answer, failure, type MockResponse } from './response.ts';

export interface ResponderParts {
  /** What the spec says the answer is. */
  handle(request: ParsedRequest): Promise<Answer>;
  faults: Faults;
  journal: Journal;
  options: Pick<MockOptions, 'latency'>;
}

/**
 * What both entry points share: latency and faults before and after the answer, a request id, and an entry in the
 * journal. Never rejects, unless the signal ends a delay.
 */
export function createResponder({ handle, faults, journal, options }: ResponderParts) {
  let count = 0;

  return async function respond(given: MockRequest, signal?: AbortSignal): Promise<MockResponse> {
    const time = Date.now();
    const started = performance.now();
    const requestID = `req_${(count++).toString(16).padStart(16, '0')}`;
    const request = parseRequest(given);
    const { method, fullPath, path, query } = request;

    const fault = faults.next(path, query);
    const delay = (options.latency ? faults.pick(options.latency) : 0) + (fault?.delay ?? 0);
    if (delay > 0) await sleep(delay, signal);

    const answer = fault?.status ? failure(fault.status) : await handle(request);
    const headers: Record<string, string> = { ...answer.headers, 'x-request-id': requestID };
    if (fault?.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
    const body =
      fault?.cursor === 'repeat' && answer.status < 400
        ? repeatCursor(answer.body, query)
        : answer.body;
    const response: MockResponse = { status: answer.status, headers, body };
    if (fault?.body) response.fault = fault.body;
    journal.record({
      method,
      path: fullPath,
      query: withoutKey(query, request.headers['authorization']),
      status: fault?.body === 'reset' ? 0 : answer.status,
      validations: answer.validations,
      time,
      duration: performance.now() - started,
    });
    return response;
  };
}

/** A key may have slipped into the query as well: the journal must not show it. */
function withoutKey(query: Query, authorization: string | undefined): Query {
  const key = authorization?.replace(/^bearer\s+/i, '');
  if (!key || !Object.values(query).flat().includes(key)) return query;
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => ![value].flat().includes(key)),
  );
}

/** The page again, but with the cursor that the request came with. */
function repeatCursor(text: string, { after }: Query): string {
  const page = JSON.parse(text) as object;
  const cursor = 'next' in page ? 'next' : 'last_id';
  return JSON.stringify({
    ...page,
    has_more: true,
    ...(after === undefined ? {} : { [cursor]: after }),
  });
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
