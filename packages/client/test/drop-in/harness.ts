import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// What the programs are given, and the server that they call. It runs beside them, in one process per package.

let output: string[] = [];
let wire: string[] = [];
let origin = '';
/** How many requests the program has sent. */
let count = 0;

/** The address of a script of the server, such as `flaky-503`. */
export function at(script: string): string {
  return `${origin}/${script}`;
}

export function print(...values: unknown[]): void {
  output.push(
    values
      .map((value) => JSON.stringify(value) ?? 'undefined')
      .join(' ')
      .replaceAll(origin, 'http://server'),
  );
}

/** Headers that a program decides; the others are the package's and the platform's own. */
const compared = /^(authorization|openai-|content-type|accept$|x-(?!stainless))/;

function note(method: string, url: string, headers: IncomingHttpHeaders, body: string): void {
  const sent = Object.entries(headers)
    .filter(([name]) => compared.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`);
  wire.push([`${method} ${url}`, ...sent, body].join('\n'));
}

const users = [1, 2, 3, 4, 5].map((i) => ({
  object: 'organization.user',
  id: `user_${i}`,
  email: `${i}@x.test`,
  role: 'reader',
  added_at: i,
}));
const roles = [1, 2, 3].map((i) => ({
  id: `role_${i}`,
  name: `Role ${i}`,
  permissions: ['api.x'],
  resource_type: 'api.organization',
  predefined_role: true,
  description: null,
}));

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

/** The API as it should be. */
function answer(method: string, path: string, query: URLSearchParams, body: string): Answer {
  const [, , resource, id = '', child, role] = path.split('/').map(decodeURIComponent);
  if (path === '/echo') return [200, { body }];
  if (resource !== 'users') return [200, { object: 'other', path }];
  const limit = Number(query.get('limit') ?? 20);
  const page = <T extends { id: string }>(items: T[]) => {
    const start = items.findIndex((item) => item.id === query.get('after')) + 1;
    const data = items.slice(start, start + limit);
    const has_more = start + limit < items.length;
    return { data, has_more, last: data.at(-1)?.id ?? null, first: data[0]?.id ?? null };
  };
  if (!id) {
    const { data, has_more, first, last } = page(users);
    return [200, { object: 'list', data, first_id: first, last_id: last, has_more }];
  }
  const user = { ...users[0], id };
  if (child !== 'roles') {
    if (method === 'DELETE') {
      return [200, { object: 'organization.user.deleted', id, deleted: true }];
    }
    return [200, method === 'POST' ? { ...user, ...(body ? JSON.parse(body) : {}) } : user];
  }
  if (method === 'POST') return [200, { object: 'user.role', user, role: roles[0] }];
  if (method === 'DELETE') return [200, { object: 'user.role.deleted', deleted: true }];
  if (role) return [200, { ...roles[0], id: role }];
  const { data, has_more, last } = page(roles);
  return [200, { object: 'list', data, has_more, next: has_more ? last : null }];
}

const failure = (status: number): Answer => [
  status,
  { error: { message: `It is ${status}.`, type: 'test', param: 'limit', code: `c${status}` } },
  { 'retry-after-ms': '1' },
];
const list = (ids: string[], has_more: boolean, last_id: string | null): Answer => [
  200,
  {
    object: 'list',
    data: ids.map((id) => ({ object: 'organization.user', id, added_at: 1 })),
    ...{ first_id: null, last_id, has_more },
  },
];
const texts: Record<string, [number, string, string]> = {
  'body-text': [400, 'plain text', 'text/plain'],
  'body-html': [502, '<html></html>', 'text/html'],
  'body-json-text': [400, '"only a text"', 'application/json'],
  'body-no-error': [404, '{"detail":"gone"}', 'application/json'],
  'body-empty': [403, '', 'application/json'],
  'body-ok-html': [200, '<html></html>', 'text/html'],
};

/** What a script answers instead of the API; undefined where it answers nothing by now. */
function scripted(script: string, after: string | null): Answer | 'reset' | 'silence' | undefined {
  const [kind = '', status = ''] = script.split('-');
  if (kind === 'status') return failure(Number(status));
  if (kind === 'flaky' && count === 1) return failure(Number(status));
  if (script === 'should-true' && count === 1)
    return [400, {}, { 'x-should-retry': 'true', 'retry-after-ms': '1' }];
  if (script === 'should-false') return [500, { error: {} }, { 'x-should-retry': 'false' }];
  if (script === 'reset' && count === 1) return 'reset';
  if (script === 'always-reset') return 'reset';
  if (script === 'silent') return 'silence';
  if (script === 'no-content') return [204, undefined];
  if (script === 'gap') {
    return after
      ? list(['user_9'], false, 'user_9')
      : count === 1
        ? list([], true, 'user_0')
        : undefined;
  }
  if (script === 'loop') return list(['user_1'], true, 'user_1');
  if (script === 'no-cursor')
    return after ? list(['user_2'], false, null) : list(['user_1'], true, null);
  if (script === 'long-wait' && count === 1) return [429, { error: {} }, { 'retry-after': '61' }];
  return undefined;
}

function write(response: ServerResponse, [status, body, headers]: Answer, type: string): void {
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'req_1', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const server = createServer((request, response) => {
  const { method = '', url = '', headers } = request;
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    count += 1;
    note(method, url, headers, body);
    const { pathname, searchParams } = new URL(url, origin);
    const [, script = '', ...rest] = pathname.split('/');
    const raw = texts[script];
    if (raw) {
      const [status, text, type] = raw;
      response.writeHead(status, { 'content-type': type, 'x-request-id': 'req_1' });
      return response.end(text);
    }
    const given = scripted(script, searchParams.get('after'));
    if (given === 'silence') return undefined;
    if (given === 'reset') return request.socket.resetAndDestroy();
    const path = `/${rest[0] === 'v1' ? rest.slice(1).join('/') : rest.join('/')}`;
    const type = script === 'json-as-text' ? 'text/plain' : 'application/json';
    return write(response, given ?? answer(method, path, searchParams, body), type);
  });
});

/** Runs programs one after another; gives what each printed and what it sent. */
export async function runAll(
  programs: readonly { name: string; load: () => Promise<{ default: () => Promise<void> }> }[],
): Promise<Record<string, { output: string[]; wire: string[] }>> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const results: Record<string, { output: string[]; wire: string[] }> = {};
  for (const { name, load } of programs) {
    output = [];
    wire = [];
    count = 0;
    try {
      await (await load()).default();
    } catch (error) {
      output.push(`threw ${(error as Error).constructor.name}: ${(error as Error).message}`);
    }
    results[name] = { output, wire };
  }
  server.closeAllConnections();
  server.close();
  return results;
}
