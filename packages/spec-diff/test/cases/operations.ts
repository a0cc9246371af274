import { documentOf, parameter } from '../support/documents.ts';
import { addition, breaking, none, type Row } from '../support/meanings.ts';

const text = { type: 'string' };
const number = { type: 'integer' };
const asJSON = (schema: object) => ({ 'application/json': { schema } });

const header = (more: object) =>
  documentOf({ responses: { 200: { description: 'ok', headers: { 'X-A': more } } } });
const form = (media: object) =>
  documentOf({ requestBody: { content: { 'multipart/form-data': media } } });
const file = { type: 'object', properties: { file: text, tags: { type: 'array', items: text } } };
const part = (encoding: object) => form({ schema: file, encoding: { file: encoding } });
const hook = (operation: object) => ({
  post: { responses: { 200: { description: 'ok' } }, ...operation },
});
const payload = (schema: object) => hook({ requestBody: { content: asJSON(schema) } });
const webhooks = (named: object) => documentOf({}, { webhooks: named });
const callbacks = (named: object) => documentOf({ callbacks: named });
const onEvent = (pathItem: object) => ({ onEvent: { '{$request.query.url}': pathItem } });
const components = (named: object) => documentOf({}, { components: named });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const aliases = (name: string) => ({
  components: { schemas: { A: {}, B: { type: 'boolean' }, Alias: ref(name) } },
});
const moved = (path: string, more: object = {}) => {
  const [, name] = /\{(.*)\}/.exec(path) ?? [];
  const parameters = [{ name, in: 'path', required: true, schema: text }];
  const responses = { 200: { description: 'ok' } };
  return documentOf({}, { paths: { [path]: { get: { responses, parameters, ...more } } } });
};

const misplaced = {
  paths: {
    '/things': {
      get: { operationId: 'list', responses: { 200: { description: 'ok' } } },
      responses: { 200: { description: 'ok' } },
    },
  },
};

/** A union of two schemas that are made from a third one, apart from those that are named. */
function madeFrom(modes: string[], words: object, ...apart: string[]): object {
  const base = { type: 'object', properties: { mode: { type: 'string', enum: modes } } };
  const own = (name: string) => ({
    type: 'object',
    required: ['type'],
    properties: { type: { const: name } },
  });
  const of = (name: string) =>
    apart.includes(name) ? own(name) : { allOf: [ref('Base'), own(name)] };
  const schemas = { Base: { ...base, ...words }, One: of('One'), Two: of('Two') };
  const content = asJSON({ oneOf: [ref('One'), ref('Two')] });
  return documentOf(
    { responses: { 200: { description: 'ok', content } } },
    { components: { schemas } },
  );
}

/** A component that a request or a response, or both, has. */
function used(properties: object, ...places: ('request' | 'response')[]): object {
  const content = asJSON(ref('Login'));
  const responses = { 200: { description: 'ok' } };
  const paths = {
    '/login': { post: { responses, requestBody: { content } } },
    ...(places.includes('response') && {
      '/mine': { get: { responses: { 200: { description: 'ok', content } } } },
    }),
  };
  return documentOf(
    {},
    { paths, components: { schemas: { Login: { type: 'object', properties } } } },
  );
}

function responseOf(content: object): object {
  return documentOf({ responses: { 200: { description: 'ok', content } } });
}

