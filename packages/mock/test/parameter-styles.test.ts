import { beforeAll, describe, expect, test } from 'vitest';
import { createMock, type LoadedMock, loadAPI } from '../src/index.ts';

// Where Prism's own readers of parameters and bodies differ from OpenAPI.

const answer = (schema: object) => ({
  200: { description: 'OK', content: { 'application/json': { schema } } },
});
const empty = answer({ type: 'object' });
const integers = { type: 'array', items: { type: 'integer' } };
const color = {
  type: 'object',
  required: ['red'],
  properties: { red: { type: 'integer' }, green: { type: 'integer' } },
};
const range = {
  type: 'object',
  properties: { from: { type: 'integer' }, to: { type: 'integer' } },
};
const camel = { type: 'object', required: ['minAge'], properties: { minAge: { type: 'integer' } } };
const orNull = { type: ['array', 'null'], items: { type: 'integer' } };
const nested = {
  ...camel,
  properties: {
    ...camel.properties,
    next: camel,
    tags: { type: 'array', items: { type: 'string' } },
  },
};
const since = {
  anyOf: [{ type: 'object', properties: { gte: { type: 'integer' } } }, { type: 'integer' }],
};
const operation = (id: string, parameters: object[]) => ({
  get: { operationId: id, parameters, responses: empty },
});
const inPath = (schema: object, more: object = {}) => [
  { name: 'value', in: 'path', required: true, schema, ...more },
];
const inQuery = (schema: object, more: object = {}) => [
  { name: 'value', in: 'query', schema, ...more },
];
const form = {
  type: 'object',
  required: ['tags'],
  properties: { tags: { type: 'array', items: { type: 'string' } }, name: { type: 'string' } },
};
const json = (schema: object) => ({ 'application/json': { schema } });
const filter = {
  type: 'object',
  required: ['limit'],
  properties: { limit: { type: 'integer', nullable: true, exclusiveMaximum: 'none' } },
};
const post = (content: object) => ({
  post: { requestBody: { required: true, content }, responses: empty },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'Styles', version: '1' },
  paths: {
    '/list/{value}': operation('path.list', inPath(integers)),
    '/object/{value}': operation('path.object', inPath(color)),
    '/exploded/{value}': operation('path.exploded', inPath(color, { explode: true })),
    '/label/{value}': operation('path.label', inPath(integers, { style: 'label' })),
    '/color': operation('query.color', inQuery(color, { required: true })),
    '/color-whole': operation('query.whole', inQuery(color, { required: true, explode: false })),
    '/color-optional': operation('query.optional', inQuery(color)),
    '/color-stated': operation(
      'query.stated',
      inQuery({ ...color, allOf: [{ minProperties: 2 }] }, { style: 'form', explode: true }),
    ),
    '/some': operation('query.some', inQuery({ ...range, minProperties: 1 })),
    '/range': operation('query.range', inQuery(range)),
    '/deep': operation('query.deep', inQuery(range, { style: 'deepObject' })),
    '/deep-required': operation('query.deepRequired', inQuery(nested, { style: 'deepObject' })),
    '/camel': operation('query.camel', inQuery(camel)),
    '/since': operation('query.since', inQuery(since, { style: 'deepObject' })),
    '/nullable': operation('query.nullable', inQuery(orNull)),
    '/pipes': operation('query.pipes', inQuery(range, { style: 'pipeDelimited', explode: false })),
    '/pipe-list': operation(
      'query.pipeList',
      inQuery(orNull, { style: 'pipeDelimited', explode: false }),
    ),
    '/spaces': operation(
      'query.spaces',
      inQuery(orNull, { style: 'spaceDelimited', explode: false }),
    ),
    '/any': operation('query.any', inQuery({ type: 'object', additionalProperties: integers })),
    '/form': {
      post: {
        operationId: 'form.create',
        requestBody: {
          required: true,
          content: { 'application/x-www-form-urlencoded': { schema: form } },
        },
        responses: empty,
      },
    },
    '/xml': post({ 'application/xml': { schema: color } }),
    '/xml-text': post({
      ...json(color),
      'application/xml': { schema: { type: 'string', pattern: '^<a' } },
    }),
    '/formats': {
      get: {
        operationId: 'formats.retrieve',
        responses: answer({
          type: 'object',
          required: ['address', 'bytes', 'child'],
          properties: {
            address: { type: 'string', format: 'url' },
            bytes: { type: 'string', format: 'byte' },
            child: { $ref: '#/components/schemas/Child' },
          },
        }),
      },
    },
    '/cookies': operation('cookies.get', [
      { name: 'session', in: 'cookie', required: true, schema: { type: 'integer', minimum: 2 } },
      { name: 'ids', in: 'cookie', schema: integers },
      { name: 'at', in: 'cookie', schema: { type: 'string', format: 'date-time' } },
      { name: 'prefs', in: 'cookie', content: json(filter) },
    ]),
    '/json': operation('json.get', [
      { name: 'filter', in: 'query', required: true, content: json(filter) },
      { name: 'X-Filter', in: 'header', content: json({ $ref: '#/components/schemas/Child' }) },
      { name: 'plain', in: 'query', content: { 'text/plain': { schema: { type: 'integer' } } } },
    ]),
    '/headers': operation('headers.get', [
      { name: 'If-Match', in: 'header', schema: { type: 'array', items: { type: 'string' } } },
      { name: 'X-Color', in: 'header', schema: color },
      { name: 'X-Ids', in: 'header', required: true, schema: integers },
    ]),
    '/patch': {
      patch: {
        operationId: 'patch.update',
        requestBody: {
          content: {
            'application/json-patch+json': { schema: { type: 'array', items: {} } },
            'application/merge-patch+json': { schema: color },
          },
        },
        responses: empty,
      },
    },
    '/ambiguous': {
      get: {
        operationId: 'ambiguous.retrieve',
        responses: answer({ oneOf: [{ type: 'string' }, color, { type: 'string' }] }),
      },
    },
    '/switch': {
      get: { operationId: 'switch.get', responses: { 101: { description: 'Switching.' } } },
    },
  },
  components: {
    schemas: {
      Child: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', format: 'url' },
          parent: { $ref: '#/components/schemas/Child' },
        },
      },
    },
  },
};

