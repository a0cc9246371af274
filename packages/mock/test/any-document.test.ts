import { describe, expect, test } from 'vitest';
import { createCore } from '../src/core.ts';
import { createFetch } from '../src/http/fetch.ts';
import type { MockOptions } from '../src/options.ts';
import { apiOf } from './support/api-of.ts';
import { type AnyBody, bodyOf } from './support/ask.ts';

// What the document says, and this repository's does not.
const text = { type: 'string' };
const json = (schema: object, example?: unknown, mediaType = 'application/json') => ({
  content: { [mediaType]: { schema, ...(example === undefined ? {} : { example }) } },
});
const pet = {
  type: 'object',
  required: ['id', 'name', 'kind', 'age', 'tame', 'tags'],
  properties: {
    id: text,
    name: text,
    kind: { enum: ['cat', 'dog'] },
    age: { type: 'integer', minimum: 0, maximum: 3 },
    tame: { type: 'boolean' },
    tags: { type: 'array', items: { enum: ['red', 'old', 'small'] }, minItems: 1 },
  },
};
const inQuery = (name: string, schema: object) => ({ name, in: 'query', schema });
const object = (properties: object) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const page = {
  type: 'object',
  required: ['data'],
  properties: { data: { type: 'array', items: pet } },
};

async function mockOf(
  more: { errors?: object; [part: string]: unknown } = {},
  options: MockOptions = {},
) {
  const { errors = {}, ...rest } = more;
  const id = { name: 'pet_id', in: 'path', required: true, schema: text };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          operationId: 'pets.list',
          'x-mock': { seed: 40 },
          parameters: [
            inQuery('kind', { type: 'array', items: text }),
            { ...inQuery('tags', { type: 'array', items: text }), style: 'pipeDelimited' },
            { ...inQuery('name', { type: 'array', items: text }), explode: false },
            inQuery('age', { type: 'integer' }),
            inQuery('tame', { type: 'boolean' }),
            inQuery('colour', text),
            inQuery('limit', { type: 'integer', maximum: 100, default: 100 }),
          ],
          responses: { 200: { description: 'OK', ...json(page) }, ...errors },
        },
      },
      '/pets/{pet_id}': {
        parameters: [id],
        get: {
          operationId: 'pets.retrieve',
          responses: { 200: { description: 'OK', ...json(pet) }, ...errors },
        },
      },
    },
    ...rest,
  };
  const core = createCore(options, await apiOf(document));
  const fetch = createFetch(core);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(path, { headers });
    const body: AnyBody = await bodyOf(response);
    return { status: response.status, type: response.headers.get('content-type'), body };
  };
  return { core, get };
}

describe('a query parameter called like a property', () => {
  test.each<[string, (pet: AnyBody) => boolean]>([
    ['kind=dog', ({ kind }) => kind === 'dog'],
    ['age=2', ({ age }) => age === 2],
    ['tame=true', ({ tame }) => tame],
    ['tame=false&kind=cat', ({ tame, kind }) => !tame && kind === 'cat'],
    ['tags=old', ({ tags }) => tags.includes('old')],
    ['kind=dog&kind=cat', () => true],
    ['tags=red|old', ({ tags }) => tags.includes('red') || tags.includes('old')],
  ])('filters: %s', async (search, isWanted) => {
    const { get } = await mockOf();
    const all = (await get('/pets')).body.data;
    const found = (await get(`/pets?${search}`)).body.data;
    expect(found).toEqual(all.filter(isWanted));
    expect(found.length).toBeGreaterThan(0);
  });

  test('is one text with commas, where it does not explode', async () => {
    const { get } = await mockOf();
    const [one, two] = (await get('/pets')).body.data;
    const { body } = await get(`/pets?name=${encodeURIComponent(`${one.name},${two.name}`)}`);
    const names = body.data.map(({ name }: AnyBody) => name);
    expect(new Set(names)).toEqual(new Set([one.name, two.name]));
  });

  test('that is none of them has no effect, which the journal says', async () => {
    const { core, get } = await mockOf();
    const { body } = await get('/pets?colour=red&limit=3');
    expect(body.data).toHaveLength(3);
    expect(core.requests[0]?.validations).toEqual([
      {
        location: ['query', 'colour'],
        message: 'Request query parameter colour has no effect in the mock',
        severity: 'warning',
      },
    ]);
  });
});

