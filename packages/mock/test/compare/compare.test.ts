import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { API } from '../../src/api/api.ts';
import { Server } from '../../src/compare/ask.ts';
import { type Behavior, compare } from '../../src/compare/compare.ts';
import { keyVariables } from '../../src/compare/credentials.ts';
import type { Area } from '../../src/compare/question.ts';
import { questionsOf } from '../../src/compare/questions.ts';
import { servableDataOf, survey } from '../../src/compare/survey.ts';
import { compareWrites } from '../../src/compare/writes.ts';
import {
  type LoadedServerOptions,
  loadAPI,
  type ServerOptions,
  startMock,
} from '../../src/index.ts';
import { api as ownAPI } from '../../src/spec.ts';
import { type Mutant, mutants } from '../support/independent-mutants.ts';
import {
  independentKey,
  type Role,
  startIndependentServer,
  type User,
} from '../support/independent-server.ts';

const users: User[] = Array.from({ length: 12 }, (_, index) => ({
  object: 'organization.user',
  id: `user_${(index * 7) % 12}`,
  name: index % 5 === 0 ? null : `User ${index}`,
  email: index === 11 ? null : `user${index}@example.com`,
  role: index % 2 ? 'reader' : 'owner',
  added_at: 1_700_000_000 - index,
}));

function role(id: string): Role {
  const texts = { id, name: id, resource_type: 'api.organization', description: null };
  const others = { permissions: ['api.organization.users.read'], predefined_role: false };
  const times = { created_at: 1_700_000_000, updated_at: null, created_by: null };
  const rest = { created_by_user_obj: null, metadata: null, assignment_sources: null };
  return { ...texts, ...others, ...times, ...rest };
}

const roles: Record<string, Role[]> = {
  user_0: ['role_c', 'role_a', 'role_b', 'role_d', 'role_e'].map(role),
  user_7: [role('role_z')],
};
const keys = new Map([['adminKey', independentKey]]);

interface Case {
  mutant?: Mutant;
  /** Asks about this alone. */
  area?: Area;
  /** Whether the copy has what the server without the mistake has. */
  isEarlierCopy?: boolean;
}

/** Compares the independent server with a copy of it. */
async function compareIndependent({ mutant, area, isEarlierCopy = false }: Case) {
  await using original = await startIndependentServer(users, roles, mutant);
  await using earlier = await startIndependentServer(users, roles);
  const server = new Server('server', original.url, keys);
  const found = await survey(ownAPI, server);
  const copied = isEarlierCopy
    ? await survey(ownAPI, new Server('server', earlier.url, keys))
    : found;
  await using copy = await startMock({
    data: servableDataOf(ownAPI, copied),
    keys: [independentKey],
  } as ServerOptions);
  const other = new Server('copy', copy.url, keys);
  if (area === 'writes') {
    const behaviors = await compareWrites(ownAPI, found, server, other);
    return { behaviors, requests: original.requests };
  }
  const questions = questionsOf(ownAPI, found).filter((one) => !area || one.area === area);
  const behaviors = await compare(questions, server, other);
  return { behaviors, requests: original.requests };
}

const library = resolve(import.meta.dirname, '../../../test-suite/fixtures/library.yaml');
const notEqual = (behaviors: readonly Behavior[]) =>
  behaviors.filter(({ result }) => result !== 'equal');

/** Where each mistake shows. */
const areas: Record<Mutant, Area> = {
  'a page skips the item after its cursor': 'pages',
  'a page begins with the item of its cursor': 'pages',
  'a page holds one item more than the limit': 'pages',
  'the largest limit is refused': 'pages',
  'a limit above the largest is accepted': 'invalid parameters',
  'a limit of zero is accepted': 'invalid parameters',
  'the default limit is ten': 'pages',
  'has_more is true on the last page': 'pages',
  'has_more is false before the last page': 'pages',
  'has_more is wrong where the page is full': 'pages',
  'last_id is missing': 'pages',
  'last_id is the first id': 'pages',
  'first_id is null': 'pages',
  'the order is reversed': 'pages',
  'order=desc has no effect': 'orders',
  'order=desc loses its direction on the second page': 'orders',
  'an unknown order is accepted': 'invalid parameters',
  'the emails filter has no effect': 'filters',
  'the emails filter takes the first value alone': 'filters',
  'the emails filter is forgotten on the second page': 'filters',
  'an email that nobody has finds everybody': 'filters',
  'an unknown cursor starts at the beginning': 'cursors',
  'an unknown user is a 400': 'unknown ids',
  'an unknown user has an empty list of roles': 'unknown ids',
  'a role is found below any user': 'unknown ids',
  'an error has no param': 'invalid parameters',
  'an error has no code': 'unknown ids',
  'an error has another type': 'invalid parameters',
  'an error has no message': 'credentials',
  'an error is not wrapped': 'unknown ids',
  'an error is plain text': 'credentials',
  'a success has another content type': 'items',
  'a wrong key is accepted': 'credentials',
  'a missing key is accepted': 'credentials',
  'a missing key is a 403': 'credentials',
  'Basic is accepted as a key': 'credentials',
  'HEAD has a length of zero': 'HEAD',
  'HEAD is a 404': 'HEAD',
  'HEAD needs no key': 'HEAD',
  'If-None-Match is always a 304': 'conditional requests',
  'x-request-id is missing': 'items',
  'the next cursor is missing': 'pages',
  'the next cursor repeats the last item': 'pages',
  'a user has a property less than in the list': 'items',
  'a null is left out': 'items',
  'ids are found in any case': 'unknown ids',
  'encoded ids are unknown': 'items',
  'an unknown parameter is refused': 'invalid parameters',
  'an unknown path is an empty list': 'unknown ids',
  'a cursor skips one after a removal': 'writes',
  'a removed user is still there': 'writes',
  'a second removal succeeds': 'writes',
  'the roles of a removed user are still there': 'writes',
  'a change is forgotten': 'writes',
  'a change answers with the user before it': 'writes',
  'a change with an invalid role is accepted': 'writes',
  'a change of an unknown user is accepted': 'writes',
  'an assignment needs no role': 'writes',
  'an assignment is forgotten': 'writes',
  'a page skips an item without a name': 'pages',
  'the limit is ignored after the first page': 'pages',
  'emails are compared with case': 'filters',
  'the emails filter matches parts': 'filters',
  'a user without an email is found by any filter': 'filters',
  'order=desc has another has_more': 'orders',
  'a limit that is not a number is the default': 'invalid parameters',
  'a role is a 404 that its list has': 'items',
  'an error has the status 422': 'invalid parameters',
  'HEAD of an unknown user is a 200': 'HEAD',
  'numbers are texts': 'items',
  'the wrong key sees an empty list': 'credentials',
  'an empty cursor is refused': 'cursors',
  'a change of one property forgets the others': 'writes',
  'a removal removes the user after it as well': 'writes',
  'a removal answers with deleted: false': 'writes',
  'a null in a change is ignored': 'writes',
  'the last user cannot be removed': 'writes',
  'an assignment is listed twice': 'writes',
};

