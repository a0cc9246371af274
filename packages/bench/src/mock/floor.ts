// The floor: a server with the same pages, and nothing that looks at a request.
import { createServer } from 'node:http';
import { createMock } from '@org/mock';

const [port = '0', count = '1000'] = process.argv.slice(2);
const users = createMock({ data: { users: Number(count) } }).data.users.list();
const places = new Map(users.map(({ id }, place) => [id, place]));

createServer((request, response) => {
  const query = new URL(request.url ?? '/', 'http://a.test').searchParams;
  const limit = Number(query.get('limit') ?? 20);
  const start = query.has('after') ? (places.get(query.get('after') ?? '') ?? -1) + 1 : 0;
  const data = users.slice(start, start + limit);
  const body = JSON.stringify({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < users.length,
  });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}).listen(Number(port), '127.0.0.1');
