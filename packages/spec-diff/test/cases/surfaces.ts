import { documentOf } from '../support/documents.ts';
import { addition, breaking, type Row } from '../support/meanings.ts';
import { deletion, usersAPI } from '../support/users.ts';

const text = { type: 'string' };
const users = usersAPI();
const { '/users': _, ...onlyItems } = users.paths;
const people = JSON.parse(
  JSON.stringify(users)
    .replaceAll('schemas/User', 'schemas/Person')
    .replaceAll('"User":', '"Person":'),
) as object;
const requestBody = {
  required: true,
  content: {
    'application/json': {
      schema: { type: 'object', required: ['why'], properties: { why: text } },
    },
  },
};
const named = (client: object) => ({ ...users, 'x-client': client });
const answering = (content: object) =>
  documentOf({ responses: { 200: { description: 'ok', content } } });
const nested = (parent: string, last = '{id}') => {
  const parameters = [parent, last.slice(1, -1)].map((name) => ({
    ...{ name, in: 'path', required: true, schema: text },
  }));
  const responses = { 200: { description: 'ok' } };
  const get = { operationId: 'things.items.retrieve', parameters, responses };
  return documentOf({}, { paths: { [`/things/{${parent}}/items/${last}`]: { get } } });
};

const listed = (parameters: object[], more: object = {}) => {
  const { get } = users.paths['/users'];
  const list = { get: { ...get, parameters, ...more } };
  return { ...users, paths: { ...users.paths, '/users': list } };
};

/** What a change of the document means for the client's methods and for the mock. */
export const surfacesRows: readonly Row[] = [
  [
    'an operation comes with its method',
    users,
    usersAPI({ more: deletion }),
    addition,
    breaking,
    'client.users.delete',
  ],
  [
    "a method's arguments get a body",
    usersAPI({ more: deletion }),
    usersAPI({ more: { delete: { ...deletion.delete, requestBody } } }),
    breaking,
    breaking,
    'client.users.delete',
  ],
  [
    'a named path parameter is renamed',
    nested('thing_id'),
    nested('parent_id'),
    breaking,
    breaking,
    'client.things.items.retrieve',
  ],
  [
    'an argument of a method gets another name',
    listed([{ name: 'q', in: 'query', schema: text }]),
    listed([{ name: 'q', in: 'query', schema: text, 'x-client': { argument: 'search' } }]),
    breaking,
    breaking,
    'client.users.list',
  ],
  [
    'an operation is left out of the client',
    users,
    listed(users.paths['/users'].get.parameters, { 'x-client': { ignore: true } }),
    breaking,
    addition,
    'client.users.list',
  ],
  [
    'a list takes a query, where programs may pass request options',
    listed([]),
    listed([{ name: 'q', in: 'query', schema: text }]),
    addition,
    breaking,
    'GET /users › query › q',
  ],
  ["a method's result has another type", users, people, breaking, breaking, 'client.users.list'],
  [
    'the class of the client gets another name',
    named({ name: 'TeamClient' }),
    named({ name: 'OrgClient' }),
    breaking,
    breaking,
    'TeamClient',
  ],
  [
    'an alias of the class of the client changes',
    named({ name: 'OrgClient', aliases: ['Org'] }),
    named({ name: 'OrgClient', aliases: ['Team'] }),
    breaking,
    breaking,
    'Org',
  ],
  [
    'an option of the client goes',
    named({ name: 'OrgClient', headers: { team: { name: 'x-team' } } }),
    named({ name: 'OrgClient' }),
    breaking,
    addition,
    'OrgClient › team',
  ],
  [
    'the variables of the client get another prefix',
    named({ name: 'OrgClient', env: 'ACME' }),
    named({ name: 'OrgClient', env: 'OTHER' }),
    breaking,
    breaking,
    'OrgClient',
  ],
  [
    'the variable of an option of the client changes',
    named({ name: 'OrgClient', headers: { team: { name: 'x-team', env: 'ACME_TEAM' } } }),
    named({ name: 'OrgClient', headers: { team: { name: 'x-team', env: 'TEAM' } } }),
    breaking,
    breaking,
    'OrgClient › team',
  ],
  [
    'a schema takes the name of arguments',
    users,
    {
      ...users,
      components: { schemas: { ...users.components.schemas, UserListParams: { type: 'object' } } },
    },
    breaking,
    breaking,
    'client.users.list',
  ],
  [
    'an object may also be had as CSV',
    answering({ 'application/json': { schema: { type: 'object', properties: { a: text } } } }),
    answering({
      'application/json': { schema: { type: 'object', properties: { a: text } } },
      'text/csv': { schema: text },
    }),
    breaking,
    breaking,
    'createFetchClient › GET /things',
  ],
  [
    'the first argument of a method gets another name',
    nested('thing_id', '{user_id}'),
    nested('thing_id', '{id}'),
    breaking,
    breaking,
    'GET /things/{thing_id}/items/{user_id} › path › user_id',
  ],
  [
    'a list comes, so that the mock keeps a collection',
    { ...users, paths: onlyItems },
    users,
    addition,
    breaking,
    'data › users',
  ],
];