describe('errors are those of the document', () => {
  const flat = {
    type: 'object',
    required: ['code', 'message'],
    additionalProperties: false,
    properties: { code: { type: 'integer' }, message: text },
  };
  const problem = {
    type: 'object',
    required: ['title', 'status'],
    properties: { title: text, status: { type: 'integer' }, detail: text },
  };
  const list = {
    type: 'object',
    required: ['errors'],
    properties: {
      errors: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['message'], properties: { message: text } },
      },
    },
  };
  const described = (response: object) => ({ default: { description: 'Error', ...response } });
  const sentence = 'No object with the id "none" exists.';

  test.each<[string, object, string, object]>([
    ['{ code, message }', json(flat), 'application/json', { code: 404, message: sentence }],
    [
      'problem details',
      json(problem, { title: 'Gone', status: 410, detail: 'x' }, 'application/problem+json'),
      'application/problem+json',
      { title: 'Request refused', status: 404, detail: sentence },
    ],
    ['a list', json(list), 'application/json', { errors: [{ message: sentence }] }],
    [
      'a list below another name',
      json({
        type: 'object',
        properties: {
          detail: {
            type: 'array',
            minItems: 1,
            items: { type: 'object', required: ['msg'], properties: { msg: text } },
          },
        },
      }),
      'application/json',
      { detail: [{ msg: sentence }] },
    ],
    ['a text', json(text, undefined, 'text/plain'), 'text/plain', {}],
  ])('%s', async (name, response, type, body) => {
    const { core, get } = await mockOf({ errors: described(response) });
    if (name === 'a text') {
      const answer = await createFetch(core)('/pets/none');
      expect([answer.status, await answer.text()]).toEqual([404, sentence]);
      return;
    }
    const answer = await get('/pets/none');
    expect(answer).toEqual({ status: 404, type, body });
    expect(core.requests[0]?.validations).toEqual([]);
  });

  test('and problem details where it has none', async () => {
    const { get } = await mockOf();
    expect(await get('/pets?age=old')).toMatchObject({
      status: 400,
      type: 'application/problem+json',
      body: { status: 400, detail: "Invalid 'age': must be integer.", param: 'age' },
    });
    expect((await get('/nothing')).body.detail).toContain('The API has no path "/nothing".');
  });

  test('of the control endpoints are always the same', async () => {
    const { get } = await mockOf({ errors: described(json(flat)) });
    const { status, body } = await get('/_mock/nothing');
    expect([status, body.error.type]).toEqual([404, 'invalid_request_error']);
  });
});

