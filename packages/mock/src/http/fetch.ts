import type { Respond } from '../respond.ts';
import { firstHalf, isBodiless, type MockResponse } from './response.ts';

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How many milliseconds calls may follow one another without a turn of the event loop. */
const longestTurn = 10;

/** jsdom and browsers have no `setImmediate`. */
const nextTurn: (done: (value: unknown) => void) => unknown = globalThis.setImmediate ?? setTimeout;

/** The entry point in the process: a `fetch` that needs no socket. */
export function createFetch(respond: Respond): Fetch {
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
    const answer = await respond(
      {
        method,
        target: targetOf(address),
        headers: given
          ? Object.fromEntries(given instanceof Headers ? given : new Headers(given))
          : {},
        body: init?.body ? await new Response(init.body).text() : await request?.text(),
      },
      () => signal ?? undefined,
    );
    signal?.throwIfAborted();
    const isHead = method === 'HEAD';
    return toResponse(isHead ? { ...answer, body: '' } : answer, signal ?? undefined);
  };
}

/** The path and the query of an address, word for word: a URL parser would repair what a server has to refuse. */
function targetOf(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*/s, '') || '/';
}

function toResponse(
  { status, headers, body, connection }: MockResponse,
  signal: AbortSignal | undefined,
): Response {
  if (connection === 'reset') throw connectionLost();
  if (isBodiless(status)) return new Response(null, { status, headers });
  const isText = typeof body === 'string';
  if (connection === undefined || !isText) {
    // A Uint8Array on an ArrayBuffer: the type of `Response` does not take one on shared memory.
    return new Response(body as string | Uint8Array<ArrayBuffer> | ReadableStream, {
      status,
      headers,
    });
  }
  return new Response(brokenStream(firstHalf(body), connection, signal), { status, headers });
}

/** Half a body, and then an error, or nothing until the caller gives up. */
function brokenStream(
  half: string,
  fault: 'cut' | 'stall',
  signal: AbortSignal | undefined,
): ReadableStream {
  const chunks = [new TextEncoder().encode(half)];
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.pop();
      if (chunk) return controller.enqueue(chunk);
      if (fault === 'cut') return controller.error(connectionLost());
      return new Promise<void>((resolve) => {
        const end = () => {
          controller.error(signal?.reason);
          resolve();
        };
        if (signal?.aborted) end();
        else signal?.addEventListener('abort', end, { once: true });
      });
    },
  });
}

/** What `fetch` throws where a server closes the connection. */
function connectionLost(): TypeError {
  const cause = Object.assign(new Error('The mock closed the connection, as it was told to.'), {
    code: 'ECONNRESET',
  });
  return new TypeError('fetch failed', { cause });
}