let mock: LoadedMock;
beforeAll(async () => {
  mock = createMock({ api: await loadAPI(document), strict: true });
});

/** What is wrong with the last request, apart from parameters that have no effect in a mock without state. */
function found(from: LoadedMock) {
  const messages = from.requests.at(-1)?.validations.map(({ message }) => message) ?? [];
  return messages.filter((message) => !message.endsWith('has no effect in the mock'));
}

async function get(path: string) {
  const { status } = await mock.fetch(path);
  return { status, messages: found(mock) };
}

describe('a parameter', () => {
  test.each([
    '/list/1,2,3',
    '/list/1',
    '/object/red,1,green,2',
    '/exploded/red=1,green=2',
    '/label/.1,2',
    '/color?red=1&green=2',
    '/color-whole?value=red,1,green,2',
    '/color-optional?red=1&green=2',
    '/color-optional',
    '/some?from=1',
    '/some',
    '/range?from=1&to=2',
    '/range',
    '/deep?value[from]=1&value[to]=2',
    '/deep',
    '/deep-required',
    '/deep-required?value[minAge]=1',
    '/deep-required?value[minAge]=1&value[next][minAge]=2',
    '/deep-required?value[minAge]=1&value[tags]=a',
    '/deep-required?value[minAge]=1&value[tags][]=a&value[tags][]=b',
    '/deep-required?value[minAge]=1&value[tags][0]=a&value[tags][1]=b',
    '/camel',
    '/camel?minAge=3',
    '/since?value[gte]=3',
    '/since?value=3',
    '/nullable?value=1',
    '/nullable?value=1&value=2',
    '/pipes',
    '/pipes?value=from%7C1%7Cto%7C2',
    '/pipe-list',
    '/pipe-list?value=1%7C2',
    '/spaces?value=1%202',
    '/any?one=1&two=2',
  ])('in the style of the document is valid: %s', async (path) => {
    expect(await get(path)).toEqual({ status: 200, messages: [] });
  });

  test.each([
    ['/list/1,x', 'must be integer'],
    ['/object/green,2', "must have required property 'red'"],
    ['/exploded/red=x', 'must be integer'],
    ['/color?green=2', "must have required property 'red'"],
    ['/color-optional?green=2', "must have required property 'red'"],
    ['/color-optional?red=x', 'must be integer'],
    ['/color-stated?red=1', 'must NOT have fewer than 2 properties'],
    ['/color-optional?value=red,1', 'value is unknown'],
    ['/range?form=1', 'form is unknown'],
    ['/deep?value[from]=x', 'must be integer'],
    ['/deep-required?value[tags]=a', "must have required property 'minAge'"],
    ['/deep-required?value[minAge]=1&value[next][of]=2', "must have required property 'minAge'"],
    ['/deep-required?value[minAge]=x', 'must be integer'],
    ['/camel?minAge=x', 'must be integer'],
    ['/since?value[gte]=x', 'must be integer'],
    ['/since?value=x', 'must be integer'],
    ['/pipes?value=from%7Cx', 'must be integer'],
    ['/pipe-list?value=1%7Cx', 'must be integer'],
    ['/spaces?value=1%20x', 'must be integer'],
    ['/nullable?value=1&value=x', 'must be integer'],
    ['/deep?values[from]=1', 'values[from] is unknown'],
  ])('with a wrong value is refused: %s', async (path, message) => {
    const { status, messages } = await get(path);
    expect([status, messages.join()]).toEqual([400, expect.stringContaining(message)]);
  });
});

