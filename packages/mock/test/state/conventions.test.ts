import { expect, test } from 'vitest';
import { createMock, type LoadedMock, loadAPI } from '../../src/index.ts';
import { type AnyBody, bodyOf } from '../support/ask.ts';

// Conventions of frameworks and well-known APIs.

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const listOf = (items: object) => ({ type: 'array', items });
const json = (schema: object, more: object = {}) => ({
  description: 'OK',
  content: { 'application/json': { schema } },
  ...more,
});
const takes = (schema: object) => ({
  requestBody: { content: { 'application/json': { schema } } },
});
const inPath = (name: string, schema: object = text) => ({
  name,
  in: 'path',
  required: true,
  schema,
});
const inQuery = (name: string, schema: object = text) => ({ name, in: 'query', schema });

async function mockOf(paths: object): Promise<LoadedMock> {
  const info = { title: 'Things', version: '1' };
  return createMock({ api: await loadAPI({ openapi: '3.1.0', info, paths }) });
}

async function ask(mock: LoadedMock, target: string, body?: object) {
  const [method = '', path = ''] = target.split(' ');
  const headers = { 'content-type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await mock.fetch(`http://mock.test${path}`, init);
  expect(mock.requests.at(-1)?.validations.filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  const { status } = response;
  const content = await response.text();
  const parsed: AnyBody = content === '' ? undefined : JSON.parse(content);
  return { status, headers: response.headers, body: parsed };
}

test('a property that a body writes in another case is stored', async () => {
  const call = object({ sid: text, to_number: text, account_sid: text, status: text });
  const input = object({ ToNumber: text, Status: text }, ['ToNumber']);
  const mock = await mockOf({
    '/accounts/{AccountSid}/calls': {
      parameters: [inPath('AccountSid')],
      get: {
        parameters: [inQuery('Status')],
        responses: { 200: json(object({ calls: { type: 'array', items: call } })) },
      },
      post: { ...takes(input), responses: { 201: json(call) } },
    },
    '/accounts/{AccountSid}/calls/{Sid}': {
      parameters: [inPath('AccountSid'), inPath('Sid')],
      post: { ...takes(input), responses: { 200: json(call) } },
    },
  });
  const sent = { ToNumber: '+1', Status: 'busy' };
  const { body } = await ask(mock, 'POST /accounts/AC1/calls', sent);
  expect(body).toMatchObject({ to_number: '+1', status: 'busy', account_sid: 'AC1' });
  await ask(mock, `POST /accounts/AC1/calls/${body.sid}`, { ToNumber: '+2' });
  const listed = await ask(mock, 'GET /accounts/AC1/calls?Status=busy');
  expect(listed.body.calls).toEqual([{ ...body, to_number: '+2' }]);
});

test('filters are found whatever their case, and in brackets', async () => {
  const user = object({ id: integer, role: { enum: ['admin', 'reader'] }, teamId: integer });
  const mock = await mockOf({
    '/users': {
      get: {
        parameters: [inQuery('filter[role]'), inQuery('TeamId', integer)],
        responses: { 200: json({ type: 'array', items: user }) },
      },
      post: { ...takes(user), responses: { 201: json(user) } },
    },
  });
  const made = (await ask(mock, 'POST /users', { id: 900, role: 'admin', teamId: -7 })).body;
  expect((await ask(mock, 'GET /users?TeamId=-7')).body).toEqual([made]);
  const admins: AnyBody[] = (await ask(mock, 'GET /users?filter[role]=admin')).body;
  expect(new Set(admins.map(({ role }) => role))).toEqual(new Set(['admin']));
});

test('a filter has its default, and `all` filters nothing', async () => {
  const issue = object({ number: integer, id: integer, state: text });
  const mock = await mockOf({
    '/issues': {
      get: {
        parameters: [inQuery('state', { enum: ['open', 'closed', 'all'], default: 'open' })],
        responses: { 200: json({ type: 'array', items: issue }) },
      },
      post: { ...takes(object({ state: text })), responses: { 201: json(issue) } },
    },
    '/issues/{issue_number}': {
      parameters: [inPath('issue_number', integer)],
      get: { responses: { 200: json(issue) } },
    },
  });
  const open = (await ask(mock, 'POST /issues', { state: 'open' })).body;
  const closed = (await ask(mock, 'POST /issues', { state: 'closed' })).body;
  expect((await ask(mock, 'GET /issues')).body).toEqual([open]);
  expect((await ask(mock, 'GET /issues?state=closed')).body).toEqual([closed]);
  expect((await ask(mock, 'GET /issues?state=all')).body.length).toBeGreaterThan(2);
  expect((await ask(mock, `GET /issues/${open.number}`)).body).toEqual(open);
});

test.each<[string, object, unknown]>([
  ['zero', integer, 0],
  ['an empty text', text, ''],
  ['the empty UUID', { type: 'string', format: 'uuid' }, '00000000-0000-0000-0000-000000000000'],
])('an id that is not set is generated: %s', async (_, id, unset) => {
  const todo = object({ id, name: text });
  const mock = await mockOf({
    '/todos': {
      get: { responses: { 200: json({ type: 'array', items: todo }) } },
      post: { ...takes(todo), responses: { 201: json(todo) } },
    },
  });
  const ids = [];
  for (let i = 0; i < 2; i += 1)
    ids.push((await ask(mock, 'POST /todos', { id: unset, name: 'x' })).body.id);
  expect(new Set([...ids, unset]).size).toBe(3);
});

test('what is read-only is ignored in a request', async () => {
  const readOnly = { readOnly: true };
  const properties = { id: { ...integer, ...readOnly }, url: { ...text, ...readOnly }, name: text };
  const author = { ...object(properties, ['name']), additionalProperties: false };
  const item = { ...takes(author), responses: { 200: json(author) } };
  const mock = await mockOf({
    '/authors': {
      get: { responses: { 200: json({ type: 'array', items: author }) } },
      post: { ...takes(author), responses: { 201: json(author) } },
    },
    '/authors/{id}': { parameters: [inPath('id', integer)], get: item, put: item },
  });
  const { body } = await ask(mock, 'POST /authors', { id: 1, url: 'mine', name: 'x' });
  expect(body).toMatchObject({ id: 101, name: 'x' });
  expect(body.url).not.toBe('mine');
  const changed = await ask(mock, 'PUT /authors/101', { ...body, url: 'mine', name: 'y' });
  expect(changed.body).toEqual({ ...body, name: 'y' });
});

test('an item keeps its id when it is replaced, though the schema does not require it', async () => {
  const product = object({ id: integer, name: text }, []);
  const item = { ...takes(product), responses: { 200: json(product) } };
  const mock = await mockOf({
    '/products': { get: { responses: { 200: json({ type: 'array', items: product }) } } },
    '/products/{id}': { parameters: [inPath('id', integer)], get: item, put: item },
  });
  expect((await ask(mock, 'PUT /products/1', { name: 'y' })).body).toEqual({ id: 1, name: 'y' });
});

test('a change of an item that does not exist adds it if the document has a 201 for that', async () => {
  const widget = object({ name: text, size: integer });
  const change = takes(object({ size: integer }));
  const trace = { 'X-Trace': { required: true, schema: text } };
  const mock = await mockOf({
    '/widgets': { get: { responses: { 200: json({ type: 'array', items: widget }) } } },
    '/widgets/{widgetName}': {
      parameters: [inPath('widgetName')],
      get: { responses: { 200: json(widget) } },
      put: { ...change, responses: { 200: json(widget), 201: json(widget, { headers: trace }) } },
      patch: { ...change, responses: { 200: json(widget) } },
    },
  });
  expect((await ask(mock, 'PATCH /widgets/mine', { size: 1 })).status).toBe(404);
  const added = await ask(mock, 'PUT /widgets/mine', { size: 2 });
  expect([added.status, added.body]).toEqual([201, { name: 'mine', size: 2 }]);
  expect((await ask(mock, 'PUT /widgets/mine', { size: 3 })).status).toBe(200);
  expect((await ask(mock, 'GET /widgets/mine')).body).toEqual({ name: 'mine', size: 3 });
});

test('the example of a header that may be missing does not lead to another page', async () => {
  const license = (schema: object) => ({ ...object({ name: text, spdx: schema }, ['name']) });
  const repository = (spdx: object) => object({ name: text, license: license(spdx) });
  const whole = { allOf: [repository({ type: ['string', 'null'] }), object({ size: integer })] };
  const summary = repository({ type: 'string' });
  const Link = { schema: text, example: '<https://api.test/other?page=2>; rel="next"' };
  const example = { content: { 'application/json': { example: [], schema: listOf(summary) } } };
  const mock = await mockOf({
    '/repos': {
      get: {
        parameters: [inQuery('page', integer), inQuery('per_page', integer)],
        responses: { 200: { description: 'OK', headers: { Link }, ...example } },
      },
      post: { ...takes(whole), responses: { 201: json(whole) } },
    },
    '/repos/{name}': { parameters: [inPath('name')], get: { responses: { 200: json(whole) } } },
  });
  // What a list cannot show is left out of its items, and the list remains that of the mock.
  const created = { name: 'mine', size: 3, license: { name: 'MIT', spdx: null } };
  await ask(mock, 'POST /repos', created);
  const last = await ask(mock, 'GET /repos?per_page=200');
  expect(last.headers.get('link')).toBeNull();
  expect(last.body.at(-1)).toEqual({ name: 'mine', license: { name: 'MIT' } });
});

test('the journal says that a response is an example because the item does not fit', async () => {
  const whole = object({ name: text, size: integer });
  const example = { name: 'an-example' };
  const shown = { ...object({ name: text, size: integer }, []), maxProperties: 1 };
  const content = { 'application/json': { example, schema: shown } };
  const mock = await mockOf({
    '/shirts': {
      get: { responses: { 200: json(listOf(whole)) } },
      post: { ...takes(whole), responses: { 201: { description: 'OK', content } } },
    },
    '/shirts/{name}': { parameters: [inPath('name')], get: { responses: { 200: json(whole) } } },
  });
  expect((await ask(mock, 'POST /shirts', { name: 'mine', size: 3 })).body).toEqual(example);
  expect(mock.requests.at(-1)?.validations.map(({ message }) => message)).toEqual([
    expect.stringContaining("The response is an example of the document, because the mock's own"),
  ]);
});

test('an item whose properties have other types where it is read is the same item', async () => {
  const properties = { id: text, name: text, files: object({}), url: text };
  const base = object({ ...properties, user: object({ login: text }) });
  const whole = object({ ...properties, user: text, history: { type: 'array', items: text } });
  const mock = await mockOf({
    '/gists': {
      get: { responses: { 200: json(listOf(base)) } },
      post: { ...takes(object({ name: text })), responses: { 201: json(whole) } },
    },
    '/gists/{gist_id}': {
      parameters: [inPath('gist_id')],
      get: { responses: { 200: json(whole) } },
      patch: { ...takes(object({ name: text })), responses: { 200: json(whole) } },
      delete: { responses: { 204: { description: 'OK' } } },
    },
  });
  const { id } = (await ask(mock, 'POST /gists', { name: 'a' })).body;
  expect((await ask(mock, `GET /gists/${id}`)).body).toMatchObject({ id, name: 'a' });
  expect((await ask(mock, `PATCH /gists/${id}`, { name: 'b' })).body).toMatchObject({ name: 'b' });
  expect((await ask(mock, 'GET /gists')).body.at(-1)).toMatchObject({ id, name: 'b' });
  expect((await ask(mock, `DELETE /gists/${id}`)).status).toBe(204);
  expect((await ask(mock, `GET /gists/${id}`)).status).toBe(404);
});

test('a list of every scope has the items of a thousand owners', async () => {
  const repository = object({ name: text });
  const owner = object({ login: text });
  const get = { responses: { 200: json(repository) } };
  const removed = { delete: { responses: { 204: { description: 'OK' } } } };
  const page = object({ total: integer, items: listOf(repository) });
  const mock = createMock({
    data: { users: 1000 },
    api: await loadAPI({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: {
        '/users': { get: { responses: { 200: json(listOf(owner)) } } },
        '/users/{login}': {
          parameters: [inPath('login')],
          get: { responses: { 200: json(owner) } },
          ...removed,
        },
        '/users/{login}/repos': {
          parameters: [inPath('login')],
          get: { responses: { 200: json(listOf(repository)) } },
          post: { ...takes(object({ name: text })), responses: { 201: json(repository) } },
        },
        '/users/{login}/repos/{name}': {
          parameters: [inPath('login'), inPath('name')],
          get,
          ...removed,
        },
        '/repos': {
          get: {
            parameters: [inQuery('page', integer), inQuery('per_page', integer)],
            responses: { 200: json(page) },
          },
        },
      },
    }),
  });
  const last = async () => {
    const { total } = (await ask(mock, 'GET /repos?per_page=1')).body;
    const { items } = (await ask(mock, `GET /repos?per_page=1&page=${total}`)).body;
    return [total, items[0]];
  };
  expect((await last())[0]).toBe(3000);
  const login = String(mock.data['users']?.list().at(-1)?.['login']);
  await ask(mock, `POST /users/${login}/repos`, { name: 'mine' });
  expect(await last()).toEqual([3001, { name: 'mine' }]);
  await ask(mock, `DELETE /users/${login}/repos/mine`);
  expect((await last())[0]).toBe(3000);
  await ask(mock, `DELETE /users/${login}`);
  expect((await last())[0]).toBe(2997);
});

test('the default of a filter that may be any text does not filter', async () => {
  const deployment = object({ id: integer, ref: text, state: text });
  const state = { type: 'string', enum: ['open', 'closed', 'all'], default: 'open' };
  const mock = await mockOf({
    '/deployments': {
      get: {
        parameters: [inQuery('ref', { ...text, default: 'none' }), inQuery('state', state)],
        responses: { 200: json(listOf(deployment)) },
      },
      post: { ...takes(deployment), responses: { 201: json(deployment) } },
    },
    '/deployments/{id}': {
      parameters: [inPath('id', integer)],
      get: { responses: { 200: json(deployment) } },
    },
  });
  const { data } = mock;
  const before = data['deployments']?.size ?? 0;
  await ask(mock, 'POST /deployments', { id: 1001, ref: 'main', state: 'open' });
  await ask(mock, 'POST /deployments', { id: 1002, ref: 'main', state: 'closed' });
  const ids = (await ask(mock, 'GET /deployments')).body.map(({ id }: AnyBody) => id);
  expect(ids).toContain(1001);
  expect(ids).not.toContain(1002);
  expect((await ask(mock, 'GET /deployments?state=all')).body).toHaveLength(before + 2);
});

test('the items of a number are not those of a name', async () => {
  const repository = object({ name: text, owner: object({ login: text }) });
  const get = { responses: { 200: json(repository) } };
  const list = (name: string, schema: object) => ({
    parameters: [inPath(name, schema)],
    get: { responses: { 200: json(listOf(repository)) } },
    post: { ...takes(object({ name: text })), responses: { 201: json(repository) } },
  });
  const mock = await mockOf({
    '/repos/{owner}/{repo}': { parameters: [inPath('owner'), inPath('repo')], get, patch: get },
    '/orgs/{org}/repos': list('org', text),
    '/teams/{team_id}/repos': list('team_id', integer),
  });
  await ask(mock, 'POST /orgs/7/repos', { name: 'mine' });
  expect((await ask(mock, 'GET /orgs/7/repos')).body.map(({ name }: AnyBody) => name)).toContain(
    'mine',
  );
  expect(
    (await ask(mock, 'GET /teams/7/repos')).body.map(({ name }: AnyBody) => name),
  ).not.toContain('mine');
});

test.each([
  ['/things', '/things/{id}', '/things/'],
  ['/things/', '/things/{id}/', '/things/'],
  ['/things.json', '/things/{id}.json', '/things/'],
])('the header Location of a create leads to the item: %s', async (list, item) => {
  const thing = object({ id: integer, name: text });
  const headers = {
    Location: { schema: { ...text, format: 'uri' } },
    'X-Trace': { required: true, schema: text },
  };
  const mock = await mockOf({
    [list]: {
      get: { responses: { 200: json({ type: 'array', items: thing }) } },
      post: { ...takes(object({ name: text })), responses: { 201: json(thing, { headers }) } },
    },
    [item]: { parameters: [inPath('id', integer)], get: { responses: { 200: json(thing) } } },
  });
  const created = await ask(mock, `POST ${list}`, { name: 'x' });
  const location = created.headers.get('location') ?? '';
  expect(created.headers.get('x-trace')).not.toBeNull();
  expect(await bodyOf(await mock.fetch(location))).toEqual(created.body);
});

test('the header Location of a PUT that adds an item is its own address', async () => {
  const thing = object({ id: text, name: text });
  const added = json(thing, { headers: { Location: { schema: text } } });
  const mock = await mockOf({
    '/things': { get: { responses: { 200: json({ type: 'array', items: thing }) } } },
    '/things/{id}': {
      parameters: [inPath('id', text)],
      get: { responses: { 200: json(thing) } },
      put: { ...takes(thing), responses: { 200: json(thing), 201: added } },
    },
  });
  const { status, headers } = await ask(mock, 'PUT /things/a%20b', { id: 'a b', name: 'x' });
  expect([status, headers.get('location')]).toEqual([201, 'http://mock.test/things/a%20b']);
});

test.each<[string, object, object, (body: AnyBody) => string | undefined]>([
  ['an offset', { offset: integer }, { total: integer }, (body) => `offset=${body.seen}`],
  ['a number', { page: integer }, {}, (body) => `page=${body.pages + 1}`],
  [
    'a token',
    { cursor: text },
    { next_cursor: text },
    ({ next_cursor: next }) => next && `cursor=${next}`,
  ],
  [
    'a token in an object',
    { page: text },
    { next: object({ page: text }) },
    ({ next }) => next?.page && `page=${next.page}`,
  ],
  [
    'a token two objects deep',
    { starting_after: text },
    { paging: object({ next: object({ starting_after: text }) }) },
    ({ paging: { next } }) => next?.starting_after && `starting_after=${next.starting_after}`,
  ],
  [
    'the next offset',
    { offset: integer },
    { next_offset: { ...integer, nullable: true } },
    ({ next_offset: next }) => next && `offset=${next}`,
  ],
  ['pages to pass over', { SkipPages: integer }, {}, (body) => `SkipPages=${body.pages}`],
])('a list without ids ends, asked by %s', async (_, query, more, next) => {
  const event = object({ at: text, kind: text });
  const events = { type: 'array', items: event };
  const mock = await mockOf({
    '/events': {
      get: {
        'x-mock': { seed: 45 },
        parameters: Object.entries(query).map(([name, schema]) => inQuery(name, schema)),
        responses: { 200: json(object({ events, ...more })) },
      },
    },
  });
  let [seen, pages, search] = [0, 0, ''];
  for (;;) {
    const { body } = await ask(mock, `GET /events?${search}`);
    seen += body.events.length;
    pages += 1;
    const following = next({ ...body, seen, pages });
    if (body.events.length === 0 || following === undefined || pages > 10) break;
    if (!following) break;
    search = following;
  }
  expect(seen).toBe(45);
});

test.each<[string, object, object, object]>([
  ['a number', { page: integer }, {}, {}],
  ['an offset', { offset: integer }, { total: integer }, { total: 1 }],
  ['a token', { cursor: text }, { next_cursor: text }, {}],
  ['a token that must be there', { cursor: text }, { next: text }, { next: '' }],
  ['a token in an object', { page: text }, { next: object({ page: text }) }, {}],
  ['a flag', { page: integer }, { has_more: { type: 'boolean' } }, { has_more: false }],
])('a list of texts is one page, asked by %s', async (_, query, more, end) => {
  const [name = ''] = Object.keys(query);
  const data = { type: 'array', items: { ...text, enum: ['a'] } };
  const required = ['data', ...Object.keys(end)];
  const get = {
    parameters: Object.entries(query).map(([key, schema]) => inQuery(key, schema)),
    responses: { 200: json(object({ data, ...more }, required)) },
  };
  const mock = await mockOf({ '/tags': { get } });
  expect((await ask(mock, 'GET /tags')).body).toEqual({ data: ['a'], ...end });
  expect((await ask(mock, `GET /tags?${name}=2`)).body).toEqual({ data: [], ...end });
  expect(mock.requests.flatMap(({ validations }) => validations)).toEqual([]);
});

test.each([
  ['values', { enum: ['de', 'fr'] }],
  ['pattern', { pattern: '^[a-z]{2}-[A-Z]{2}$' }],
])('the names of a map have the %s that the document gives them', async (_, propertyNames) => {
  const titles = { type: 'object', propertyNames, additionalProperties: text };
  const page = object({ id: integer, titles });
  const mock = await mockOf({
    '/pages': { get: { responses: { 200: json({ type: 'array', items: page }) } } },
  });
  const { body } = await ask(mock, 'GET /pages');
  expect(body.some((one: AnyBody) => Object.keys(one.titles).length > 0)).toBe(true);
  expect(mock.requests[0]?.validations).toEqual([]);
});

test('an id that has a pattern with single letters in brackets is generated', async () => {
  const channel = object({ id: { ...text, pattern: '^[C][A-Z0-9]{2,}$' } });
  const mock = await mockOf({
    '/channels': { get: { responses: { 200: json({ type: 'array', items: channel }) } } },
  });
  expect((await ask(mock, 'GET /channels')).body[0].id).toMatch(/^C[A-Z0-9]{2,}$/);
});

test('the keys of OData name items', async () => {
  const person = object({ UserName: text, Age: integer });
  const trip = object({ id: integer });
  const mock = await mockOf({
    '/People': {
      get: { responses: { 200: json(object({ value: { type: 'array', items: person } })) } },
      post: { ...takes(person), responses: { 201: json(person) } },
    },
    "/People('{UserName}')": {
      parameters: [inPath('UserName')],
      get: { responses: { 200: json(person) } },
      delete: { responses: { 204: { description: 'Deleted' } } },
    },
    "/People('{UserName}')/Trips": {
      parameters: [inPath('UserName')],
      get: { responses: { 200: json(object({ value: { type: 'array', items: trip } })) } },
    },
  });
  const russ = { UserName: 'russ', Age: 5 };
  await ask(mock, 'POST /People', russ);
  expect((await ask(mock, "GET /People('russ')")).body).toEqual(russ);
  expect((await ask(mock, "GET /People('russ')/Trips")).body.value).toEqual([]);
  await ask(mock, "DELETE /People('russ')");
  expect((await ask(mock, "GET /People('russ')")).status).toBe(404);
  expect((await ask(mock, "GET /People('russ')/Trips")).status).toBe(404);
});

test('numbers name scopes and items of a collection', async () => {
  const part = object({ id: integer });
  const list = { get: { responses: { 200: json({ type: 'array', items: part }) } } };
  const item = { parameters: [inPath('id', integer)], get: { responses: { 200: json(part) } } };
  const mock = await mockOf({
    '/things': list,
    '/things/{id}': item,
    '/things/{thing_id}/parts': { parameters: [inPath('thing_id', integer)], ...list },
  });
  const [first] = mock.data['things.parts']?.list({ thing_id: 1 }) ?? [];
  expect(first).toEqual({ id: 1 });
  expect(mock.data['things.parts']?.list({ thing_id: 1000 })).toEqual([]);
});

test('a list whose items no path can name ends, and what is below an item is there', async () => {
  const widget = object({ frame: object({ label: text }), size: integer });
  const list = object({ items: { type: 'array', items: widget }, continue: text }, ['items']);
  const part = object({ id: integer });
  const mock = await mockOf({
    '/widgets': {
      get: {
        parameters: [inQuery('continue'), inQuery('limit', integer)],
        responses: { 200: json(list) },
      },
      post: { ...takes(widget), responses: { 201: json(widget) } },
    },
    '/widgets/{name}': { parameters: [inPath('name')], get: { responses: { 200: json(widget) } } },
    '/widgets/{name}/parts': {
      parameters: [inPath('name')],
      get: { responses: { 200: json({ type: 'array', items: part }) } },
    },
  });
  let next = '';
  let seen = 0;
  for (let page = 0; page < 4 && (page === 0 || next); page += 1) {
    const { body } = await ask(mock, `GET /widgets?limit=40&continue=${next}`);
    seen += body.items.length;
    next = body.continue ?? '';
  }
  expect([seen, next]).toEqual([100, '']);
  expect((await ask(mock, 'POST /widgets', { frame: { label: 'a' }, size: 1 })).status).toBe(201);
  expect((await ask(mock, 'GET /widgets/a')).status).toBe(200);
  expect((await ask(mock, 'GET /widgets/a/parts')).body).toHaveLength(3);
});

test('a JSON Patch changes an item, or is refused', async () => {
  const tags = { type: 'array', items: text };
  const thing = object({ id: integer, name: text, tags, note: text }, ['id', 'name']);
  const patch = { type: 'array', items: { type: 'object' } };
  const content = {
    'application/json-patch+json': { schema: patch },
    'application/merge-patch+json': { schema: { ...thing, required: [] } },
  };
  const mock = await mockOf({
    '/things': { get: { responses: { 200: json({ type: 'array', items: thing }) } } },
    '/things/{id}': {
      parameters: [inPath('id', integer)],
      get: { responses: { 200: json(thing) } },
      patch: { requestBody: { content }, responses: { 200: json(thing) } },
    },
  });
  const send = async (type: string, body: unknown) => {
    const headers = { 'content-type': `application/${type}+json` };
    return mock.fetch('/things/1', { method: 'PATCH', headers, body: JSON.stringify(body) });
  };
  await send('merge-patch', { name: 'a', tags: ['x', 'y'], note: 'n' });
  const steps = [
    { op: 'test', path: '/name', value: 'a' },
    { op: 'replace', path: '/name', value: 'b' },
    { op: 'add', path: '/tags/-', value: 'z' },
    { op: 'add', path: '/tags/0', value: 'w' },
    { op: 'remove', path: '/tags/1' },
    { op: 'move', from: '/note', path: '/tags/0' },
    { op: 'copy', from: '/name', path: '/note' },
    { op: 'replace', path: '/id', value: 7 },
  ];
  const changed = { id: 1, name: 'b', tags: ['n', 'w', 'y', 'z'], note: 'b' };
  expect(await bodyOf(await send('json-patch', steps))).toEqual(changed);
  for (const step of [
    { op: 'test', path: '/name', value: 'a' },
    { op: 'remove', path: '/none' },
    { op: 'remove', path: '/tags/length' },
    { op: 'add', path: '/none/0', value: 1 },
    { op: 'add', path: '/tags/9', value: 'x' },
    { op: 'replace', path: '/name', value: 5 },
    { op: 'replace', path: '', value: [] },
    { op: 'copy', path: '/name', from: '/none' },
    { op: 'other', path: '/name' },
  ]) {
    expect([step, (await send('json-patch', [step])).status]).toEqual([step, 400]);
  }
  expect((await ask(mock, 'GET /things/1')).body).toEqual(changed);
});

test('text/json is JSON', async () => {
  const thing = object({ id: integer, name: text }, ['name']);
  const content = { 'application/json': { schema: thing }, 'text/json': { schema: thing } };
  const mock = await mockOf({
    '/things': {
      get: { responses: { 200: json({ type: 'array', items: thing }) } },
      post: { requestBody: { content }, responses: { 201: json(thing) } },
    },
  });
  const headers = { 'content-type': 'text/json; charset=utf-8' };
  const init = { method: 'POST', headers, body: '{"name":"x"}' };
  expect(await bodyOf(await mock.fetch('/things', init))).toMatchObject({ name: 'x' });
});