test('a document of springdoc has state: its responses are of any media type', async () => {
  const owner = {
    type: 'object',
    properties: { id: { type: 'integer', format: 'int64' }, firstName: text },
  };
  const count = { type: 'integer', format: 'int32' };
  const owners = {
    type: 'object',
    properties: {
      ...{ totalElements: count, totalPages: count, size: count, number: count },
      ...{ first: { type: 'boolean' }, last: { type: 'boolean' }, empty: { type: 'boolean' } },
      content: { type: 'array', items: owner },
    },
  };
  const any = (schema: object) => ({
    200: { description: 'OK', ...json(schema, undefined, '*/*') },
  });
  const document = {
    openapi: '3.0.1',
    info: { title: 'OpenAPI definition', version: 'v0' },
    paths: {
      '/api/owners': {
        get: {
          operationId: 'listOwners',
          parameters: [
            inQuery('page', { type: 'integer', minimum: 0 }),
            inQuery('size', { type: 'integer', minimum: 1 }),
          ],
          responses: any(owners),
        },
        post: {
          operationId: 'addOwner',
          requestBody: { required: true, ...json(owner) },
          responses: any(owner),
        },
      },
      '/api/owners/{ownerId}': {
        parameters: [{ name: 'ownerId', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { operationId: 'findOwner', responses: any(owner) },
        delete: { operationId: 'deleteOwner', responses: { 200: { description: 'OK' } } },
      },
    },
  };
  const core = createCore({}, await apiOf(document));
  const fetch = createFetch(core);
  const ask = async (path: string, init?: RequestInit) => bodyOf(await fetch(path, init));

  const first = await ask('/api/owners?page=0&size=2');
  expect(first).toMatchObject({
    ...{ totalElements: 100, totalPages: 50, number: 0, size: 2 },
    ...{ first: true, last: false, empty: false },
  });
  const second = await ask('/api/owners?page=1&size=2');
  const [one] = first.content;
  expect(second).toMatchObject({ number: 1, first: false, last: false });
  expect(await ask('/api/owners?page=49&size=2')).toMatchObject({ number: 49, last: true });
  expect(second.content).not.toContainEqual(one);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ firstName: 'Ada' });
  const added = await ask('/api/owners', { method: 'POST', headers, body });
  expect(await ask(`/api/owners/${added.id}`)).toEqual(added);
  await fetch(`/api/owners/${one.id}`, { method: 'DELETE' });
  const gone = await fetch(`/api/owners/${one.id}`);
  expect(gone.status).toBe(404);
  expect(
    core.requests.flatMap(({ validations }) =>
      validations.filter(({ severity }) => severity === 'error'),
    ),
  ).toEqual([]);
});

