import { expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import { asSpec } from '../src/read/parse.ts';
import { audiences, changesFor, summaryOf } from '../src/report/summary.ts';
import { usersAPI } from './support/users.ts';

const text = { type: 'string' };
const ok = { description: 'ok' };
type List = ReturnType<typeof usersAPI>['paths']['/users']['get'];
/** The users with another list. */
const changedUsers = (change: (get: List) => object) => {
  const { paths, ...api } = usersAPI();
  return { ...api, paths: { ...paths, '/users': { get: change(paths['/users'].get) } } };
};
const responding = (more: (response: List['responses'][200]) => object) =>
  changedUsers((get) => ({ ...get, responses: { 200: more(get.responses[200]) } }));

test.each<[string, object, Record<string, string[]>]>([
  [
    'a second media type of a response',
    responding((response) => ({
      ...response,
      content: { ...response.content, 'text/csv': { schema: text } },
    })),
    {
      types: [
        '- **Breaking:** `createFetchClient › GET /users`: The `data` may now also be `text/csv`, which has another type.',
        '- `GET /users › response 200 › text/csv`: Added.',
      ],
      client: [
        '- **Breaking:** `createFetchClient › GET /users`: The `data` may now also be `text/csv`, which has another type.',
      ],
      mock: ['- `GET /users › response 200 › text/csv`: Added.'],
    },
  ],
  [
    'an optional cookie',
    changedUsers((get) => ({
      ...get,
      parameters: [...get.parameters, { name: 's', in: 'cookie', schema: text }],
    })),
    {
      types: ['- `GET /users › cookie › s`: Added.'],
      client: [],
      mock: ['- `GET /users › cookie › s`: Added.'],
    },
  ],
  [
    'a required cookie, which the client does not send',
    changedUsers((get) => ({
      ...get,
      parameters: [...get.parameters, { name: 's', in: 'cookie', required: true, schema: text }],
    })),
    {
      types: ['- **Breaking:** `GET /users › cookie › s`: Added, and required.'],
      client: ['- **Breaking:** `GET /users › cookie › s`: Added, and required.'],
      mock: ['- **Breaking:** `GET /users › cookie › s`: Added, and required.'],
    },
  ],
  [
    'a header that OpenAPI ignores',
    changedUsers((get) => ({
      ...get,
      parameters: [...get.parameters, { name: 'Accept', in: 'header', schema: text }],
    })),
    { types: [], client: [], mock: [] },
  ],
  [
    'a webhook',
    { ...usersAPI(), webhooks: { made: { post: { responses: { 200: ok } } } } },
    { types: ['- `webhook POST made`: Added.'], client: [], mock: [] },
  ],
  [
    'a link',
    responding((response) => ({ ...response, links: { next: { operationId: 'users.list' } } })),
    { types: ['- `GET /users › response 200 › link › next`: Added.'], client: [], mock: [] },
  ],
  [
    'an error',
    changedUsers((get) => ({ ...get, responses: { ...get.responses, 429: ok } })),
    {
      types: ['- `GET /users › response 429`: Added.'],
      client: ['- `client.users.list › response 429`: Added.'],
      mock: ['- `GET /users › response 429`: Added.'],
    },
  ],
])('tells each package what its code has: %s', async (_, after, expected) => {
  const { changes } = await diff(asSpec(usersAPI(), 'before'), asSpec(after, 'after'));
  for (const audience of audiences)
    expect(summaryOf(changesFor(changes, audience), audience)).toEqual(expected[audience]);
});

test('says that a list of the mock is no longer filtered, which breaks the tests that filter', async () => {
  const filtered = changedUsers((get) => ({
    ...get,
    parameters: [...get.parameters, { name: 'named', in: 'query', schema: text }],
    'x-mock': { filter: { named: 'name' } },
  }));
  const unfiltered = changedUsers((get) => ({
    ...get,
    parameters: [...get.parameters, { name: 'named', in: 'query', schema: text }],
  }));
  const { changes } = await diff(asSpec(filtered, 'before'), asSpec(unfiltered, 'after'));
  expect(summaryOf(changesFor(changes, 'mock'), 'mock')).toEqual([
    '- **Breaking:** `data › users`: It now filters by nothing instead of `named`.',
  ]);
});

test('a change of an operation that the client ignores is not a change of the client', async () => {
  const ignored = (parameters: object[]) =>
    changedUsers((get) => ({
      ...get,
      parameters: [...get.parameters, ...parameters],
      'x-client': { ignore: true },
    }));
  const { changes } = await diff(
    asSpec(ignored([]), 'before'),
    asSpec(ignored([{ name: 'q', in: 'query', schema: text }]), 'after'),
  );
  expect(summaryOf(changesFor(changes, 'client'), 'client')).toEqual([]);
  expect(summaryOf(changesFor(changes, 'mock'), 'mock')).toEqual([
    '- `GET /users › query › q`: Added.',
  ]);
});

test('a method whose operation has another HTTP method was neither removed nor added', async () => {
  const operation = (method: string) => ({
    ...usersAPI({
      more: { [method]: { operationId: 'users.update', parameters: [], responses: { 204: ok } } },
    }),
  });
  const { changes } = await diff(
    asSpec(operation('post'), 'before'),
    asSpec(operation('patch'), 'after'),
  );
  const lines = summaryOf(changesFor(changes, 'client'), 'client');
  expect(lines).toEqual([
    '- **Breaking:** `POST /users/{user_id}`: Removed.',
    '- `PATCH /users/{user_id}`: Added.',
  ]);
});
