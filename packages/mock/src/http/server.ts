import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Access, type Refused, refuseControl, refusePage } from './access.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import type { MockRequest } from './request.ts';
import { type Fail, largestBody, largestControlBody } from './respond.ts';
import { firstHalf, isBodiless, type MockResponse } from './response.ts';

/**
 * Milliseconds that a connection may be idle. After Node.js's default of five seconds, a program that calls again at
 * that very moment gets an ECONNRESET; its `http.Agent` does not heed the `Keep-Alive` header of the response.
 */
const keepAliveTimeout = 65_000;

export interface ServerParts {
  /** @param signal gives what ends a delay: the caller is gone */
  respond(request: MockRequest, signal: () => AbortSignal): Promise<MockResponse>;
  fail: Fail;
  /** Whether a target is for a control endpoint. */
  isControl(target: string): boolean;
  access: Access;
  /** Milliseconds that a request may take to arrive. */
  requestTimeout: number;
}

/** A server that hands requests over, and writes what it gets. It does not listen yet. */
export function createHTTPServer(parts: ServerParts): Server {
  const { fail, isControl, access, requestTimeout } = parts;
  const timing = {
    requestTimeout,
    headersTimeout: requestTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(timing, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (error, socket) => refuse(error, socket as Socket, fail));
  return server;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const target = originForm(url);
    const headers = flatten(incoming);
    const { origin } = headers;
    const isForControl = isControl(target);
    const request = { method, target, headers, origin: `http://${headers['host'] ?? ''}` };
    const refused = isForControl
      ? refuseControl(request, access)
      : refusePage(request, access, target !== url);
    // Pages of other origins may call the API, but never drive the mock.
    const isOpen = !isForControl && access.origins !== false && !refused;
    const shared: Record<string, string> = isOpen ? corsHeaders(origin) : {};
    if (isOpen && isPreflight(method, headers)) {
      outgoing.writeHead(204, { ...shared, ...preflightHeaders(headers) }).end();
      return;
    }
    const response = await respond(incoming, request, refused, () => signalOf(outgoing));
    // A body that is not read, or a mock that is about to stop: the connection takes no other request.
    if (!incoming.complete || !server.listening) shared['connection'] = 'close';
    await send(outgoing, { ...response, headers: Object.assign(shared, response.headers) });
  }

  async function respond(
    incoming: IncomingMessage,
    request: MockRequest,
    refused: Refused | undefined,
    signal: () => AbortSignal,
  ): Promise<MockResponse> {
    const { target } = request;
    if (refused) return fail(target, refused.status, refused.message);
    const limit = isControl(target) ? largestControlBody : largestBody;
    const body = await readBody(incoming, limit);
    if (body === undefined) return fail(target, 413, `The body is larger than ${limit} bytes.`);
    return parts.respond({ ...request, body }, signal);
  }
}

/** A client that takes the mock for a proxy sends the whole address. See https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const [, rest] = /^https?:\/\/[^/?#]+(.*)$/is.exec(target) ?? [];
  if (rest === undefined) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

async function send(
  outgoing: ServerResponse,
  { status, headers, body, connection }: MockResponse,
): Promise<void> {
  if (connection === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  if (body instanceof ReadableStream) {
    outgoing.writeHead(status, headers);
    // It ends where either side does, and then the stream is cancelled.
    return pipeline(Readable.fromWeb(body), outgoing);
  }
  if (isBodiless(status)) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const length = Buffer.byteLength(body);
  headers['content-length'] = String(length);
  outgoing.writeHead(status, headers);
  if (connection === undefined) {
    // Node.js writes a text together with the headers. ASCII, which is as long as its text, needs no conversion.
    outgoing.end(body, length === body.length ? 'latin1' : 'utf8');
    return;
  }
  const bytes = Buffer.from(body);
  if (connection === 'cut') outgoing.write(firstHalf(bytes), () => outgoing.socket?.destroy());
  else outgoing.write(firstHalf(bytes));
}

/** Aborts when the client is gone before its answer was sent. Made only where something waits for that. */
function signalOf(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const end = () => {
    if (!outgoing.writableFinished) gone.abort();
  };
  if (outgoing.closed) end();
  else outgoing.once('close', end);
  return gone.signal;
}

/** The body as text; undefined where it is too large. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<string | undefined> {
  if (incoming.headers['content-length'] === undefined && !incoming.headers['transfer-encoding'])
    return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  // As `fetch` reads a body: without a byte order mark.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function flatten({ headers, rawHeaders }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  // Node.js drops a second one; `fetch` joins them, and so does the mock.
  if (flat['authorization'] !== undefined) {
    const values = valuesOf(rawHeaders, 'authorization');
    if (values.length > 1) flat['authorization'] = values.join(', ');
  }
  return flat;
}

/** The values of a header, whose name is in lower case, as they came. */
function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => {
    const header = i % 2 === 1 ? rawHeaders[i - 1] : undefined;
    return header?.length === name.length && header.toLowerCase() === name;
  });
}

/** What is not HTTP, or never ends, gets an answer all the same, and then the connection is closed. */
function refuse(error: Error & { code?: string }, socket: Socket, fail: ServerParts['fail']): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', 'The headers are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', 'The request did not arrive in time.']
        : [400, 'Bad Request', 'The request is not valid HTTP.'];
  const { headers, body } = fail('/', Number(status), String(message));
  // An error's body is a text.
  const text = String(body);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: ${headers['content-type']}\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
