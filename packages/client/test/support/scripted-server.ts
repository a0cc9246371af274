import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the server does with one request. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on a real socket that answers by a script: one reply after another, the last one for ever. */
export class ScriptedServer {
  readonly requests: {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
    /** As far as it has arrived. */
    body: string;
  }[] = [];
  #script: readonly Reply[] = [];
  readonly #server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const received = { method, url, headers, body: '' };
    this.requests.push(received);
    request.on('data', (chunk) => {
      received.body += chunk;
    });
    const reply = this.#script[Math.min(this.requests.length, this.#script.length) - 1];
    reply?.(response, request);
  });

  async start(): Promise<this> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on, this is the script, and no request has come yet. */
  play(...script: Reply[]): void {
    this.#script = script;
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

type Headers = Record<string, string>;

/** A whole answer. */
export function answer(status: number, body: unknown, headers: Headers = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
  };
}

/** An error, as the API writes it; another attempt may follow at once. */
export function failure(status: number, headers: Headers = {}): Reply {
  const error = {
    message: `It is ${status}.`,
    type: 'test_error',
    param: null,
    code: `c${status}`,
  };
  return answer(status, { error }, { 'retry-after-ms': '1', 'x-request-id': 'req_1', ...headers });
}

/** The body of a page. */
export function page(ids: readonly string[], more: Record<string, unknown> = {}) {
  const data = ids.map((id) => ({ object: 'organization.user', id, added_at: 1 }));
  const [first_id = null, last_id = null] = [ids[0], ids.at(-1)];
  return { object: 'list', data, first_id, last_id, has_more: false, ...more };
}

/** Says how long the body is, and ends the connection after this many bytes of it. */
export function cutAfter(bytes: number, body: unknown): Reply {
  const text = Buffer.from(JSON.stringify(body));
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.flushHeaders();
    response.write(text.subarray(0, bytes), () => (response.socket as Socket).destroy());
    if (bytes === 0) (response.socket as Socket).destroy();
  };
}

/** Sends this many bytes of the body, and then nothing. */
export function stallAfter(bytes: number, body: unknown): Reply {
  const text = Buffer.from(JSON.stringify(body));
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.flushHeaders();
    if (bytes > 0) response.write(text.subarray(0, bytes));
  };
}

/** Never answers. */
export const silence: Reply = () => {};

/** Ends the connection before any answer. */
export const reset: Reply = (response) => {
  (response.socket as Socket).resetAndDestroy();
};
