import { describe, expect, test } from 'vitest';
import { emitMock } from '../src/emit/mock.ts';
import { prismOperations } from '../src/emit/prism.ts';
import { emitResources } from '../src/emit/resources.ts';
import { emitServer } from '../src/emit/server.ts';
import { emitTypes } from '../src/emit/types.ts';
import { buildModel } from '../src/infer/build-model.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';

// What documents of other people have, and this repository's has not.

const Book = object({ id: text });

async function files(paths: Record<string, Json>, schemas: Json = { Book }, more: Json = {}) {
  const built = buildModel(document(paths, schemas, more));
  return { ...emitResources(built), ...(await emitTypes(built)), ...(await emitMock(built)) };
}

describe('a path parameter', () => {
  const method = async (schema: Json, name = 'id') => {
    const item = {
      get: call('books.get', { gives: ref('Book') }),
      parameters: [{ name, in: 'path', required: true, schema }],
    };
    const made = await files(
      { [`/books/{${name}}`]: item },
      { Book, ID: { type: 'integer' }, Kind: { type: 'string', enum: ['a', "b'c"] } },
    );
    return made['packages/client/src/resources/books.gen.ts'];
  };

  test.each<[string, Json, string]>([
    ['an integer behind a reference', ref('ID'), 'number'],
    ['an integer in an allOf', { allOf: [ref('ID')] }, 'number'],
    ['a value of a list', ref('Kind'), `'a' | 'b\\'c'`],
    ['a number of a list', { type: 'integer', enum: [1, 2] }, '1 | 2'],
    ['a constant', { const: 'me' }, `'me'`],
    ['a text or a number', { oneOf: [text, { type: 'integer' }] }, 'string | number'],
    ['unknown', {}, 'string'],
  ])('that is %s is typed as that', async (_, schema, type) => {
    expect(await method(schema)).toContain(`get(id: ${type}, options?: RequestOptions)`);
  });

  test('whose name is not an identifier keeps its name in the path', async () => {
    const code = await method(text, 'book-id');
    expect(code).toContain(`'/books/{book-id}', { path: { 'book-id': `);
    expect(code).not.toMatch(/get\(book-id/);
  });
});

test('a path parameter that stands twice in a path is one argument', async () => {
  const parameters = ['id', 'kind'].map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: text,
  }));
  const made = await files({
    '/books/{id}/{kind}/{id}': {
      get: { ...call('books.get', { gives: ref('Book') }), parameters },
    },
  });
  const code = made['packages/client/src/resources/books.gen.ts'];
  expect(code).toContain("'/books/{id}/{kind}/{id}', { path: { id, kind } }");
});

describe('media types', () => {
  const method = async (operation: Json) => {
    const made = await files({ '/books': { post: operation } });
    return made['packages/client/src/resources/books.gen.ts'] ?? '';
  };
  const sends = (type: string) =>
    method({
      ...call('books.send'),
      requestBody: { required: true, content: { [type]: { schema: ref('Book') } } },
    });
  const returns = (type: string) =>
    method({
      ...call('books.get'),
      responses: { 200: { description: 'Done.', content: { [type]: {} } } },
    });

  test.each(['application/merge-patch+json', 'application/x-www-form-urlencoded'])(
    'a body goes out as %s where the document says so',
    async (type) => {
      expect(await sends(type)).toContain(`{ body, type: '${type}', result: 'none' }`);
    },
  );

  test('a body of application/json needs no word', async () => {
    expect(await sends('application/json')).toContain(`{ body, result: 'none' }`);
  });

  test.each([
    ['text/csv', 'string', 'text'],
    ['application/pdf', 'Response', 'response'],
    ['text/event-stream', 'Response', 'response'],
    ['image/*', 'Response', 'response'],
  ])('a result of %s is a %s', async (type, given, result) => {
    const code = await returns(type);
    expect(code).toContain(`): APIPromise<${given}> {`);
    expect(code).toContain(`{ result: '${result}', accept: '${type}' }`);
    expect(code).not.toMatch(/import type \{[^}]*(Response|string)/);
  });
});

