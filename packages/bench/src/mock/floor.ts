// The floor: a server with the same pages, which does not look at requests.
import { createServer, type ServerResponse } from 'node:http';
import { createMock } from '@org/mock';

const [port = '0', count = '1000'] = process.argv.slice(2);
const users = createMock({ data: { users: Number(count) } }).data.users.list();
const indexes = new Map(users.map(({ id }, index) => [id, index]));

function send(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

createServer(async (request, response) => {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://a.test');
  const user = users[indexes.get(pathname.split('/')[3] ?? '') ?? -1];
  if (user) {
    let text = '';
    for await (const chunk of request) text += chunk;
    send(response, text ? { ...user, ...JSON.parse(text) } : user);
    return;
  }
  const limit = Number(query.get('limit') ?? 20);
  const start = query.has('after') ? (indexes.get(query.get('after') ?? '') ?? -1) + 1 : 0;
  const data = users.slice(start, start + limit);
  send(response, {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < users.length,
  });
}).listen(Number(port), '127.0.0.1');