test.each([
  ['/json', 'filter'],
  ['/headers', 'x-ids'],
])('a missing parameter is named in the answer: %s', async (path, param) => {
  const response = await mock.fetch(path);
  expect(await response.json()).toMatchObject({
    status: 400,
    param,
    detail: `Invalid '${param}': it is required.`,
  });
});

describe('a parameter that Prism passes over', () => {
  const ask = async (path: string, headers: Record<string, string>, from = mock) => {
    const { status } = await from.fetch(path, { headers });
    return [status, found(from).join()];
  };
  const filtered = '/json?filter=%7B%22limit%22:1%7D';

  test.each([
    ['/cookies', { cookie: 'session=3' }],
    ['/cookies', { cookie: 'a=b; session=3; ids=1,2' }],
    ['/cookies', { cookie: 'session=3; at=2024-01-01T00%3A00%3A00Z; prefs=%7B%22limit%22:1%7D' }],
    ['/cookies', { cookie: 'session=3; prefs={"limit":1}' }],
    [filtered, {}],
    ['/json?filter=%7B%22limit%22:null%7D', {}],
    [
      `${filtered}&plain=x`,
      { 'x-filter': '{"name":"https://a.test/","parent":{"name":"https://b.test/"}}' },
    ],
  ])('is valid: %s %o', async (path, headers: Record<string, string>) => {
    expect(await ask(path, headers)).toEqual([200, '']);
  });

  test.each([
    ['/cookies', {}, "Request cookie must have required property 'session'"],
    ['/cookies', { cookie: 'session=x' }, 'Request cookie parameter session must be integer'],
    ['/cookies', { cookie: 'session=1' }, 'Request cookie parameter session must be >= 2'],
    [
      '/cookies',
      { cookie: 'session=2; ids=1,x' },
      'Request cookie parameter ids 1 must be integer',
    ],
    [
      '/cookies',
      { cookie: 'session=3; at=2024%' },
      'Request cookie parameter at must match format',
    ],
    [
      '/cookies',
      { cookie: 'session=3; prefs=%7Bbad' },
      'Request cookie parameter prefs must be JSON',
    ],
    ['/cookies', { cookie: 'session=3; prefs={"limit":"x"}' }, 'prefs limit must be integer'],
    ['/json', {}, "Request query must have required property 'filter'"],
    ['/json?filter=limit', {}, 'Request query parameter filter must be JSON'],
    ['/json?filter=1', {}, 'Request query parameter filter must be object'],
    [
      '/json?filter=%7B%7D',
      {},
      "Request query parameter filter must have required property 'limit'",
    ],
    [
      '/json?filter=%7B%22limit%22:%221%22%7D',
      {},
      'Request query parameter filter limit must be integer',
    ],
    [filtered, { 'x-filter': '{' }, 'Request header parameter X-Filter must be JSON'],
    [
      filtered,
      { 'x-filter': '{"name":"a","parent":{}}' },
      "Request header parameter X-Filter parent must have required property 'name'",
    ],
  ])(
    'is refused with a wrong value: %s %o',
    async (path, headers: Record<string, string>, message) => {
      const [status, messages] = await ask(path, headers);
      expect([status, messages]).toEqual([400, expect.stringContaining(message)]);
    },
  );

  test('is missing with a warning if it is a cookie, which no page can send, and the mock is not strict', async () => {
    const tolerant = createMock({ api: await loadAPI(document) });
    const message = "Request cookie must have required property 'session'";
    expect(await ask('/cookies', {}, tolerant)).toEqual([200, message]);
    expect((await ask('/cookies', { cookie: 'session=x' }, tolerant))[0]).toBe(400);
  });
});

