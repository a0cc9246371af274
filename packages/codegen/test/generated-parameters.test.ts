import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, document, type Json, object, ref, text } from './support/document.ts';
import {
  compile,
  type GeneratedClient,
  generateClient,
  listen,
  type Received,
} from './support/generated-client.ts';

// A generated client on a server: what arrives for a parameter of each style. The forms are those of the table in
// OpenAPI's "Style Examples".

const array: Json = { type: 'array', items: text };
const color = object(
  { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } },
  [],
);
const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
const any: Json = { oneOf: [text, array, color] };

const operation = (id: string, parameters: Json[], more: Json = {}): Json => ({
  ...call(id, { gives: ref('Book'), ...more }),
  parameters,
});
const path = (style: string, explode: boolean): Json => ({
  ...{ name: 'color', in: 'path', required: true, schema: any },
  ...{ style, explode },
});
const inPath = (id: string, style: string, explode: boolean): Json => ({
  get: operation(id, [path(style, explode)]),
});
const query = (name: string, more: Json): Json => ({ name, in: 'query', ...more });
const header = (name: string, more: Json): Json => ({ name, in: 'header', ...more });

const spec = document(
  {
    '/simple/{color}': inPath('paths.simple', 'simple', false),
    '/simple/{color}/all': inPath('paths.simpleAll', 'simple', true),
    '/label/{color}': inPath('paths.label', 'label', false),
    '/label/{color}/all': inPath('paths.labelAll', 'label', true),
    '/matrix/{color}': inPath('paths.matrix', 'matrix', false),
    '/matrix/{color}/all': inPath('paths.matrixAll', 'matrix', true),
    '/json/{filter}': {
      get: operation('paths.json', [
        { name: 'filter', in: 'path', required: true, ...json(color) },
      ]),
    },
    '/flags/{on}/{nth}': {
      get: operation('paths.flag', [
        { name: 'on', in: 'path', required: true, schema: { type: 'boolean' } },
        { name: 'nth', in: 'path', required: true, schema: { type: 'integer' } },
      ]),
    },
    '/queries': {
      get: operation('queries.send', [
        query('form', { explode: false, schema: any }),
        query('spaces', { style: 'spaceDelimited', explode: false, schema: array }),
        query('pipes', { style: 'pipeDelimited', explode: false, schema: array }),
        query('spread', { schema: color }),
        query('deep', { style: 'deepObject', schema: color }),
        query('expand', { style: 'deepObject', schema: array }),
        query('filter', json(object({ a: array }))),
        query('plain', { schema: array }),
      ]),
      post: operation('queries.create', [query('tags', { explode: false, schema: array })], {
        body: object({ title: text }),
      }),
    },
    '/forms': {
      post: call('forms.send', {
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: object({
                title: text,
                expand: array,
                lines: { type: 'array', items: color },
              }),
              encoding: {
                expand: { style: 'deepObject', explode: true },
                lines: { style: 'deepObject', explode: true },
              },
            },
          },
        },
      }),
    },
    '/lists': {
      get: operation(
        'lists.list',
        [
          query('tags', { explode: false, schema: array }),
          query('page', { schema: { type: 'integer' } }),
          header('X-Tenant', { schema: text }),
        ],
        { gives: { type: 'array', items: ref('Book') } },
      ),
    },
    '/headers/{id}': {
      get: operation('headers.get', [
        { name: 'id', in: 'path', required: true, schema: text },
        header('X-Tenant', { required: true, schema: text }),
        header('X-Tags', { schema: array }),
        header('X-Color', { schema: color }),
        header('X-Color-All', { explode: true, schema: color }),
        header('X-JSON', json(color)),
        header('Accept', { schema: text }),
      ]),
      put: operation(
        'headers.put',
        [
          { name: 'id', in: 'path', required: true, schema: text },
          header('If-Match', { required: true, schema: text }),
        ],
        { body: object({ title: text }) },
      ),
    },
    '/texts': {
      get: call('texts.read', {
        responses: {
          200: {
            description: 'A table.',
            content: { 'text/csv; charset=utf-8': { schema: text } },
          },
        },
      }),
    },
  },
  {
    Book: object({ id: text }),
    ErrorObject: object({ message: text, type: text, param: text, code: text }),
  },
  { security: [{ key: [] }] },
);
Object.assign(spec['components'] as Json, {
  securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
});

let generated: GeneratedClient;
// biome-ignore lint/suspicious/noExplicitAny: the client of this document.
let client: any;
let requests: Received[];
beforeAll(async () => {
  generated = await generateClient(spec);
});
beforeEach(async () => {
  const server = await listen(({ url }) => ({
    body: url.startsWith('/lists') ? (url.includes('page=2') ? [] : [{ id: 'a' }]) : { id: 'a' },
  }));
  ({ requests } = server);
  const { default: Client } = generated.module;
  client = new Client({ key: 'sk-secret', baseURL: server.origin, maxRetries: 0 });
});