describe('a result of any media type', () => {
  const returns = async (schema: Json, more: Json = {}) => {
    const content = { '*/*': { schema }, ...more };
    const made = await files({
      '/books': {
        get: { ...call('books.list'), responses: { 200: { description: 'OK', content } } },
      },
    });
    return made['packages/client/src/resources/books.gen.ts'] ?? '';
  };

  test.each<[string, Json, string]>([
    ['an object', ref('Book'), 'APIPromise<Book>'],
    ['a list', { type: 'array', items: ref('Book') }, 'PagePromise<Page<Book>, Book>'],
    ['a number', { type: 'integer' }, 'APIPromise<'],
  ])('is JSON where it is %s', async (_, schema, type) => {
    const code = await returns(schema);
    expect(code).toContain(type);
    expect(code).not.toContain('result:');
    expect(code).not.toContain('accept:');
  });

  test('is the response where it may be a text', async () => {
    expect(await returns({ type: 'string' })).toContain('APIPromise<Response>');
    expect(await returns({})).toContain('APIPromise<Response>');
  });

  test('is JSON where the document has that beside it', async () => {
    const other = { type: 'object', properties: { other: { type: 'string' } } };
    const code = await returns(other, { 'application/json': { schema: ref('Book') } });
    expect(code).toContain('APIPromise<Book>');
  });
});

describe('a body', () => {
  const made = async (content: Json, parameters: Json[] = []) => {
    const all = await files({
      '/books/{id}/cover': {
        put: {
          ...call('books.cover'),
          parameters: [{ name: 'id', in: 'path', required: true, schema: text }, ...parameters],
          requestBody: { required: true, content },
        },
      },
    });
    return {
      method: all['packages/client/src/resources/books.gen.ts'] ?? '',
      types: all['packages/types/src/openapi.gen.d.ts'] ?? '',
    };
  };
  const binary = { type: 'string', format: 'binary' };
  const sent = "'put', '/books/{id}/cover', ";

  test.each<[string, Json]>([
    ['described as binary', { schema: binary }],
    ['not described', {}],
    ['described as anything', { schema: {} }],
  ])('of bytes, %s, is sent as it is', async (_, media) => {
    const { method, types } = await made({ 'image/png': media });
    expect(types).toContain('BookCoverParams = Blob | ArrayBuffer | Uint8Array | ReadableStream;');
    expect(method).toContain('cover(id: string, body: BookCoverParams, options?: RequestOptions)');
    expect(method).toContain(`${sent}{ path: { id }, body, type: 'image/png', result: 'none' }`);
    expect(method).toContain("await client.books.cover('id', new Blob(['…']));");
  });

  test('of any type of image has the type that the program gives it', async () => {
    const { method } = await made({ 'image/*': {} });
    expect(method).toContain(`${sent}{ path: { id }, body, result: 'none' }`);
  });

  test('of text is a string', async () => {
    const { method, types } = await made({ 'text/csv': {} });
    expect(types).toContain('BookCoverParams = string;');
    expect(method).toContain("body, type: 'text/csv', result: 'none' }");
  });

  test('of a form with files is written as such, with its files as blobs', async () => {
    const fields = object({ file: binary, pages: { type: 'array', items: binary }, title: text });
    const { method, types } = await made({ 'multipart/form-data': { schema: fields } });
    expect(types).toContain('    file: Blob | ArrayBuffer | Uint8Array | ReadableStream;');
    expect(types).toContain('    pages: (Blob | ArrayBuffer | Uint8Array | ReadableStream)[];');
    expect(types).toContain('    title: string;');
    expect(method).toContain("import { toFormData } from '../core/multipart.ts';");
    expect(method).toContain(`${sent}{ path: { id }, body: toFormData(body), result: 'none' }`);
  });

  test('of bytes beside parameters is one of the params', async () => {
    const query = { name: 'size', in: 'query', required: true, schema: { type: 'integer' } };
    const { method, types } = await made({ 'image/png': { schema: binary } }, [query]);
    expect(types).toMatch(
      /interface BookCoverParams \{[^}]*size: number;[^}]*body: BookCoverBody;/,
    );
    expect(method).toContain('const { size, body } = params ?? {};');
    expect(method).toContain("query: { size }, body, type: 'image/png', result: 'none' }");
    expect(method).toContain("client.books.cover('id', { size: 1, body: new Blob(['…']) });");
  });

  test('of JSON is a text where a text in it is called binary', async () => {
    const { types } = await made({ 'application/json': { schema: object({ photo: binary }) } });
    expect(types).toContain('    photo: string;');
  });
});

