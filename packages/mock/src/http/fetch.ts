import { byteLength } from '../lib/bytes.ts';
import {
  type Fail,
  largestBody,
  largestControlBody,
  largestHead,
  type Respond,
} from './respond.ts';
import { firstHalf, isBodiless, type MockResponse } from './response.ts';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How many milliseconds calls may follow one another without a turn of the event loop. */
const longestTurn = 10;

/** jsdom and browsers have no `setImmediate`. */
const nextTurn: (done: (value: unknown) => void) => unknown = globalThis.setImmediate ?? setTimeout;

/** What answers. */
interface Core {
  respond: Respond;
  failTarget: Fail;
  isControl(target: string): boolean;
  /** Aborts when the mock is closed. */
  closed: AbortSignal;
}

/**
 * The entry point in the process: a `fetch` that needs no socket. What a server would get to see, and refuse, is the same
 * here: the content type that follows from a body, and what is too large.
 */
export function createFetch({ respond, failTarget, isControl, closed }: Core): Fetch {
  let turn = 0;
  /** Without sockets, calls are microtasks alone: a walk through many pages would keep timers from firing. */
  const takeTurn = async () => {
    if (performance.now() - turn < longestTurn) return;
    await new Promise((done) => nextTurn(done));
    turn = performance.now();
  };

  return async (input, init) => {
    await takeTurn();
    const request = typeof input === 'string' || input instanceof URL ? undefined : input;
    const signal = init?.signal ?? request?.signal;
    signal?.throwIfAborted();
    const given = init?.headers ?? request?.headers;
    const address = request?.url ?? String(input);
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const target = targetOf(address);
    const headers: Record<string, string> = given
      ? Object.fromEntries(given instanceof Headers ? given : new Headers(given))
      : {};
    const body = await readBody(method, headers, init?.body, request);
    const limit = isControl(target) ? largestControlBody : largestBody;
    const refused = tooLarge(target, headers, body, limit);
    const answer = refused
      ? failTarget(target, ...refused)
      : await respond(
          { method, target, headers, body, origin: originOf(address) },
          () => signal ?? undefined,
        );
    signal?.throwIfAborted();
    const isHead = method === 'HEAD';
    return toResponse(isHead ? { ...answer, body: '' } : answer, signal ?? undefined, closed);
  };
}

/** The body as text. Its type goes to the headers where they do not say it, as with every `fetch`. */
async function readBody(
  method: string,
  headers: Record<string, string>,
  given: RequestInit['body'],
  request: Request | undefined,
): Promise<string | undefined> {
  if (given === undefined || given === null) return request?.text();
  if (method === 'GET' || method === 'HEAD')
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  const response = new Response(given);
  const type = response.headers.get('content-type');
  if (type !== null && headers['content-type'] === undefined) headers['content-type'] = type;
  return response.text();
}

/** The error for what a server would not take. */
function tooLarge(
  target: string,
  headers: Record<string, string>,
  body: string | undefined,
  limit: number,
): [status: number, message: string] | undefined {
  let head = target.length;
  for (const name in headers) head += name.length + (headers[name]?.length ?? 0);
  if (head > largestHead) return [431, 'The headers are too large.'];
  // A text has no more than three bytes for each of its units.
  if (body === undefined || body.length * 3 <= limit || byteLength(body) <= limit) return undefined;
  return [413, `The body is larger than ${limit} bytes.`];
}

/** What an address begins with: `http://mock.test`; empty for a path alone. */
function originOf(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(address)?.[0] ?? '';
}

/**
 * The path and the query of an address, word for word: a URL parser would repair what a server has to refuse. Segments of
 * dots alone never reach a server: every client resolves them.
 */
function targetOf(address: string): string {
  const target = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*/s, '') || '/';
  if (!/^[^?]*\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(target)) return target;
  const { pathname, search } = new URL(`http://localhost${target}`);
  return pathname + search;
}

function toResponse(
  { status, headers, body, connection, ended }: MockResponse,
  signal: AbortSignal | undefined,
  closed: AbortSignal,
): Response {
  if (connection === 'reset') throw connectionLost();
  if (isBodiless(status)) return new Response(null, { status, headers });
  if (connection === undefined || body instanceof ReadableStream) {
    // A Uint8Array on an ArrayBuffer: the type of `Response` does not take one on shared memory.
    return new Response(body as string | Uint8Array<ArrayBuffer> | ReadableStream, {
      status,
      headers,
    });
  }
  const stream = brokenStream(firstHalf(body), connection, [signal, ended, closed]);
  return new Response(stream, { status, headers });
}

/** Half a body, and then an error, or nothing until the caller gives up, or the mock is reset or closed. */
function brokenStream(
  half: string | Uint8Array,
  fault: 'cut' | 'stall',
  signals: readonly (AbortSignal | undefined)[],
): ReadableStream {
  const [caller] = signals;
  const chunks = [typeof half === 'string' ? new TextEncoder().encode(half) : half];
  let release = () => {};
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.pop();
      if (chunk) return controller.enqueue(chunk);
      if (fault === 'cut') return controller.error(connectionLost());
      return new Promise<void>((resolve) => {
        // As a socket would, it keeps the process running: the timer of `AbortSignal.timeout` does not.
        const alive = setInterval(() => {}, 60_000);
        const end = () => {
          controller.error(caller?.aborted ? caller.reason : connectionLost());
          release();
        };
        release = () => {
          clearInterval(alive);
          for (const one of signals) one?.removeEventListener('abort', end);
          resolve();
        };
        for (const one of signals) one?.addEventListener('abort', end);
        if (signals.some((one) => one?.aborted)) end();
      });
    },
    cancel: () => release(),
  });
}

/** What `fetch` throws where a server closes the connection. */
function connectionLost(): TypeError {
  const cause = Object.assign(
    new Error('The mock closed the connection because of a fault rule.'),
    {
      code: 'ECONNRESET',
    },
  );
  return new TypeError('fetch failed', { cause });
}
