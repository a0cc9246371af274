import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { api } from '../api/api.ts';
import { isControl } from '../control/control.ts';
import { createCore, extend, type Mock, type MockCore } from '../mock.ts';
import { checkOptions } from '../options.ts';
import { checkServerOptions, type ServerOptions } from '../server-options.ts';
import { type Access, refuseForeign } from './access.ts';
import { createFetch } from './fetch.ts';
import type { MockRequest } from './request.ts';
import { failure, firstHalf, isBodiless, type MockResponse } from './response.ts';

/** A mock that listens. */
export interface MockServer extends Mock {
  /** Where it listens, base path included: a client's `baseURL`. */
  readonly url: string;
  /**
   * Stops the mock. Calls after that are refused.
   *
   * @param options.grace Milliseconds that requests under way get to finish. Default: 0, they are cut off.
   */
  close(options?: { grace?: number }): Promise<void>;
}

/** The most bytes that a request's body may have. */
const largestBody = 1024 * 1024;
/** For a control endpoint, which takes snapshots. */
const largestControlBody = 64 * 1024 * 1024;
/**
 * Milliseconds that a connection may be idle. After Node.js's default of five seconds, a program that calls again at
 * that very moment gets an ECONNRESET; its `http.Agent` does not heed the `Keep-Alive` header of the response.
 */
const keepAliveTimeout = 65_000;

/**
 * Starts a mock that listens on a port of this machine. Rejects where the port is taken.
 *
 * @throws {TypeError} that says which option is invalid
 * @example
 * ```ts
 * await using mock = await startMock({ port: 4010, data: { users: 250 }, seed: 1 });
 * const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
 * ```
 */
export async function startMock(options: ServerOptions = {}): Promise<MockServer> {
  checkOptions(options, 'startMock');
  checkServerOptions(options);
  const {
    port = 0,
    host = '127.0.0.1',
    cors = true,
    control = true,
    requestTimeout = 30_000,
  } = options;
  const core = createCore(options);
  const access: Access = { boundHost: host, allowedHosts: options.allowedHosts ?? [] };
  const timing = {
    requestTimeout,
    headersTimeout: requestTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(timing, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('clientError', refuse);
  await listen(server, port, host);

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const headers = flatten(incoming.headers);
    // Pages of other origins may call the API, but never drive the mock.
    const isOpen = cors && !(control && isControl(url));
    const shared: Record<string, string> = isOpen ? corsHeaders(headers['origin']) : {};
    if (isOpen && method === 'OPTIONS' && headers['access-control-request-method']) {
      outgoing.writeHead(204, { ...shared, ...preflightHeaders(headers) }).end();
      return;
    }
    const request = { method, target: url, headers };
    const response = await respond(incoming, request, () => signalOf(outgoing));
    // A body that is not read, or a mock that is about to stop: the connection takes no other request.
    if (!incoming.complete || !server.listening) shared['connection'] = 'close';
    await send(outgoing, { ...response, headers: Object.assign(shared, response.headers) });
  }

  async function respond(
    incoming: IncomingMessage,
    request: MockRequest,
    signal: () => AbortSignal,
  ) {
    const isForControl = control && isControl(request.target);
    const refused = isForControl ? refuseForeign(request, access) : undefined;
    if (refused) return refused;
    const limit = isForControl ? largestControlBody : largestBody;
    const body = await readBody(incoming, limit);
    return body === undefined ? tooLarge(limit) : core.respond({ ...request, body }, signal);
  }

  const close: MockServer['close'] = ({ grace = 0 } = {}) => stop(server, core, grace);
  return extend(core, {
    url: addressOf(server) + api.basePath,
    fetch: createFetch(core.respond),
    close,
    [Symbol.asyncDispose]: () => close(),
  });
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

function tooLarge(limit: number): MockResponse {
  return failure(413, `The body is larger than ${limit} bytes.`, { param: null });
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

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

/** Programs send no origin, and look at none of these headers. */
function corsHeaders(origin: string | undefined): Record<string, string> {
  if (origin === undefined) return { vary: 'origin' };
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
    vary: 'origin',
  };
}

function preflightHeaders(request: Record<string, string>): Record<string, string> {
  return {
    'access-control-allow-headers': request['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': request['access-control-request-method'] ?? '*',
  };
}

/** What is not HTTP, or never ends, gets an answer all the same, and then the connection is closed. */
function refuse(error: Error & { code?: string }, socket: Socket): void {
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
  const { body } = failure(Number(status), String(message), { param: null });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server): string {
  // It listens on a port, so it is not a pipe's name.
  const { address, family, port } = server.address() as AddressInfo;
  // What listens on all addresses is asked by one of them.
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (address === '::') return `http://[::1]:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Stops accepting, lets requests under way finish for some time, and closes what is open then. */
async function stop(server: Server, core: MockCore, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (grace > 0) {
    core.endStreams();
    const deadline = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, grace);
      deadline.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([closed, late]);
    deadline.abort();
  }
  core.shut();
  server.closeAllConnections();
  await closed;
}
