import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../src/index.ts';
import { ask } from './support/ask.ts';

const list = '/v1/organization/users';
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const json = { 'content-type': 'application/json' };

test.each<
  [
    string,
    number,
    { path?: string; method?: string; headers?: Record<string, string>; body?: string },
  ]
>([
  ['an Accept with an empty parameter', 406, { headers: { accept: 'a/b;' } }],
  ['an Accept with an empty value', 406, { headers: { accept: 'application/json;q=' } }],
  [
    'a Content-Type without a slash',
    415,
    { path: `${list}/user_a`, method: 'POST', body: '{}', headers: { 'content-type': 'json' } },
  ],
  [
    'a Content-Type without a slash and without a body',
    200,
    { headers: { 'content-type': 'json' } },
  ],
  ['a preferred example that does not exist', 404, { headers: { prefer: 'code=200, example=x' } }],
  ['a preferred error without the example', 404, { headers: { prefer: 'code=401, example=x' } }],
  [
    'a preferred code that Accept does not allow',
    406,
    { path: `${list}?__code=400`, headers: { accept: 'text/html' } },
  ],
  ['a path with an invalid percent-encoding', 400, { path: `${list}/%ff` }],
  [
    'a body that is not JSON',
    400,
    { path: `${list}/user_a`, method: 'POST', body: '{"a', headers: json },
  ],
  [
    'a body that is nested deeper than the stack',
    400,
    { path: `${list}/user_a`, method: 'POST', body: `{"role":${nested(100_000)}}`, headers: json },
  ],
  [
    'a compressed body',
    415,
    {
      path: `${list}/user_a`,
      method: 'POST',
      body: '{}',
      headers: { ...json, 'content-encoding': 'gzip' },
    },
  ],
])('%s is a %i, not a 500', async (_, status, init) => {
  const mock = createMock({ data: { users: 3 } });
  for (let i = 0; i < 2; i += 1) {
    const reply = await ask(mock, '', init);
    expect(reply.status).toBe(status);
    if (status < 400) continue;
    expect(reply.body.error.message).not.toContain('prism');
    expect(reply.body.error.message.length).toBeGreaterThan(10);
  }
  expect((await ask(mock)).status).toBe(200);
});

test('no header and no path makes the mock fail, unless a 5xx is asked for', async () => {
  const mock = createMock({ data: { users: 3 } });
  const [user] = mock.data.users.list();
  const part = fc.constantFrom(
    ...[
      'a/b',
      '*/*',
      'application/json',
      ';',
      ',',
      '=',
      'q',
      '0.5',
      '"',
      '\\',
      ' ',
      '\t',
      '/',
      'code',
      'example',
    ],
    ...[
      'dynamic',
      'seed',
      'true',
      '200',
      '404',
      'x',
      'charset',
      'utf-8',
      'multipart/form-data',
      'boundary',
      'json',
    ],
  );
  const value = fc.oneof(
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 20 }),
  );
  const names = [
    'accept',
    'content-type',
    'prefer',
    'authorization',
    'content-length',
    'host',
    'cookie',
  ];
  const segment = fc.oneof(
    fc.constantFrom('roles', user?.id ?? '', '%', '%ff', '%2F', '..', '', '%00', '__proto__'),
    fc.webSegment(),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH', 'get'),
    path: fc.array(segment, { maxLength: 4 }).map((parts) => [list, ...parts].join('/')),
    headers: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }),
    body: fc.option(fc.oneof(fc.json(), fc.string(), fc.constant('{"role":"owner"}')), {
      nil: undefined,
    }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, headers, body }) => {
      const given = Object.entries(headers).map(([name, text]) => [
        name,
        text.replace(/[^\t\x20-\x7e]/g, ''),
      ]);
      const init = { authorization: 'Bearer x', ...Object.fromEntries(given) };
      const hasBody = method !== 'GET' && method !== 'get' && body !== undefined;
      const response = await mock.fetch(path, { method, headers: init, ...(hasBody && { body }) });
      const asked = /code\s*=\W*5/i.test(`${init['prefer']}`);
      if (!asked) expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
}, 120_000);
