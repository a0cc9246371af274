import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Schema } from '../../src/api/schema.ts';
import { createMock } from '../../src/index.ts';
import { api } from '../../src/spec.ts';
import { type Prism, startPrism } from './support/prism.ts';

// Prism's own command is the oracle: what it accepts and refuses, the mock accepts and refuses.
const folder = resolve(import.meta.dirname, '../..');
const mock = createMock({ data: { users: 10 } });
let prism: Prism;

beforeAll(async () => {
  prism = await startPrism(resolve(folder, '../../spec/openapi.yaml'));
}, 60_000);
afterAll(() => prism?.[Symbol.asyncDispose]());

interface Call {
  path?: string;
  search?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
const authorization = 'Bearer sk-admin-test';

async function verdicts({
  path = '/organization/users',
  search = '',
  method = 'GET',
  headers = { authorization },
  body,
}: Call): Promise<[prism: number, ours: number]> {
  const init = { method, headers, ...(body === undefined ? {} : { body }) };
  const [theirs, ours] = await Promise.all([
    fetch(prism.url + path + search, init),
    mock.fetch(path + search, init),
  ]);
  await Promise.all([theirs.arrayBuffer(), ours.arrayBuffer()]);
  return [theirs.status, ours.status];
}

/** Values at, inside and outside of what a schema allows, and some that no schema foresees. */
function valuesFor(schema: Schema): string[] {
  const { minimum = 0, maximum = 0 } = schema;
  const nasty = ['', ' ', '0', '-1', '1.5', '1e1', '1.0', 'NaN', 'null', 'true', 'ü', '%00', '[]'];
  const more = ['{}', "'", '"', '<a>', '../..', '1,2', '0x10', '٣', '1e999', '9'.repeat(40)];
  const bounds = [minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1];
  return [...new Set([...nasty, ...more, ...bounds.map(String)])];
}

const parameters = api.operation('admin.organization.users.list')?.request?.query ?? [];
const generated: Call[] = parameters.flatMap(({ name, schema = {} }) =>
  valuesFor(schema as Schema).flatMap((value) => [
    { search: `?${name}=${encodeURIComponent(value)}` },
    { search: `?${name}=${encodeURIComponent(value)}&${name}=5` },
  ]),
);
const byHand: Call[] = [
  {},
  { search: '?' },
  { search: '?&&=&' },
  { search: '?unknown=1' },
  { search: '?limit' },
  { search: '?limit=5&emails=a&emails=b' },
  { search: '?limit=0&emails=a' },
  { search: '?LIMIT=0' },
  { search: '?limit%20=0' },
  { search: '?limit=%35' },
  { search: '?limit=+5' },
  { search: '?emails=a,b' },
  { headers: {} },
  { headers: { authorization: 'Bearer' } },
  { headers: { authorization: 'Bearer ' } },
  { headers: { authorization: 'Basic eDp5' } },
  { headers: { authorization: 'x' } },
  { headers: { authorization, accept: 'text/html' } },
  { headers: { authorization, accept: 'application/json' } },
  { headers: { authorization, accept: 'application/*' } },
  { headers: { authorization, accept: '*/*;q=0.1' } },
  { headers: { authorization, accept: 'text/html, application/json;q=0.1' } },
  { headers: { authorization, accept: 'application/xml, text/plain' } },
  { headers: { authorization, prefer: 'code=200' } },
  { headers: { authorization, prefer: 'code=401' } },
  { headers: { authorization, prefer: 'code=429' } },
  { headers: { authorization, prefer: 'code=500' } },
  { headers: { authorization, prefer: 'code=999' } },
  { headers: { authorization, prefer: 'example=empty' } },
  { headers: { authorization, prefer: 'example=none' } },
  { headers: { authorization, prefer: 'dynamic=true' } },
  { headers: { authorization, prefer: 'code=400, example=badRequest' } },
  { search: '?__code=404' },
  { search: '?limit=0', headers: { authorization, prefer: 'code=200' } },
  { headers: { prefer: 'code=200' } },
  { path: '/' },
  { path: '/organization' },
  { path: '/Organization/Users' },
  { path: '/organization/%75sers' },
  { path: '/organization//users' },
  { path: '/organization/users;a=b' },
  ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ method })),
  { method: 'POST', body: '{}', headers: { authorization, 'content-type': 'application/json' } },
  { method: 'POST', path: '/nothing' },
];

/** Where we differ on purpose, and why. */
const differences: { name: string; call: Call; prism: number; ours: number }[] = [
  {
    name: 'a cursor that nobody ever had is refused: Prism has no state to know it by',
    call: { search: '?after=nobody' },
    prism: 200,
    ours: 400,
  },
  {
    name: 'an object that does not exist is a 404: Prism has no state to know it by',
    call: { path: '/organization/users/user_abc' },
    prism: 200,
    ours: 404,
  },
  {
    name: 'a trailing slash is not an empty id',
    call: { path: '/organization/users/' },
    prism: 400,
    ours: 404,
  },
  {
    name: 'the scheme of a key is read without regard to case, as HTTP says',
    call: { headers: { authorization: 'bearer x' } },
    prism: 401,
    ours: 200,
  },
  {
    name: 'HEAD is answered like GET, as HTTP says',
    call: { method: 'HEAD' },
    prism: 405,
    ours: 200,
  },
  {
    name: 'OPTIONS tells what a path allows',
    call: { method: 'OPTIONS' },
    prism: 405,
    ours: 204,
  },
  {
    name: 'the base path of the API is served as well: Prism does not look at `servers`',
    call: { path: '/v1/organization/users' },
    prism: 404,
    ours: 200,
  },
];
// The oracle knows no cursors: those that it takes for good and we do not are stated above.
const isCursor = ({ search = '' }: Call) => search.startsWith('?after=');

const describeCall = ({ method = 'GET', path = '', search = '', headers = {}, body }: Call) =>
  [method, path, search, JSON.stringify(headers), body ?? ''].join(' ');

describe('every verdict agrees with that of Prism', () => {
  test.each(
    [...generated.filter((call) => !isCursor(call)), ...byHand].map(
      (call) => [describeCall(call), call] as const,
    ),
  )('%s', async (_, call) => {
    const [theirs, ours] = await verdicts(call);
    expect(ours).toBe(theirs);
  });

  test.each(generated.filter(isCursor).map((call) => [describeCall(call), call] as const))(
    'but for cursors that nobody had: %s',
    async (_, call) => {
      const [theirs, ours] = await verdicts(call);
      if (theirs === 200) expect([200, 400]).toContain(ours);
      else expect(ours).toBe(theirs);
    },
  );
});

describe('differences from Prism are the documented ones', () => {
  test.each(differences)('$name', async ({ call, prism: expected, ours: mine }) => {
    expect(await verdicts(call)).toEqual([expected, mine]);
  });

  // Prism's process ends there, which is why the oracle is not asked.
  test('an invalid Accept header is refused, and the next request is answered', async () => {
    const accept = (value: string) =>
      mock.fetch('/organization/users', { headers: { authorization, accept: value } });
    expect((await accept('nonsense')).status).toBe(406);
    expect((await accept('application/json')).status).toBe(200);
  });
});
