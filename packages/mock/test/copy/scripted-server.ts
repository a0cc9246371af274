import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a server got. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
}

/** What a server answers: JSON unless it is a text, or nothing more than a closed connection. */
export type Reply =
  | { status?: number; body: unknown; headers?: Record<string, string> }
  | 'hang up';

/** A server on a real socket that answers as a function says. */
export async function serve(answer: (url: URL, request: Received) => Reply) {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const received = { method, url, headers };
    requests.push(received);
    const reply = answer(new URL(url, 'http://127.0.0.1'), received);
    if (reply === 'hang up') {
      request.socket.destroy();
      return;
    }
    const { status = 200, body } = reply;
    const isText = typeof body === 'string';
    const type = isText ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...reply.headers });
    response.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A user as the API has it. */
export function user(id: string, more: object = {}) {
  return { object: 'organization.user', id, added_at: 1, ...more };
}

/** A page of users. */
export function page(data: readonly unknown[], more: object = {}) {
  return { object: 'list', data, first_id: null, last_id: null, has_more: false, ...more };
}

/** A page of roles, of which there is none. */
export const noRoles = { object: 'list', data: [], has_more: false, next: null };

/** A role as the API has it. */
export function role(id: string, more: object = {}) {
  return {
    id,
    name: 'Reader',
    description: null,
    resource_type: 'api.organization',
    permissions: ['api.organization.users.read'],
    predefined_role: false,
    created_at: 1700000000,
    created_by: null,
    created_by_user_obj: null,
    updated_at: null,
    metadata: null,
    assignment_sources: null,
    ...more,
  };
}
