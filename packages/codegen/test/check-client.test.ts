import { formatProblem, SpecProblems } from '@org/openapi';
import { createLocator } from '@org/openapi/read';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkClient } from '../src/check/check-client.ts';
import { buildModel } from '../src/index.ts';
import { call, cursor, document, type Json, object, page, ref, text } from './support/document.ts';

const number: Json = { type: 'integer' };
const schemas: Json = {
  Book: object({ id: text, title: text }),
  ErrorObject: object({ message: text, type: text, param: text, code: text }),
};
const bearer: Json = { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } };
const whole = page(ref('Book'));
const books: Json = { type: 'array', items: ref('Book') };

interface Case {
  paths: Record<string, Json>;
  schemas?: Json;
  /** Other parts of the document. */
  more?: Json;
  components?: Json;
}

/** What is refused and what is listed of a document, with places in its YAML. */
function findingsOf({ paths, schemas: given = {}, more = {}, components = {} }: Case): string[] {
  const spec = document(paths, { ...schemas, ...given }, { security: [{ key: [] }], ...more });
  Object.assign(spec['components'] as Json, bearer, components);
  const yaml = stringify(spec);
  const locate = createLocator('api.yaml', () => yaml).inDocument;
  try {
    return checkClient(buildModel(spec, locate), locate).map(
      (each) => `listed ${formatProblem(each)}`,
    );
  } catch (error) {
    if (!(error instanceof SpecProblems)) throw error;
    return error.problems.map((each) => `refused ${formatProblem(each)}`);
  }
}

const query = (name: string, more: Json): Case => ({
  paths: {
    '/books': {
      get: {
        ...call('books.search', { gives: ref('Book') }),
        parameters: [{ name, in: 'query', ...more }],
      },
    },
  },
});
const path = (name: string, more: Json): Case => ({
  paths: {
    [`/books/{${name}}`]: {
      get: {
        ...call('books.retrieve', { gives: ref('Book') }),
        parameters: [{ name, in: 'path', required: true, ...more }],
      },
    },
  },
});
const header = (name: string, more: Json = {}): Case => ({
  paths: {
    '/books': {
      get: {
        ...call('books.search', { gives: ref('Book') }),
        parameters: [{ name, in: 'header', schema: text, ...more }],
      },
    },
  },
});
const list = (parameters: Json, gives: Json = whole, more: Json = {}): Case => ({
  paths: { '/books': { get: call('books.list', { query: parameters, gives, ...more }) } },
});
const withHeader = (name: string): Case => ({
  paths: {
    '/books': {
      get: {
        ...call('books.list'),
        responses: {
          200: {
            description: 'Done.',
            headers: { [name]: { schema: text } },
            content: { 'application/json': { schema: whole } },
          },
        },
      },
    },
  },
});
const responses = (given: Json): Case => ({
  paths: { '/books': { get: { ...call('books.get'), responses: given } } },
});
const content = (type: string, schema: Json = ref('Book')): Json => ({
  description: 'Done.',
  content: { [type]: { schema } },
});
const body = (method: string, types: string[], required = false): Case => ({
  paths: {
    '/books': {
      [method]: {
        ...call('books.send', { gives: ref('Book') }),
        requestBody: {
          ...(required && { required }),
          content: Object.fromEntries(types.map((type) => [type, { schema: ref('Book') }])),
        },
      },
    },
  },
});
/** A form whose one property is sent in a way of its own. */
const form = (type: string, schema: Json, encoding: Json): Case => ({
  paths: {
    '/books': {
      post: {
        ...call('books.send', { gives: ref('Book') }),
        requestBody: {
          content: { [type]: { schema: object({ part: schema }), encoding: { part: encoding } } },
        },
      },
    },
  },
});
const [urlencoded, multipart] = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const texts: Json = { type: 'array', items: text };
const scheme = (given: Json, security: Json[] = [{ other: [] }]): Case => ({
  paths: { '/books': { get: call('books.get', { gives: ref('Book'), security }) } },
  components: { securitySchemes: { ...(bearer['securitySchemes'] as Json), other: given } },
});
const fine: Record<string, Json> = { '/books': { get: call('books.get', { gives: ref('Book') }) } };

