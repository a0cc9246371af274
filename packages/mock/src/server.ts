import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { basePath } from './engine/operations.ts';
import { errorBody } from './errors.ts';
import { createFetch } from './fetch.ts';
import { createCore, extend, type Mock, type MockCore } from './mock.ts';
import type { MockOptions } from './options.ts';
import type { MockRequest } from './request.ts';
import type { MockResponse } from './response.ts';

/** Options of a mock that listens. */
export interface ServerOptions extends MockOptions {
  /**
   * The port; 0 is any free one.
   *
   * @default 0
   */
  port?: number;
  /**
   * The address to listen at.
   *
   * @default '127.0.0.1': this machine alone
   */
  host?: string;
  /**
   * Whether pages of any origin may call the mock.
   *
   * @default true
   */
  cors?: boolean;
}

/** A mock that listens. */
export interface MockServer extends Mock {
  /** Where it listens, base path included: a client's `baseURL`. */
  readonly url: string;
}

/** The most that a request's body may have. Nothing here needs more than a fault rule. */
const largestBody = 1024 * 1024;

/**
 * Starts a mock that listens on a port of this machine. Rejects where the port is taken.
 *
 * @example
 * ```ts
 * await using mock = await startMock({ port: 4010, users: 250, seed: 1 });
 * const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
 * ```
 */
export async function startMock(options: ServerOptions = {}): Promise<MockServer> {
  const core = createCore(options);
  const cors = options.cors ?? true;
  const server = createServer((request, response) => {
    answer(core, request, response, cors).catch(() => response.destroy());
  });
  server.on('clientError', refuse);
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const close = () => {
    core.shut();
    return stop(server);
  };
  return extend(core, {
    url: addressOf(server) + basePath,
    fetch: createFetch(core.respond),
    close,
    [Symbol.asyncDispose]: close,
  });
}

async function answer(
  core: MockCore,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  cors: boolean,
): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const headers = flatten(incoming.headers);
  if (cors) {
    for (const [name, value] of Object.entries(corsHeaders(headers)))
      outgoing.setHeader(name, value);
    if (method === 'OPTIONS' && headers['access-control-request-method']) {
      outgoing.writeHead(204).end();
      return;
    }
  }
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  const body = await readBody(incoming);
  if (body === undefined) {
    const tooLarge = { message: `The body is larger than ${largestBody} bytes.`, param: null };
    outgoing.setHeader('connection', 'close');
    send(outgoing, {
      status: 413,
      headers: jsonHeaders,
      body: JSON.stringify(errorBody(413, tooLarge)),
    });
    return;
  }
  const request: MockRequest = { method, target: url, headers, body };
  send(outgoing, await core.respond(request, gone.signal));
}

const jsonHeaders = { 'content-type': 'application/json' };

function send(outgoing: ServerResponse, { status, headers, body, fault }: MockResponse): void {
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
  if (fault === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const sent = fault === 'malformed' ? half : bytes;
  outgoing.writeHead(status, { ...headers, 'content-length': sent.length });
  if (fault === 'cut') outgoing.write(half, () => outgoing.socket?.destroy());
  else if (fault === 'stall') outgoing.write(half);
  else outgoing.end(sent);
}

/** The body as text; undefined where it is too large. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  if (incoming.headers['content-length'] === undefined && !incoming.headers['transfer-encoding'])
    return '';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

function corsHeaders(request: Record<string, string>): Record<string, string> {
  return {
    'access-control-allow-origin': request['origin'] ?? '*',
    'access-control-allow-headers': request['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': request['access-control-request-method'] ?? '*',
    'access-control-expose-headers': 'x-request-id, retry-after',
    vary: 'origin',
  };
}

/** What is no HTTP gets an answer all the same, and then the connection is closed. */
function refuse(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : [400, 'Bad Request'];
  const body = JSON.stringify(
    errorBody(400, { message: 'The request is not valid HTTP.', param: null }),
  );
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
  // It listens on a port, so it is no pipe's name.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
