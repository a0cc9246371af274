import type { MockRequest } from './request.ts';
import type { MockResponse } from './response.ts';

type Respond = (request: MockRequest, signal?: AbortSignal) => Promise<MockResponse>;

/** The door in the process: a `fetch` that needs no socket. */
export function createFetch(respond: Respond) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = typeof input === 'string' || input instanceof URL ? undefined : input;
    const signal = init?.signal ?? request?.signal;
    signal?.throwIfAborted();
    const given = init?.headers ?? request?.headers;
    const address = request?.url ?? String(input);
    const answer = await respond(
      {
        method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
        target: targetOf(address),
        headers: given
          ? Object.fromEntries(given instanceof Headers ? given : new Headers(given))
          : {},
        body: init?.body ? await new Response(init.body).text() : await request?.text(),
      },
      signal ?? undefined,
    );
    signal?.throwIfAborted();
    return toResponse(answer, signal ?? undefined);
  };
}

/** The path and the query of an address, word for word: a URL parser would mend what a server has to refuse. */
function targetOf(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*/s, '') || '/';
}

function toResponse(
  { status, headers, body, fault }: MockResponse,
  signal: AbortSignal | undefined,
): Response {
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (fault) {
    case 'reset':
      throw connectionLost();
    case 'malformed':
      return new Response(half, { status, headers });
    case 'cut':
    case 'stall':
      return new Response(brokenStream(half, fault, signal), { status, headers });
    default:
      return new Response(body, { status, headers });
  }
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