describe('parts that would make a wrong request or a wrong result are refused', () => {
  test.each<[string, string, Case]>([
    // Extensions
    ['x-client', 'a key that nothing reads', list({}, whole, { 'x-client': { pages: 'whole' } })],
    ['x-client', 'an extension on a query parameter', query('q', { 'x-client': { option: 'q' } })],
    ['x-client', 'an extension on a schema', query('q', { schema: { ...text, 'x-client': {} } })],
    [
      'x-client',
      'an extension below a property that is called like a keyword',
      { paths: fine, schemas: { Odd: object({ default: { ...text, 'x-client': {} } }) } },
    ],
    ['x-client', 'a header without an option', header('X-Shop', { 'x-client': { env: 'SHOP' } })],
    [
      'x-client',
      'a header whose option has no name',
      header('X-Shop', { 'x-client': { option: 'a-b' } }),
    ],
    [
      'x-client',
      'pages of what is not a list',
      {
        paths: {
          '/a': {
            post: { ...call('a.send', { gives: ref('Book') }), 'x-client': { page: 'whole' } },
          },
        },
      },
    ],
    // Forms
    ['form-encoding', 'an array with commas', form(urlencoded, texts, { explode: false })],
    ['form-encoding', 'an array with pipes', form(urlencoded, texts, { style: 'pipeDelimited' })],
    [
      'form-encoding',
      'JSON in a form',
      form(urlencoded, ref('Book'), { contentType: 'application/json' }),
    ],
    [
      'form-encoding',
      'an object that is spread over a form',
      form(urlencoded, ref('Book'), { style: 'form' }),
    ],
    [
      'form-encoding',
      'XML in a form with files',
      form(multipart, ref('Book'), { contentType: 'application/xml' }),
    ],
    // Parameters
    [
      'path-parameter',
      'a path parameter that the path lacks',
      {
        paths: {
          '/books': {
            get: {
              ...call('books.get'),
              parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            },
          },
        },
      },
    ],
    [
      'parameter-content',
      'a path that is XML',
      path('id', { content: { 'application/xml': { schema: text } } }),
    ],
    [
      'parameter-content',
      'a query that is a text of its own',
      query('filter', { content: { 'text/plain': { schema: text } } }),
    ],
    [
      'parameter-style',
      'an object with pipes',
      query('filter', { style: 'pipeDelimited', explode: false, schema: object({ color: text }) }),
    ],
    [
      'parameter-style',
      'an object in an object in form style',
      query('filter', { schema: object({ color: object({ red: number }) }) }),
    ],
    ['parameter-style', 'a label in a query', query('id', { style: 'label', schema: text })],
    [
      'parameter-style',
      'a deep object in a path',
      path('id', { style: 'deepObject', schema: text }),
    ],
    [
      'parameter-style',
      'an array of objects in a path',
      path('ids', { schema: { type: 'array', items: ref('Book') } }),
    ],
    [
      'parameter-style',
      'an array of objects in a header',
      header('X-Books', { schema: { type: 'array', items: ref('Book') } }),
    ],
    [
      'parameter-style',
      'an array of objects',
      query('filter', { schema: { type: 'array', items: ref('Book') } }),
    ],
    [
      'parameter-style',
      'an array of arrays',
      query('box', { schema: { type: 'array', items: { type: 'array', items: number } } }),
    ],
    ['cookie-parameter', 'a required cookie', header('session', { in: 'cookie', required: true })],
    ['parameter-place', 'a query string of OpenAPI 3.2', header('q', { in: 'querystring' })],
    // Bodies
    ['body-media-type', 'a body of no media type', body('post', [])],
    ['get-body', 'a GET with a body', body('get', ['application/json'], true)],
    // Results
    [
      'several-results',
      'JSON or a file',
      responses({ 200: content('application/json'), 202: content('image/png') }),
    ],
    // Security
    ['security-scheme', 'a key in a cookie', scheme({ type: 'apiKey', in: 'cookie', name: 'key' })],
    ['security-scheme', 'mutual TLS', scheme({ type: 'mutualTLS' })],
    [
      'security-scheme',
      'a key in a cookie beside another',
      scheme({ type: 'apiKey', in: 'cookie', name: 'key' }, [{ key: [], other: [] }]),
    ],
    [
      'security-scheme',
      'two keys that share a header',
      scheme({ type: 'http', scheme: 'basic' }, [{ key: [], other: [] }]),
    ],
    [
      'security-scheme',
      'a key in the header of another',
      scheme({ type: 'apiKey', in: 'header', name: 'authorization' }, [{ key: [], other: [] }]),
    ],
    ['security-scheme', 'digest authentication', scheme({ type: 'http', scheme: 'digest' })],
    [
      'security-option',
      'a key that is called like an option of the client',
      scheme({ type: 'http', scheme: 'basic', 'x-client': { option: 'timeout' } }),
    ],
    [
      'security-option',
      'two keys of one option',
      scheme({ type: 'http', scheme: 'basic', 'x-client': { option: 'key' } }, [
        { key: [] },
        { other: [] },
      ]),
    ],
    [
      'security-option',
      'an option that is not a name',
      scheme({ type: 'http', scheme: 'basic', 'x-client': { option: 'a b' } }),
    ],
    ...(
      [
        ['a text', 'ACME'],
        ['an unknown key', { environment: 'ACME' }],
        ['a prefix that is not a name', { env: 'my-api' }],
        ['an option without a header', { headers: { region: {} } }],
        ['a header that is not a name', { headers: { region: { name: 'a b' } } }],
        ['an option that is not a name', { headers: { 'a b': { name: 'X-A' } } }],
        ['an option of something else', { headers: { timeout: { name: 'X-A' } } }],
        ['an option of a key', { headers: { key: { name: 'X-A' } } }],
        ['headers that are a list', { headers: ['X-A'] }],
        ['a name that is not an identifier', { name: 'Acme Client' }],
        ['a name in lower case', { name: 'acme' }],
        ['a name of the language', { name: 'Promise' }],
        ['aliases that are a text', { aliases: 'Acme' }],
        ['an alias that is not an identifier', { aliases: ['Acme', 'A-B'] }],
      ] as const
    ).map(([title, given]): [string, string, Case] => [
      'x-client',
      `${title} at the root`,
      { paths: fine, more: { 'x-client': given } },
    ]),
    // Servers
    [
      'server-variable',
      'a variable without a default',
      { paths: fine, more: { servers: [{ url: 'https://{region}.test' }] } },
    ],
    [
      'operation-server',
      'a server of an operation',
      {
        paths: {
          '/a': {
            get: call('a.get', { gives: ref('Book'), servers: [{ url: 'https://other.test' }] }),
          },
        },
      },
    ],
    [
      'operation-server',
      'a server of a path',
      { paths: { '/a': { servers: [{ url: 'https://other.test' }], ...fine['/books'] } } },
    ],
    [
      'operation-server',
      'a server of an operation, where its path is another one',
      {
        paths: {
          '/a': {
            get: call('a.get', {
              gives: ref('Book'),
              servers: [{ url: 'https://library.test/v2/b' }],
            }),
          },
          '/b/a': { get: call('b.get', { gives: ref('Book') }) },
        },
      },
    ],
    [
      'operation-server',
      'a server of an operation, where its path is another one of other names',
      {
        paths: {
          '/a/{id}': {
            get: call('a.get', {
              gives: ref('Book'),
              servers: [{ url: 'https://library.test/v2/b' }],
            }),
          },
          '/b/a/{book_id}': { get: call('b.get', { gives: ref('Book') }) },
        },
      },
    ],
    [
      'operation-server',
      'servers of two operations, where both have one path',
      {
        paths: {
          '/a': {
            servers: [{ url: 'https://library.test/v3' }],
            get: call('a.get', { gives: ref('Book') }),
          },
          '/v3/a': {
            servers: [{ url: 'https://library.test' }],
            get: call('b.get', { gives: ref('Book') }),
          },
        },
      },
    ],
    // Pages
    ...[
      'page',
      'page_number',
      'pageNumber',
      'offset',
      'skip',
      'cursor',
      'page_token',
      'after',
      'max_id',
      'startIndex',
    ].map((name): [string, string, Case] => [
      'page-style',
      `a list by ${name}`,
      list({ [name]: text, limit: number }),
    ]),
    [
      'page-style',
      'a list by the id of the last item, which has another type',
      list({ starting_after: number }, page(object({ id: text }))),
    ],
    ['page-cursor', 'a page without a parameter', list({}, page(ref('Book'), 'has_more', 'next'))],
    [
      'page-cursor',
      'a page in an object without a parameter',
      list({}, object({ data: books, next: object({ page: text }) })),
    ],
    [
      'page-cursor',
      'a page under a name that is not known',
      list({}, object({ data: books, nextStartKey: text })),
    ],
    ...['X-Next-Token', 'X-Cursor', 'X-Has-More'].map((name): [string, string, Case] => [
      'page-cursor',
      `a header ${name} that leads on`,
      withHeader(name),
    ]),
    ...['isLast', 'is_last_page', 'done'].map((name): [string, string, Case] => [
      'page-cursor',
      `a flag ${name} without a parameter`,
      list({}, object({ data: books, [name]: { type: 'boolean' } })),
    ]),
    [
      'page-cursor',
      'a cursor that would be an id that items lack',
      list(cursor, page(object({ name: text }), 'has_more')),
    ],
    ['page-style', 'an index that may begin with 0 or 1', list({ page_index: number })],
    ['x-client', 'an unknown class', list({}, whole, { 'x-client': { page: 'BookPage' } })],
    ['x-client', 'an unknown key', list({}, whole, { 'x-client': { page: { foo: 1 } } })],
    ['x-client', 'a list', list({}, whole, { 'x-client': { page: [] } })],
    [
      'x-client',
      'a parameter that does not exist',
      list({}, whole, { 'x-client': { page: { class: 'NumberedPage', position: 'p' } } }),
    ],
    [
      'x-client',
      'a property that does not exist',
      list({}, whole, { 'x-client': { page: { items: 'meta.items' } } }),
    ],
    [
      'x-client',
      'items that are no array',
      list({}, whole, { 'x-client': { page: { items: '' } } }),
    ],
    [
      'x-client',
      'a class that lacks what it needs',
      list(cursor, whole, { 'x-client': { page: 'NextCursorPage' } }),
    ],
    // Names
    ...(
      [
        ['of a class of the client', { name: 'NotFoundError' }, {}],
        ['whose error is a class of the client', { name: 'API' }, {}],
        ['of a schema', { name: 'Novel' }, { Novel: object({ a: text }) }],
        ['whose error is a schema', { name: 'Acme' }, { AcmeError: object({ a: text }) }],
        ['of a resource', { aliases: ['Books'] }, {}],
        ['twice', { name: 'Acme', aliases: ['Acme'] }, {}],
        ['whose error is an alias', { name: 'Acme', aliases: ['AcmeError'] }, {}],
        ['of the title and of a schema', {}, { LibraryClient: object({ a: text }) }],
      ] as const
    ).map(([title, given, schemas]): [string, string, Case] => [
      'client-name',
      `a name of the client ${title}`,
      {
        paths: { '/books': { get: call('books.retrieve', { gives: text }) } },
        schemas,
        more: { 'x-client': given },
      },
    ]),
    [
      'type-clash',
      'two schemas of one type',
      {
        paths: fine,
        schemas: { 'team-member': object({ a: text }), TeamMember: object({ b: text }) },
      },
    ],
  ])('%s: %s', (id, _, given) => {
    const findings = findingsOf(given);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(finding).toMatch(/^refused api\.yaml:\d+:\d+: .*\.( \(|.* \()/);
    expect(findings.join('\n')).toMatch(new RegExp(` \\(${id}\\)$`, 'm'));
  });
});

describe('parts that are not generated are listed', () => {
  test.each<[string, string, Case]>([
    ['no-success', 'errors alone', responses({ 404: { description: 'None.' } })],
    ['no-success', 'a default alone', responses({ default: { description: 'Any.' } })],
    [
      'renamed-type',
      'a schema called like a resource',
      { paths: fine, schemas: { Books: object({ a: text }) } },
    ],
    ['cookie-parameter', 'an optional cookie', header('theme', { in: 'cookie' })],
    ['allow-reserved', 'reserved characters', query('q', { schema: text, allowReserved: true })],
    ['get-body', 'a GET with an optional body', body('get', ['application/json'])],
    [
      'other-media-type',
      'a second type of body',
      body('post', ['application/json', 'application/xml']),
    ],
    [
      'other-media-type',
      'a second type of result',
      responses({
        200: {
          description: 'Done.',
          content: { ...(content('application/json')['content'] as Json), 'text/csv': {} },
        },
      }),
    ],
    [
      'public-operation',
      'an operation without a key',
      { paths: { '/a': { get: call('a.get', { gives: ref('Book'), security: [] }) } } },
    ],
    ['no-server', 'no server', { paths: fine, more: { servers: [] } }],
    ['no-server', 'a relative server', { paths: fine, more: { servers: [{ url: '/v1' }] } }],
    [
      'other-server',
      'a second server',
      { paths: fine, more: { servers: [{ url: 'https://a.test' }, { url: 'https://b.test' }] } },
    ],
    [
      'form-encoding',
      'the media type of a file',
      form(multipart, { type: 'string', format: 'binary' }, { contentType: 'image/png' }),
    ],
    [
      'form-encoding',
      'headers in a form with files',
      form(multipart, text, { headers: { 'X-Part': { schema: text } } }),
    ],
    [
      'item-schema',
      'the items of an event stream',
      responses({
        200: {
          description: 'Done.',
          content: { 'text/event-stream': { itemSchema: ref('Book') } },
        },
      }),
    ],
    [
      'dynamic-reference',
      'a dynamic reference',
      { paths: fine, schemas: { Tree: object({ child: { $dynamicRef: '#node' } }) } },
    ],
    [
      'error-object',
      'a schema called like the type of errors',
      {
        paths: {
          '/books': {
            get: {
              ...call('books.count'),
              responses: {
                200: { description: 'Fine.' },
                404: {
                  description: 'None.',
                  content: { 'application/json': { schema: ref('Book') } },
                },
              },
            },
          },
        },
      },
    ],
    ['page-size', 'a limit without a second page', list({ limit: number })],
    [
      'page-size',
      'a number of pages without a parameter',
      list({}, object({ data: books, pages: number })),
    ],
    ['page-size', 'a header with the number of pages', withHeader('X-Total-Pages')],
    [
      'page-items',
      'a page number of what is not a list',
      list({ page: number }, object({ chapters: { type: 'array', items: text } })),
    ],
    [
      'webhooks',
      'webhooks',
      { paths: fine, more: { webhooks: { sold: { post: { responses: {} } } } } },
    ],
    [
      'callbacks',
      'callbacks',
      {
        paths: { '/a': { post: call('a.send', { gives: ref('Book'), callbacks: { done: {} } }) } },
      },
    ],
    ['links', 'links', responses({ 200: { ...content('application/json'), links: { next: {} } } })],
    ['method', 'HEAD', { paths: { '/books': { ...fine['/books'], head: { responses: {} } } } }],
    [
      'method',
      'OPTIONS',
      { paths: { '/books': { ...fine['/books'], options: { responses: {} } } } },
    ],
    [
      'renamed-type',
      'a schema called like a class of the client',
      { paths: fine, schemas: { Page: object({ a: text }) } },
    ],
    [
      'renamed-type',
      'a schema whose name is not an identifier',
      { paths: fine, schemas: { 'team-member': object({ a: text }) } },
    ],
  ])('%s: %s', (id, _, given) => {
    const findings = findingsOf(given);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(new RegExp(`^listed api\\.yaml:\\d+:\\d+: .* \\(${id}\\)$`));
  });
});

test.each<[string, Case]>([
  ['a plain operation', { paths: fine }],
  ['a hyphen in a path', path('book-id', { schema: text })],
  ['a dot in a path', path('book.id', { schema: text })],
  [
    'an integer behind a reference',
    { ...path('id', { schema: ref('ID') }), schemas: { ID: number } },
  ],
  ['a repeated query', query('tags', { schema: { type: 'array', items: text } })],
  [
    'an array as a deep object',
    query('ids', { style: 'deepObject', schema: { type: 'array', items: text } }),
  ],
  ['a deep object', query('filter', { style: 'deepObject', schema: object({ color: text }) })],
  ['the headers that OpenAPI leaves to others', header('Accept', { required: true })],
  ['an optional key', scheme({}, [{ key: [] }, {}])],
  ['a key in a header', scheme({ type: 'apiKey', in: 'header', name: 'X-Key' })],
  ['a key in the query', scheme({ type: 'apiKey', in: 'query', name: 'k' })],
  ['basic authentication', scheme({ type: 'http', scheme: 'basic' })],
  [
    'two schemes at once',
    scheme({ type: 'apiKey', in: 'header', name: 'X-Key' }, [{ key: [], other: [] }]),
  ],
  ['oauth2', scheme({ type: 'oauth2', flows: {} }, [{ other: [] }])],
  [
    'a bearer token or another scheme',
    scheme({ type: 'apiKey', in: 'header', name: 'X' }, [{ other: [] }, { key: [] }]),
  ],
  [
    'a variable with a default',
    {
      paths: fine,
      more: {
        servers: [{ url: 'https://{region}.test', variables: { region: { default: 'eu' } } }],
      },
    },
  ],
  [
    'an own server that is the first',
    {
      paths: {
        '/a': {
          get: call('a.get', { gives: ref('Book'), servers: [{ url: 'https://library.test/v2' }] }),
        },
      },
    },
  ],
  [
    'a list that says that it is whole',
    list({ page: number }, whole, { 'x-client': { page: 'whole' } }),
  ],
  ['a list by cursor', list(cursor, page(ref('Book'), 'has_more', 'next'))],
  ['a list by page number', list({ page: number, limit: number })],
  ['a list by offset', list({ offset: number, limit: number })],
  [
    'two statuses of one body',
    responses({ 200: content('application/json'), 201: content('application/json') }),
  ],
  ['a merge patch', body('patch', ['application/merge-patch+json'])],
  ['a form', body('post', ['application/x-www-form-urlencoded'])],
  ['a text', responses({ 200: content('text/csv', text) })],
  ['an event stream', responses({ 200: content('text/event-stream', text) })],
  ['a PDF', responses({ 200: content('application/pdf', text) })],
  [
    'two bodies of JSON',
    responses({
      200: content('application/json'),
      202: content('application/json', object({ job: text })),
    }),
  ],
  [
    'a body or none',
    responses({ 200: content('application/json'), 204: { description: 'None.' } }),
  ],
  ['a body of a form with files', body('post', ['multipart/form-data'])],
  ['an object in a form', form(urlencoded, ref('Book'), { style: 'deepObject', explode: true })],
  ['an array with brackets in a form', form(urlencoded, texts, { style: 'deepObject' })],
  ['an array in a form', form(urlencoded, texts, { style: 'form', explode: true })],
  [
    'an object in a form with files',
    form(multipart, ref('Book'), { contentType: 'application/json' }),
  ],
  [
    'what looks like an extension or a reference in data',
    query('q', {
      schema: { ...text, examples: [{ 'x-client': {}, $ref: '#none', $dynamicRef: '#a' }] },
    }),
  ],
  [
    'a property whose name is that of an extension',
    { paths: fine, schemas: { Odd: object({ 'x-client': text, default: text }) } },
  ],
  ['a header that is an option', header('X-Shop', { 'x-client': { option: 'shop', env: 'SHOP' } })],
  ['a body of bytes', body('post', ['image/png'])],
  ['a body of text', body('post', ['text/csv'])],
  ['no body at all', responses({ 204: { description: 'None.' } })],
])('%s is mapped', (_, given) => {
  expect(findingsOf(given)).toEqual([]);
});

test.each(['toJSON', 'toString', 'valueOf', 'then', 'constructor', 'hasOwnProperty'])(
  'an operation called %s is refused: JavaScript would call it',
  (name) => {
    expect(findingsOf({ paths: { '/a': { get: call(`books.${name}`) } } })[0]).toMatch(
      /\(reserved-name\)$/,
    );
  },
);

test('further methods of OpenAPI 3.2 are listed by their names', () => {
  const copy = { responses: {} };
  const item = { ...fine['/books'], query: copy, additionalOperations: { COPY: copy, MOVE: copy } };
  const found = findingsOf({ paths: { '/books': item } }).map(
    (one) => /(\S+) \/books is not generated/.exec(one)?.[1],
  );
  expect(found).toEqual(['QUERY', 'COPY', 'MOVE']);
});