describe('several successes', () => {
  const result = async (responses: Json) => {
    const made = await files(
      { '/books': { post: { ...call('books.send'), responses } } },
      { Book, Job: object({ job: text }) },
    );
    const code = made['packages/client/src/resources/books.gen.ts'] ?? '';
    return `${/APIPromise<([^>]*)>/.exec(code)?.[1]}, ${/result: '(\w+)'/.exec(code)?.[1]}`;
  };
  const json = (schema: Json) => ({
    description: 'Fine.',
    content: { 'application/json': { schema } },
  });
  const none = { description: 'None.' };
  const csv = { description: 'Text.', content: { 'text/csv': {} } };

  test.each<[string, Json, string]>([
    ['of two types', { 200: json(ref('Book')), 202: json(ref('Job')) }, 'Book | Job, any'],
    ['of one type', { 200: json(ref('Book')), 201: json(ref('Book')) }, 'Book, undefined'],
    ['with and without a body', { 200: json(ref('Book')), 204: none }, 'Book | undefined, any'],
    ['of JSON and text', { 200: json(ref('Book')), 202: csv }, 'Book | string, any'],
    [
      'without a name',
      { 200: json(ref('Book')), 202: json(object({ a: text })) },
      'Book | BookSendResponse202, any',
    ],
    ['that are none', { 404: json(ref('Book')) }, 'unknown, any'],
    ['that are redirects', { 302: none }, 'void, none'],
  ])('%s', async (_, responses, expected) => {
    expect(await result(responses)).toBe(expected);
  });
});

test('a discriminator may map to the name of a schema alone', async () => {
  const schemas = {
    Book,
    Pet: {
      oneOf: [ref('Cat'), ref('Book')],
      discriminator: {
        propertyName: 'kind',
        mapping: { 'a cat': 'Cat', book: '#/components/schemas/Book' },
      },
    },
    Cat: object({ kind: text }),
  };
  const made = await files({ '/pets': { get: call('pets.get', { gives: ref('Pet') }) } }, schemas);
  expect(made['packages/types/src/openapi.gen.d.ts']).toContain('"a cat"');
});

test('values of a path parameter keep their capital letters', async () => {
  const made = await files({
    '/books/{kind}': {
      get: call('books.get', { gives: ref('Book') }),
      parameters: [
        { name: 'kind', in: 'path', required: true, schema: { enum: ['Open', 'Closed'] } },
      ],
    },
  });
  const code = made['packages/client/src/resources/books.gen.ts'];
  expect(code).toContain("get(kind: 'Open' | 'Closed', ");
  expect(code).toContain("import type { Book } from '@org/types';");
});

test.each([
  ['Acme: shops & more', 'AcmeShopsMoreClient', 'ACME_SHOPS_MORE'],
  ['3D models', 'API3DModelsClient', 'API_3D_MODELS'],
  ['本', 'APIClient', 'API'],
  ['The Acme Client', 'TheAcmeClient', 'THE_ACME_CLIENT'],
])('the client of "%s" is called %s, and its variables begin with %s', (title, name, prefix) => {
  const info = { title, version: '1.0.0' };
  const built = buildModel(document({ '/books': { get: call('books.get') } }, { Book }, { info }));
  const [server] = Object.values(emitServer(built));
  expect(server).toContain(`envPrefix = '${prefix}'`);
  expect(server).toContain(`clientName = '${name}'`);
});

describe('the default address', () => {
  test.each<[string, Json, string]>([
    [
      'is the first server',
      { servers: [{ url: 'https://api.acme.test/v2/' }] },
      "'https://api.acme.test/v2'",
    ],
    [
      'has its variables at their defaults',
      { servers: [{ url: 'https://{region}.test', variables: { region: { default: 'eu' } } }] },
      "'https://eu.test'",
    ],
    ['is missing without an absolute server', { servers: [{ url: '/v2' }] }, 'undefined'],
    ['is missing without a server', { servers: [] }, 'undefined'],
  ])('%s', (_, more, address) => {
    const built = buildModel(document({ '/books': { get: call('books.get') } }, { Book }, more));
    expect(Object.values(emitServer(built))[0]).toContain(
      `defaultBaseURL: string | undefined = ${address};`,
    );
  });
});

test('a webhook may refer to schemas that no path needs', async () => {
  const webhooks = {
    sold: {
      post: {
        requestBody: { content: { 'application/json': { schema: ref('Sale') } } },
        responses: {},
      },
    },
  };
  for (const key of ['webhooks', 'x-webhooks']) {
    const made = await files(
      { '/books': { get: call('books.get', { gives: ref('Book') }) } },
      { Book, Sale: object({ price: text }) },
      { [key]: webhooks },
    );
    expect(made['packages/mock/src/api.gen.json']).toContain('books.get');
  }
});

test('types are generated without changing the document that the mock is made from', async () => {
  const schemas = {
    Book,
    Message: { oneOf: [ref('UserMsg')], discriminator: { propertyName: 'role' } },
    UserMsg: object({ role: text }),
  };
  const built = buildModel(
    document({ '/m': { get: call('messages.get', { gives: ref('Message') }) } }, schemas),
  );
  const before = JSON.stringify(built.document);
  await emitTypes(built);
  expect(JSON.stringify(built.document)).toBe(before);
});

