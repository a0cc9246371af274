import { expect, test } from 'vitest';
import { createMock } from '../src/index.ts';
import { ask } from './support/ask.ts';

const list = '/v1/organization/users';
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