describe('security is that of the document', () => {
  const schemes = {
    bearer: { type: 'http', scheme: 'bearer' },
    basic: { type: 'http', scheme: 'basic' },
    header: { type: 'apiKey', in: 'header', name: 'X-Key' },
    query: { type: 'apiKey', in: 'query', name: 'key' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
    tls: { type: 'mutualTLS' },
    oauth: {
      type: 'oauth2',
      flows: { implicit: { authorizationUrl: 'https://a.test', scopes: {} } },
    },
  };
  const secured = (security: object[], options: MockOptions = {}) =>
    mockOf({ security, components: { securitySchemes: schemes } }, options);
  const basic = `Basic ${btoa('me:pass:word')}`;

  test.each<[string, object[], Record<string, string>, string]>([
    ['bearer', [{ bearer: [] }], { authorization: 'bearer a' }, ''],
    ['oauth2', [{ oauth: [] }], { authorization: 'Bearer a' }, ''],
    ['basic', [{ basic: [] }], { authorization: basic }, ''],
    ['a header', [{ header: [] }], { 'x-key': 'a' }, ''],
    ['the query', [{ query: [] }], {}, '?key=a'],
    ['a cookie', [{ cookie: [] }], { cookie: 'x=y; session=a' }, ''],
    ['both of two', [{ header: [], bearer: [] }], { 'x-key': 'a', authorization: 'Bearer b' }, ''],
    ['one of two', [{ header: [] }, { bearer: [] }], { authorization: 'Bearer b' }, ''],
  ])(
    '%s: with the credentials a 200, without them a 401, each time',
    async (_, security, headers, search) => {
      const { get } = await secured(security);
      for (let i = 0; i < 2; i += 1) {
        expect((await get(`/pets${search}`, headers)).status).toBe(200);
        expect((await get('/pets')).status).toBe(401);
        expect((await get('/pets', { authorization: 'Digest x' })).status).toBe(401);
      }
    },
  );

  test('a 401 says which credentials are expected', async () => {
    const { get } = await secured([{ header: [], bearer: [] }, { basic: [] }, { query: [] }]);
    expect((await get('/pets')).body.detail).toBe(
      'The credentials are missing or unknown: expected the header "X-Key" and `Authorization: Bearer` or `Authorization: Basic` or the query "key".',
    );
  });

  test('half of two is a 401', async () => {
    const { get } = await secured([{ header: [], bearer: [] }]);
    expect((await get('/pets', { 'x-key': 'a' })).status).toBe(401);
    expect((await get('/pets', { authorization: 'Bearer a' })).status).toBe(401);
  });

  test('none, or optional, lets everybody in', async () => {
    for (const security of [[], [{}, { bearer: [] }]])
      expect((await (await secured(security)).get('/pets')).status).toBe(200);
  });

  test('keys are checked by scheme, and any is accepted of a scheme without', async () => {
    const { get } = await secured([{ header: [] }, { query: [] }, { basic: [], bearer: [] }], {
      keys: { header: ['a'], basic: ['me:pass:word'], bearer: [] },
    });
    const status = async (headers: Record<string, string>, search = '') =>
      (await get(`/pets${search}`, headers)).status;
    expect(await status({ 'x-key': 'a' })).toBe(200);
    expect(await status({ 'x-key': 'me:pass:word' })).toBe(401);
    expect(await status({}, '?key=anything')).toBe(200);
    expect(await status({ authorization: 'Bearer a' })).toBe(401);
    await expect(secured([{ header: [] }], { keys: { heder: ['a'] } })).rejects.toThrow(
      'keys: no operation has the security scheme "heder". Did you mean "header"?',
    );
  });

  test.each([
    ['no security', []],
    ['certificates alone', [{ tls: [] }]],
  ])('keys that nothing asks for are refused: %s', async (_, security) => {
    await expect(secured(security, { keys: ['a'] })).rejects.toThrow(
      'keys has no effect: no operation of the document has security.',
    );
  });

  test('keys are checked wherever they stand', async () => {
    const { get } = await secured([{ header: [] }, { basic: [] }], {
      keys: ['good', 'me:pass:word'],
    });
    expect((await get('/pets', { 'x-key': 'good' })).status).toBe(200);
    expect((await get('/pets', { 'x-key': 'bad' })).status).toBe(401);
    expect((await get('/pets', { authorization: basic })).status).toBe(200);
    expect((await get('/pets', { authorization: `Basic ${btoa('me:bad')}` })).status).toBe(401);
    expect((await get('/pets', { 'x-key': 'good' })).status).toBe(200);
  });
});

describe('the path of the server', () => {
  test.each<[string, object, string]>([
    ['a path', { url: 'https://a.test/v2/' }, '/v2'],
    [
      'variables',
      {
        url: 'https://{region}.a.test/{version}',
        variables: { region: { default: 'eu' }, version: { default: 'v3' } },
      },
      '/v3',
    ],
    [
      'a variable as the address',
      { url: '{server}/v1', variables: { server: { default: 'https://a.test/api' } } },
      '/api/v1',
    ],
    ['one below the control endpoints', { url: 'https://a.test/_mock/api' }, '/_mock/api'],
    ['none', { url: '/' }, ''],
  ])('%s: requests may begin with it or not', async (_, server, base) => {
    const { get } = await mockOf({ servers: [server] });
    expect((await get(`${base}/pets`)).status).toBe(200);
    expect((await get('/pets')).status).toBe(200);
    expect((await get('/_mock/health')).body.status).toBe('ok');
  });
});

describe('a value that breaks the contract', () => {
  const odd = { type: 'string', pattern: '^(?=.*\\d)[a-z\\d]{6,}$' };
  const picky = (value: object) => ({
    paths: {
      '/things': {
        get: {
          operationId: 'things.list',
          'x-mock': { seed: 3 },
          responses: {
            200: {
              description: 'OK',
              ...json({
                type: 'object',
                required: ['data'],
                properties: {
                  data: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['id', 'code'],
                      properties: { id: text, code: value },
                    },
                  },
                },
              }),
            },
          },
        },
      },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: {
          operationId: 'things.retrieve',
          responses: {
            200: {
              description: 'OK',
              ...json({
                type: 'object',
                required: ['id', 'code'],
                properties: { id: text, code: value },
              }),
            },
          },
        },
      },
    },
  });

  test('is that of the example; the rest of the item stays', async () => {
    const { core, get } = await mockOf(picky({ ...odd, example: 'abc123' }));
    const { body } = await get('/things');
    expect(body.data.map(({ code }: AnyBody) => code)).toEqual(['abc123', 'abc123', 'abc123']);
    for (const thing of body.data) expect((await get(`/things/${thing.id}`)).body).toEqual(thing);
    expect(core.requests.flatMap(({ validations }) => validations)).toEqual([]);
  });

  test('goes out where the example breaks it too, and the journal says what is wrong', async () => {
    const { core, get } = await mockOf(picky({ ...odd, example: '?' }));
    const { status, body } = await get('/things');
    expect([status, body.data.length]).toEqual([200, 3]);
    expect(core.requests[0]?.validations[0]).toMatchObject({
      location: ['body', 'data', '0', 'code'],
      severity: 'error',
    });
  });
});