export const operationsRows: readonly Row[] = [
  // Webhooks and callbacks: the API sends the request, so that the sides change places.
  [
    'a webhook comes',
    webhooks({}),
    webhooks({ made: hook({}) }),
    addition,
    breaking,
    'webhook POST made',
  ],
  [
    'a property of a webhook’s payload becomes optional',
    webhooks({ made: payload({ ...file, required: ['file'] }) }),
    webhooks({ made: payload(file) }),
    breaking,
    addition,
    'webhook POST made › request body › file',
  ],
  [
    'the payload of a webhook is of another type',
    webhooks({ made: payload(text) }),
    webhooks({ made: payload(number) }),
    breaking,
    breaking,
    'webhook POST made › request body',
  ],
  [
    'a callback comes',
    callbacks({}),
    callbacks(onEvent(hook({}))),
    addition,
    breaking,
    'GET /things › callback › onEvent',
  ],
  [
    'a callback calls with one more method',
    callbacks(onEvent(hook({}))),
    callbacks(onEvent({ ...hook({}), put: hook({}).post })),
    addition,
    breaking,
    'GET /things › callback › onEvent › PUT {$request.query.url}',
  ],
  [
    'the payload of a callback may also be null',
    callbacks(onEvent(payload(text))),
    callbacks(onEvent(payload({ type: ['string', 'null'] }))),
    breaking,
    addition,
    'GET /things › callback › onEvent › POST {$request.query.url} › request body',
  ],

  // Parameters and headers.
  [
    'the schema of a parameter’s content changes',
    parameter({}, { schema: undefined, content: asJSON(text) }),
    parameter({}, { schema: undefined, content: asJSON(number) }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'the media type of a parameter’s content changes',
    parameter({}, { schema: undefined, content: asJSON(text) }),
    parameter({}, { schema: undefined, content: { 'text/plain': { schema: text } } }),
    breaking,
    breaking,
    'GET /things › query › q › application/json',
  ],
  [
    'a parameter is written as JSON instead of as itself',
    parameter(text),
    parameter({}, { schema: undefined, content: asJSON(text) }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'the schema of a header’s content changes',
    header({ content: asJSON(text) }),
    header({ content: asJSON(number) }),
    breaking,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a header of an object is exploded',
    header({ schema: { type: 'object' } }),
    header({ schema: { type: 'object' }, explode: true }),
    breaking,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a header is always sent',
    header({ schema: text }),
    header({ schema: text, required: true }),
    addition,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a text becomes a text or a list, which is not exploded',
    parameter(text, { explode: true }),
    parameter({ oneOf: [text, { type: 'array', items: text }] }, { explode: false }),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a field of operations stands in their path, where it has no meaning',
    documentOf(),
    { ...documentOf(), ...misplaced },
    none,
    none,
    'GET /things › path',
  ],
  [
    'explode is written on a deep object',
    parameter({ type: 'object' }, { style: 'deepObject' }),
    parameter({ type: 'object' }, { style: 'deepObject', explode: true }),
    none,
    none,
    '',
  ],
  [
    'explode is written on a scalar',
    parameter(text),
    parameter(text, { explode: false }),
    none,
    none,
    '',
  ],
  [
    'a parameter is deprecated',
    parameter(text),
    parameter(text, { deprecated: true }),
    addition,
    none,
    'GET /things › query › q',
  ],
  [
    'a path parameter is renamed',
    moved('/a/{id}'),
    moved('/a/{key}'),
    breaking,
    breaking,
    'GET /a/{id} › path › id',
  ],
  [
    'an operation moves to another path and keeps its id',
    moved('/a/{id}', { operationId: 'get' }),
    moved('/b/{id}', { operationId: 'get' }),
    breaking,
    breaking,
    'GET /a/{id}',
  ],
  [
    'an operation gets its first id',
    documentOf({ operationId: undefined }),
    documentOf(),
    addition,
    breaking,
    'GET /things › operationId',
  ],

  // Forms.
  [
    'a part of a form is of one media type',
    form({ schema: file }),
    part({ contentType: 'image/png' }),
    breaking,
    breaking,
    'GET /things › request body › encoding › file',
  ],
  [
    'a part of a form needs a header',
    part({}),
    part({ headers: { 'X-A': { schema: text, required: true } } }),
    breaking,
    breaking,
    'GET /things › request body › encoding › file › header › x-a',
  ],
  [
    'a part of a form may have a header',
    part({}),
    part({ headers: { 'X-A': { schema: text } } }),
    addition,
    breaking,
    'GET /things › request body › encoding › file › header › x-a',
  ],
  [
    'a list in a form is written in one field',
    form({ schema: file, encoding: { tags: { style: 'form' } } }),
    form({ schema: file, encoding: { tags: { style: 'form', explode: false } } }),
    breaking,
    breaking,
    'GET /things › request body › encoding › tags',
  ],

  // Components that no operation uses: their types are exported.
  [
    'a schema that nothing uses changes',
    components({ schemas: { Spare: text } }),
    components({ schemas: { Spare: number } }),
    breaking,
    breaking,
    'components › schemas › Spare',
  ],
  [
    'a schema that nothing uses gets a bound',
    components({ schemas: { Spare: text } }),
    components({ schemas: { Spare: { ...text, maxLength: 9 } } }),
    none,
    none,
    'components › schemas › Spare',
  ],
  ...(
    [
      ['parameters', { name: 'q', in: 'query', schema: text }],
      ['responses', { description: 'ok' }],
      ['requestBodies', { content: asJSON(text) }],
      ['headers', { schema: text }],
    ] as const
  ).map(
    ([section, Spare]): Row => [
      `a component comes under ${section}`,
      components({}),
      components({ [section]: { Spare } }),
      addition,
      breaking,
      `components › ${section} › Spare`,
    ],
  ),
  [
    'a parameter that nothing uses changes',
    components({ parameters: { Spare: { name: 'q', in: 'query', schema: text } } }),
    components({ parameters: { Spare: { name: 'q', in: 'query', schema: number } } }),
    breaking,
    breaking,
    'components › parameters › Spare',
  ],

  [
    'a name that nothing uses refers to another schema, which a request uses',
    documentOf({ requestBody: { content: asJSON(ref('A')) } }, aliases('B')),
    documentOf({ requestBody: { content: asJSON(ref('A')) } }, aliases('A')),
    breaking,
    breaking,
    'components › schemas › Alias',
  ],

  // What changes no value.
  ['a schema gets an $id', parameter(text), parameter({ ...text, $id: 'urn:q' }), none, none, ''],
  [
    'xml is written where there is only JSON',
    parameter(text),
    parameter({ ...text, xml: { name: 'q' } }),
    none,
    none,
    '',
  ],
  // Media types that the API chooses, and headers that OpenAPI ignores.
  [
    'the API sends a webhook in one more media type',
    webhooks({ made: hook({ requestBody: { content: asJSON(text) } }) }),
    webhooks({
      made: hook({ requestBody: { content: { ...asJSON(text), 'text/plain': { schema: text } } } }),
    }),
    breaking,
    addition,
    'webhook POST made › request body › text/plain',
  ],
  ...['Accept', 'Authorization', 'content-type'].map(
    (name): Row => [
      `a header that OpenAPI ignores comes: ${name}`,
      documentOf(),
      documentOf({ parameters: [{ name, in: 'header', required: true, schema: text }] }),
      none,
      none,
      '',
    ],
  ),
  [
    'a header that OpenAPI ignores becomes of another type',
    documentOf({ parameters: [{ name: 'Accept', in: 'header', schema: text }] }),
    documentOf({ parameters: [{ name: 'Accept', in: 'header', schema: number }] }),
    none,
    none,
    '',
  ],

  // The place of a change: the component that describes it, unless only one of those that are made from it has changed.
  [
    'an enum of a schema that several others are made from grows',
    madeFrom(['a'], {}),
    madeFrom(['a', 'b'], {}),
    breaking,
    addition,
    'components › schemas › Base › mode',
  ],
  [
    'a schema is no longer made from another one, which has another text',
    madeFrom(['a'], {}),
    madeFrom(['a'], { description: 'New.' }, 'Two'),
    breaking,
    addition,
    'GET /things › response 200 › (Two) › mode',
  ],

  // Uses that come or go with the change.
  [
    'a body is written only, and comes as a result without that',
    used({ password: text }, 'request'),
    used({ password: { ...text, writeOnly: true } }, 'request', 'response'),
    addition,
    breaking,
    'GET /mine',
  ],
  [
    'XML comes with names for it',
    responseOf({ 'application/json': { schema: file } }),
    responseOf({
      'application/json': { schema: { ...file, xml: { name: 'f' } } },
      'application/xml': { schema: { ...file, xml: { name: 'f' } } },
    }),
    addition,
    breaking,
    'GET /things › response 200 › application/xml',
  ],
];