describe('compared with its copy, an independent server', () => {
  test('has equal behaviors, and gets GET and HEAD requests alone', async () => {
    const { behaviors, requests } = await compareIndependent({});
    expect(notEqual(behaviors)).toEqual([]);
    expect(behaviors.length).toBeGreaterThan(150);
    const asked = new Set(behaviors.map(({ area }) => area));
    expect(asked.add('writes')).toEqual(new Set(Object.values(areas)));
    expect(requests.filter((one) => !/^(?:GET|HEAD) /.test(one))).toEqual([]);
  });

  test('has equal behaviors when both are changed', async () => {
    const { behaviors } = await compareIndependent({ area: 'writes' });
    expect(notEqual(behaviors)).toEqual([]);
    expect(behaviors.length).toBeGreaterThan(20);
  });

  // Both are mistakes in the data, which a copy takes over: an earlier copy has it as it was.
  const inData: readonly Mutant[] = ['the order is reversed', 'a null is left out'];
  test.each(mutants)('with a mistake differs: %s', async (mutant) => {
    const isEarlierCopy = inData.includes(mutant);
    const { behaviors } = await compareIndependent({ mutant, area: areas[mutant], isEarlierCopy });
    expect(notEqual(behaviors)).not.toEqual([]);
    expect(notEqual(behaviors)[0]?.result).toBe('different');
  });
});

/** Compares a mock with another one of the same data. */
async function compareMocks(api: API, options: LoadedServerOptions) {
  const anyKeys = new Map([...keyVariables(api).keys()].map((scheme) => [scheme, 'any-key']));
  await using original = await startMock(options);
  const server = new Server('server', original.url, anyKeys);
  const found = await survey(api, server);
  await using copy = await startMock({
    ...options,
    data: servableDataOf(api, found),
    faults: [],
  } as LoadedServerOptions);
  const questions = questionsOf(api, found);
  return await compare(questions, server, new Server('copy', copy.url, anyKeys));
}

test('numbered pages and integer ids of another document are compared', async () => {
  const api = await loadAPI(library);
  const behaviors = await compareMocks(api.api, { api, data: { books: 25 } });
  expect(notEqual(behaviors)).toEqual([]);
});

test('a server that answers 429 at times is asked again', async () => {
  const faults = [{ status: 429, retryAfter: 0, times: 3 }] as const;
  const api = await loadAPI(library);
  const behaviors = await compareMocks(api.api, { api, data: { books: 3 }, faults });
  expect(notEqual(behaviors)).toEqual([]);
});

test('an answer that is another one each time is "changed", not "different"', async () => {
  await using original = await startIndependentServer(users, roles);
  const server = new Server('server', original.url, keys);
  const found = await survey(ownAPI, server);
  await using copy = await startMock({ data: servableDataOf(ownAPI, found) } as ServerOptions);
  const [question] = questionsOf(ownAPI, found).filter(({ area }) => area === 'items');
  const restless = new Server('server', original.url, keys);
  let count = 0;
  restless.ask = async (...parts) => {
    const answer = await server.ask(...parts);
    count += 1;
    return { ...answer, body: { ...(answer.body as object), name: `Name ${count}` } };
  };
  const behaviors = await compare(
    question ? [question] : [],
    restless,
    new Server('copy', copy.url, keys),
  );
  expect(behaviors.map(({ result }) => result)).toEqual(['changed']);
});