const rgb = { R: 100, G: 200, B: 150 };

describe('the media types that a call accepts', () => {
  const accepted = () => requests.map(({ headers }) => headers.accept);

  test('are those of its results', async () => {
    await client.texts.read();
    expect(accepted()).toEqual(['text/csv']);
  });

  test('are the ones of a header that the caller gives', async () => {
    await client.texts.read({ headers: { Accept: 'text/plain' } });
    await client
      .withOptions({ defaultHeaders: { accept: '*/*' } })
      .texts.read({ headers: { 'x-a': 'b' } });
    await client.withOptions({ defaultHeaders: { accept: 'application/json' } }).texts.read();
    expect(accepted()).toEqual(['text/plain', '*/*', 'application/json']);
  });
});

describe('paths', () => {
  test.each<[string, unknown, string]>([
    ['simple', 'blue', '/simple/blue'],
    ['simple', ['blue', 'black'], '/simple/blue,black'],
    ['simple', rgb, '/simple/R,100,G,200,B,150'],
    ['simpleAll', ['blue', 'black'], '/simple/blue,black/all'],
    ['simpleAll', rgb, '/simple/R=100,G=200,B=150/all'],
    ['label', 'blue', '/label/.blue'],
    ['label', ['blue', 'black'], '/label/.blue,black'],
    ['label', rgb, '/label/.R,100,G,200,B,150'],
    ['labelAll', ['blue', 'black'], '/label/.blue.black/all'],
    ['labelAll', rgb, '/label/.R=100.G=200.B=150/all'],
    ['matrix', 'blue', '/matrix/;color=blue'],
    ['matrix', '', '/matrix/;color='],
    ['matrix', ['blue', 'black'], '/matrix/;color=blue,black'],
    ['matrix', rgb, '/matrix/;color=R,100,G,200,B,150'],
    ['matrixAll', ['blue', 'black'], '/matrix/;color=blue;color=black/all'],
    ['matrixAll', rgb, '/matrix/;R=100;G=200;B=150/all'],
    ['json', { R: 1 }, '/json/%7B%22R%22%3A1%7D'],
    ['simple', ['a,b', 'c/d', null, '..'], '/simple/a%2Cb,c%2Fd,..'],
    ['label', ['a.b?'], '/label/.a.b%3F'],
    ['matrix', 'a;b=c', '/matrix/;color=a%3Bb%3Dc'],
    ['matrixAll', { 'k;=': 'v' }, '/matrix/;k%3B%3D=v/all'],
    ['simple', new Date(0), '/simple/1970-01-01T00%3A00%3A00.000Z'],
  ])('%s of %j', async (method, value, sent) => {
    await client.paths[method](value);
    expect(requests.map(({ url }) => url)).toEqual([sent]);
  });

  test('booleans and numbers', async () => {
    await client.paths.flag(2, { on: false });
    expect(requests.map(({ url }) => url)).toEqual(['/flags/false/2']);
  });

  test.each<[string, unknown]>([
    ['simple', '..'],
    ['simple', '.'],
    ['simple', ''],
    ['simple', []],
    ['simple', undefined],
    ['simple', null],
    ['simple', [['a']]],
    ['simple', { a: { b: 1 } }],
    ['simple', new Set(['a'])],
    ['label', '.'],
    ['label', ''],
    ['label', []],
    ['labelAll', ['', '']],
    ['simple', new Date(Number.NaN)],
  ])('%s of %j is refused before anything is sent', async (method, value) => {
    const { LibraryClientError } = generated.module;
    expect(() => client.paths[method](value)).toThrow(LibraryClientError);
    expect(requests).toEqual([]);
  });
});