test('operations are at the paths of their own servers, if these have the origin of the first one', async () => {
  const gives = { responses: { 200: { description: 'OK', ...json(pet) } } };
  const at = (url: string) => ({ ...gives, servers: [{ url }] });
  const api = await apiOf({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    servers: [{ url: 'https://pets.test/v2' }],
    paths: {
      '/one': { get: { operationId: 'one.get', ...at('https://pets.test/v2/beta') } },
      '/two': { get: { operationId: 'two.get', ...at('https://pets.test/v3') } },
      '/three': { get: { operationId: 'three.get', ...at('https://others.test/v4') } },
    },
  });
  const core = createCore({}, api);
  const fetch = createFetch(core);
  const origin = 'http://localhost';
  for (const [path, status] of Object.entries({
    ...{ '/v2/beta/one': 200, '/v3/two': 200, '/v2/three': 200 },
    ...{ '/v2/one': 404, '/v2/two': 404, '/v4/three': 404 },
  }))
    expect([path, (await fetch(origin + path)).status]).toEqual([path, status]);
});

describe('If-None-Match', () => {
  const described = (more: object) => ({
    paths: {
      '/pet': {
        get: {
          operationId: 'pets.current.retrieve',
          responses: { 200: { description: 'OK', ...json(pet) }, ...more },
        },
      },
    },
  });

  test('is a 304 for the tag that an answer had, where the document speaks of one', async () => {
    const { core } = await mockOf(described({ 304: { description: 'Not modified' } }));
    const fetch = createFetch(core);
    const etag = (await fetch('/pet')).headers.get('etag') ?? '';
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const answer = await fetch('/pet', { headers: { 'if-none-match': known } });
      expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([
        304,
        etag,
        '',
      ]);
    }
    expect((await fetch('/pet', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('means nothing elsewhere', async () => {
    const fetch = createFetch((await mockOf(described({}))).core);
    const answer = await fetch('/pet', { headers: { 'if-none-match': '*' } });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, null]);
  });
});

describe('If-Match', () => {
  const ETag = { schema: text };
  const document = object({ id: text, title: text });
  const given = { description: 'OK', headers: { ETag }, ...json(document) };
  const ifMatch = { name: 'If-Match', in: 'header', schema: text };
  const taken = { parameters: [ifMatch], requestBody: json(object({ title: text })) };
  const paths = {
    '/documents': {
      get: {
        responses: { 200: { description: 'OK', ...json({ type: 'array', items: document }) } },
      },
      post: { requestBody: taken.requestBody, responses: { 201: given } },
    },
    '/documents/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { responses: { 200: given } },
      put: { ...taken, responses: { 200: given } },
      delete: { parameters: [ifMatch], responses: { 204: { description: 'OK' } } },
    },
  };

  test('refuses to change what has changed since it was read', async () => {
    const info = { title: 'Documents', version: '1' };
    const api = await apiOf({ openapi: '3.1.0', info, paths: paths });
    const send = createFetch(createCore({}, api));
    const type = { 'content-type': 'application/json' };
    const ask = (method: string, path: string, title?: string, tag?: string) =>
      send(path, {
        method,
        headers: { ...type, ...(tag === undefined ? {} : { 'if-match': tag }) },
        ...(title === undefined ? {} : { body: JSON.stringify({ title }) }),
      });
    const created = await ask('POST', '/documents', 'a');
    const path = `/documents/${(await bodyOf(created)).id}`;
    const first = (await ask('GET', path)).headers.get('etag') ?? '';
    expect(created.headers.get('etag')).toBe(first);
    expect((await ask('PUT', path, 'b', '"other"')).status).toBe(412);
    const changed = await ask('PUT', path, 'b', `"other", ${first}`);
    expect(changed.status).toBe(200);
    expect((await ask('PUT', path, 'c', first)).status).toBe(412);
    expect((await ask('DELETE', path, undefined, first)).status).toBe(412);
    expect((await bodyOf(await ask('GET', path))).title).toBe('b');
    expect((await ask('PUT', path, 'd', '*')).status).toBe(200);
    const last = (await ask('GET', path)).headers.get('etag') ?? '';
    expect((await ask('DELETE', path, undefined, last)).status).toBe(204);
    expect((await ask('PUT', path, 'e', last)).status).toBe(404);
    expect((await ask('PUT', path, 'e', '*')).status).toBe(412);
  });

  test('takes the tag of a GET that a handler answers, also where the handler says it', async () => {
    const info = { title: 'Documents', version: '1' };
    const api = await apiOf({ openapi: '3.1.0', info, paths });
    const document = { id: 'a', title: 'from a handler' };
    const read = (headers: Record<string, string>) => async () =>
      Response.json(document, { headers });
    const core = createCore({}, api);
    const send = createFetch(core);
    const [{ id }] = await bodyOf(await send('/documents'));
    const path = `/documents/${id}`;
    const put = async (tag: string) => {
      const headers = { 'content-type': 'application/json', 'if-match': tag };
      return (await send(path, { method: 'PUT', headers, body: '{"title":"b"}' })).status;
    };
    for (const headers of [{}, { ETag: '"1"' }, { ETag: 'W/"1"' }]) {
      core.handle('documents.retrieve' as never, read(headers) as never);
      const tag = (await send(path)).headers.get('etag') ?? '';
      if (headers.ETag) expect(tag).toBe(headers.ETag);
      expect((await send(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
      expect([await put(tag), await put('"other"')]).toEqual([200, 412]);
    }
    core.handle(
      'documents.retrieve' as never,
      (() => {
        throw new Error('no');
      }) as never,
    );
    expect(await put('"other"')).toBe(200);
  });

  test('takes the tag of a write that answers with something else than the item', async () => {
    const done = {
      description: 'OK',
      headers: { ETag },
      ...json(object({ ok: { type: 'boolean' } })),
    };
    const item = paths['/documents/{id}'];
    const changing = { ...item, put: { ...taken, responses: { 200: done, 201: done } } };
    const info = { title: 'Documents', version: '1' };
    const spec = { openapi: '3.1.0', info, paths: { ...paths, '/documents/{id}': changing } };
    const send = createFetch(createCore({}, await apiOf(spec)));
    const put = (path: string, headers: Record<string, string>) =>
      send(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ title: 'a' }),
      });
    const [{ id }] = await bodyOf(await send('/documents'));
    const path = `/documents/${id}`;
    const tag = (await put(path, {})).headers.get('etag') ?? '';
    expect(tag).toBe((await send(path)).headers.get('etag'));
    expect((await put(path, { 'if-match': tag })).status).toBe(200);
    // What is there already is not created.
    expect((await put(path, { 'if-none-match': '*' })).status).toBe(412);
    expect((await put('/documents/new', { 'if-match': '*' })).status).toBe(412);
    expect((await put('/documents/new', { 'if-none-match': '*' })).status).toBe(201);
  });
});