test('an object without properties allows any', async () => {
  const made = await files(
    { '/books': { get: call('books.get', { gives: ref('Book') }) } },
    { Book: object({ metadata: { type: 'object' } }) },
  );
  const types = made['packages/types/src/openapi.gen.d.ts'];
  expect(types).toContain('metadata: Record<string, unknown>;');
  expect(types).not.toContain('Record<string, never>;\n}\nexport declare');
});

test('a document without lists imports nothing that it does not use', async () => {
  const made = await files({ '/books': { get: call('books.get', { gives: ref('Book') }) } });
  const code = made['packages/mock/src/api.gen.ts'] ?? '';
  expect(code).toContain("import type { Book } from '@org/types';");
  expect(code).not.toContain('./collection.ts');
});

test.each<[string, Json]>([
  ['a type', { ...Book, type: ['object', 'null'] }],
  ['`nullable`, of OpenAPI 3.0', { ...Book, nullable: true }],
  ['an alternative', { oneOf: [Book, { type: 'null' }] }],
])(
  'items whose schema allows null by %s are never null in the data of the mock',
  async (_, item) => {
    const made = await files(
      {
        '/books': { get: call('books.list', { gives: { type: 'array', items: ref('Book') } }) },
        '/books/{id}': { get: call('books.retrieve', { gives: ref('Book') }) },
      },
      { Book: item },
    );
    expect(made['packages/mock/src/api.gen.ts']).toContain('books: Collection<NonNullable<Book>>;');
  },
);

test.each(['Page', 'APIPromise', 'RequestOptions', 'APIResource', 'Collection'])(
  'the type of a schema called %s has a name of its own',
  async (name) => {
    const made = await files(
      { '/books': { get: call('books.get', { gives: ref(name) }) } },
      { [name]: Book },
    );
    expect(made['packages/types/src/openapi.gen.d.ts']).toContain(
      `export interface ${name}Object `,
    );
    expect(made['packages/client/src/resources/books.gen.ts']).toContain(
      `APIPromise<${name}Object>`,
    );
  },
);

test('the mock does not validate headers that OpenAPI ignores as parameters', async () => {
  const header = (name: string) => ({
    name,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  });
  const parameters = ['Authorization', 'content-type', 'Accept', 'X-Shop'].map(header);
  const [operation] = await prismOperations(
    document({ '/books': { get: { ...call('books.get'), parameters } } }, { Book }),
  );
  expect(operation?.request?.headers?.map(({ name }) => name)).toEqual(['X-Shop']);
});

test('the mock reads parameters with a const or an enum as values of their type', async () => {
  const query = { a: { const: 5 }, b: { enum: [true] }, c: { enum: ['5', 5] }, d: { const: '5' } };
  const [operation] = await prismOperations(
    document({ '/books': { get: call('books.get', { query }) } }, { Book }),
  );
  const schemas = operation?.request?.query?.map(({ schema }) => schema);
  expect(schemas).toMatchObject([{ type: 'number' }, { type: 'boolean' }, {}, {}]);
  expect(schemas?.slice(2).some((schema) => schema && 'type' in schema)).toBe(false);
});

test('the mock knows a range of statuses in small letters', async () => {
  const responses = { '2xx': { description: 'Done.' }, default: { description: 'An error.' } };
  const [operation] = await prismOperations(
    document({ '/books': { get: { operationId: 'books.get', responses } } }, { Book }),
  );
  expect(operation?.responses.map(({ code }) => code)).toEqual(['2XX', 'default']);
});

test('an object in the query that asks for a page is sent by its parts, which page the list', () => {
  const pageable = object({ page: { type: 'integer' }, size: { type: 'integer' }, sort: text });
  const content = { type: 'array', items: ref('Book') };
  const list = object({ content, totalPages: { type: 'integer' } });
  const { model } = buildModel(
    document(
      {
        '/books': {
          get: {
            ...call('books.list', { gives: list }),
            parameters: [{ name: 'pageable', in: 'query', required: true, schema: pageable }],
          },
        },
      },
      { Book },
    ),
  );
  const [operation] = model.operations;
  expect(operation?.query.map(({ name }) => name)).toEqual(['page', 'size', 'sort']);
  expect(operation?.result).toMatchObject({
    pageClass: 'NumberedPage',
    paging: { position: 'page', size: 'size' },
  });
});

test('a part of a list without a schema of its own is of the type of the list', () => {
  const whole = {
    200: {
      description: 'All.',
      content: { 'application/json': { schema: { type: 'array', items: ref('Book') } } },
    },
  };
  const responses = { ...whole, 206: { description: 'A part.' } };
  const { model } = buildModel(
    document({ '/books': { get: call('books.list', { responses }) } }, { Book }),
  );
  expect(model.operations[0]?.result).toMatchObject({ kind: 'page', pageClass: 'Page' });
});