describe('queries', () => {
  test.each<[object, string]>([
    [{ form: 'blue' }, '?form=blue'],
    [{ form: ['a', 'b,c', null, 'd&e'] }, '?form=a,b%2Cc,d%26e'],
    [{ form: rgb }, '?form=R,100,G,200,B,150'],
    [{ form: [] }, ''],
    [{ spaces: ['a', 'b'] }, '?spaces=a%20b'],
    [{ pipes: ['a', 'b|c'] }, '?pipes=a|b%7Cc'],
    [{ spread: rgb }, '?R=100&G=200&B=150'],
    [{ deep: rgb }, '?deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150'],
    [{ expand: ['a', 'b&c'] }, '?expand%5B0%5D=a&expand%5B1%5D=b%26c'],
    [{ expand: [] }, ''],
    [{ filter: { a: ['b'] } }, '?filter=%7B%22a%22%3A%5B%22b%22%5D%7D'],
    [{ plain: ['a', 'b'], form: ['a'] }, '?plain=a&plain=b&form=a'],
    [{ form: [new Date(0)] }, '?form=1970-01-01T00%3A00%3A00.000Z'],
    [{ form: undefined, pipes: null }, ''],
  ])('%j', async (value, sent) => {
    await client.queries.send(value);
    expect(requests.map(({ url }) => url)).toEqual([`/queries${sent}`]);
  });

  test('beside a body', async () => {
    await client.queries.create({ tags: ['a', 'b'], title: 't' });
    expect(requests.map(({ url, body }) => [url, body])).toEqual([
      ['/queries?tags=a,b', '{"title":"t"}'],
    ]);
  });

  test('arrays in a form whose style is that of objects go out with indexes', async () => {
    const lines = [{ R: 1, G: 2 }, { R: 3 }];
    await client.forms.send({ title: 't', expand: ['a', 'b'], lines });
    expect(decodeURIComponent(requests[0]?.body ?? '')).toBe(
      'title=t&expand[0]=a&expand[1]=b&lines[0][R]=1&lines[0][G]=2&lines[1][R]=3',
    );
  });

  test('on every page of a list', async () => {
    const pages = await client.lists.list({ tags: ['a', 'b'], 'X-Tenant': 't' });
    for await (const _ of pages);
    expect(requests.map(({ url, headers }) => [url, headers['x-tenant']])).toEqual([
      ['/lists?tags=a,b', 't'],
      ['/lists?tags=a,b&page=2', 't'],
    ]);
  });

  test('options in place of the query are options', async () => {
    await client.lists.list({ headers: { 'x-trace': '1' } });
    expect(requests.map(({ url, headers }) => [url, headers['x-trace']])).toEqual([
      ['/lists', '1'],
    ]);
  });

  test.each<object>([
    { form: [['a']] },
    { pipes: [{ a: 1 }] },
    { spread: { R: { a: 1 } } },
    { form: new Map() },
  ])('%j is refused before anything is sent', async (value) => {
    const { LibraryClientError } = generated.module;
    expect(() => client.queries.send(value)).toThrow(LibraryClientError);
    expect(requests).toEqual([]);
  });
});

describe('headers', () => {
  test('go out in their style, never percent-encoded', async () => {
    await client.headers.get('a', {
      ...{ 'X-Tenant': 'a b/ü', 'X-Tags': ['a', 'b'], 'X-Color': rgb, 'X-Color-All': rgb },
      'X-JSON': { R: 1 },
    });
    const [request] = requests;
    expect(request?.url).toBe('/headers/a');
    const sent = Object.entries(request?.headers ?? {}).filter(([name]) => name.startsWith('x-'));
    expect(Object.fromEntries(sent)).toMatchObject({
      'x-tenant': 'a b/ü',
      'x-tags': 'a,b',
      'x-color': 'R,100,G,200,B,150',
      'x-color-all': 'R=100,G=200,B=150',
      'x-json': '{"R":1}',
    });
  });

  test('stand beside the properties of a body, and are not part of it', async () => {
    await client.headers.put('a', { 'If-Match': '"1"', title: 't' });
    expect(requests.map(({ headers, body }) => [headers['if-match'], body])).toEqual([
      ['"1"', '{"title":"t"}'],
    ]);
  });

  test('of the options come first', async () => {
    const params = { 'X-Tenant': 'a' };
    await client.headers.get('a', params, { headers: { 'x-tenant': 'b' } });
    await client.headers.get('a', params, { headers: { 'x-tenant': null, 'x-more': 'c' } });
    expect(requests.map(({ headers }) => [headers['x-tenant'], headers['x-more']])).toEqual([
      ['b', undefined],
      [undefined, 'c'],
    ]);
  });

  test('cannot break out, and an error does not show them', async () => {
    const call = () => client.headers.get('a', { 'X-Tenant': 'secret\r\nX-Evil: 1' });
    expect(call).toThrow(/"X-Tenant" has characters that a header cannot contain/);
    expect(call).not.toThrow(/secret/);
    expect(requests).toEqual([]);
  });
});

test('the client compiles, and wrong arguments do not', () => {
  const program = (lines: string[]) => `const client = new Client();\n${lines.join('\n')}`;
  const right = [
    `client.paths.label(['a']); client.paths.matrix({ R: 1 }); client.paths.flag(1, { on: true });`,
    `client.queries.send({ form: { R: 1 }, pipes: ['a'], filter: { a: [] } });`,
    `client.headers.get('a', { 'X-Tenant': 't', 'X-Tags': ['a'] });`,
    `client.lists.list({ 'X-Tenant': 't' });`,
  ];
  const wrong = [
    `// @ts-expect-error: the header is required.\nclient.headers.get('a');`,
    `// @ts-expect-error: a boolean.\nclient.paths.flag(1, { on: 'yes' });`,
  ];
  expect(compile(generated, program([...right, ...wrong]))).toEqual([]);
});