test.each([
  ['tags=a', 200],
  ['tags=a&tags=b&name=c', 200],
  ['name=c', 400],
])('an array in a form is repeated: %s', async (body, status) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await mock.fetch('/form', { method: 'POST', headers, body })).status).toBe(status);
});

test.each([
  ['/xml', '<a><red>1</red></a>', 200, 'The mock does not read XML'],
  ['/xml', '', 400, 'The request body is required'],
  ['/xml-text', '<a/>', 200, 'nothing was stored'],
  ['/xml-text', '<b/>', 400, 'must match pattern'],
])(
  'a body of XML is not checked unless it is described as a text: %s %s',
  async (path, body, status, message) => {
    const headers = { 'content-type': 'application/xml; charset=utf-8' };
    const response = await mock.fetch(path, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    const messages = mock.requests
      .at(-1)
      ?.validations.map((found) => found.message)
      .join();
    expect(messages).toContain(message);
  },
);

test('a sample has values of formats that Prism does not know', async () => {
  const body = (await (await mock.fetch('/formats')).json()) as Record<string, string>;
  expect(mock.requests.at(-1)?.validations).toEqual([]);
  expect(URL.canParse(body['address'] ?? '')).toBe(true);
  expect(atob(body['bytes'] ?? '!')).toMatch(/\w/);
});

test('an operation that has only informational responses gets an error with the reason', async () => {
  const response = await mock.fetch('/switch');
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('no other response than 101, which is not final');
});

test.each<[Record<string, string>, number]>([
  [{ 'x-ids': '1,2' }, 200],
  [{ 'x-ids': '1', 'if-match': '"a","b"', 'x-color': 'red,1' }, 200],
  [{ 'x-ids': 'x' }, 400],
  [{}, 400],
])('a header that is an array may be missing: %j', async (headers, status) => {
  expect((await mock.fetch('/headers', { headers })).status).toBe(status);
});

test.each([
  ['application/merge-patch+json', '{"red":1}', 200],
  ['application/merge-patch+json', '[]', 400],
  ['application/json-patch+json', '[]', 200],
  ['application/json-patch+json', '{"red":1}', 400],
])(
  'a body of several types that are JSON has to fit its own: %s %s',
  async (type, body, status) => {
    const init = { method: 'PATCH', headers: { 'content-type': type }, body };
    expect((await mock.fetch('/patch', init)).status).toBe(status);
  },
);

test('a sample is of the one alternative that is valid', async () => {
  const body = await (await mock.fetch('/ambiguous')).json();
  expect(mock.requests.at(-1)?.validations).toEqual([]);
  expect(body).toMatchObject({ red: expect.any(Number) });
});
