import type { ChangeID } from '../../src/change/ids.ts';
import type { Document } from '../../src/document/spec.ts';
import { property, text, thingsAPI } from '../support/client-documents.ts';

/** A breaking change of a method, and the last line of the program that proves it; or the reason why there is none. */
type ProofRow = readonly [
  name: string,
  before: Document,
  after: Document,
  id: ChangeID,
  expected: string | { none: string },
];

const enumOf = (...values: unknown[]) => ({ enum: values });
const query = (name: string, schema: object = text, more: object = {}) => ({
  query: [{ name, in: 'query', schema, ...more }],
});
const nullable = { type: ['string', 'null'] };
const object = (properties: object, required: string[] = []) => ({
  ...{ type: 'object', required, properties },
});
const only = (name: string, schema: object) => ({
  thing: { type: 'object', required: [name], properties: { [name]: schema } },
});
const responses = (schema?: object) => ({
  200: {
    description: 'ok',
    ...(schema && { content: { 'application/json': { schema } } }),
  },
});
const parameters = [{ name: 'thing_id', in: 'path', required: true, schema: text }];
const action = (more: object, operationId = 'things.archive') => ({
  item: { post: { operationId, parameters, responses: responses(), ...more } },
});
const requestBody = {
  required: true,
  content: { 'application/json': { schema: object({ reason: text }) } },
};
const A = object({ kind: { const: 'a' }, x: text, only_a: text }, ['kind', 'x']);
const B = object({ kind: { const: 'b' }, y: text }, ['kind', 'y']);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const secured = {
  security: [{ key: [] }],
  components: {
    schemas: { Thing: property('name', text) },
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
  },
};

export const proofRows: readonly ProofRow[] = [
  // Responses
  [
    'a property of a response is removed',
    thingsAPI(),
    thingsAPI({ thing: object({ id: text }, ['id']) }),
    'property-removed',
    'console.log(result.name);',
  ],
  [
    'a property that is not an identifier is removed',
    thingsAPI({ thing: property('first-name', text) }),
    thingsAPI({ thing: object({ id: text }, ['id']) }),
    'property-removed',
    "console.log(result['first-name']);",
  ],
  [
    'a property of a response is now optional',
    thingsAPI(),
    thingsAPI({ thing: property('name', text, false) }),
    'property-may-be-missing',
    'const value: string = result.name;',
  ],
  [
    'a list may be a text, which has a length as well',
    thingsAPI({ thing: property('p', { type: 'array', items: text }) }),
    thingsAPI({ thing: property('p', { anyOf: [{ type: 'array', items: text }, text] }) }),
    'type-added',
    'const value: string[] = result.p;',
  ],
  [
    'a property of an object that every text has',
    thingsAPI({ thing: property('p', object({ link: text }, ['link'])) }),
    thingsAPI({ thing: property('p', text) }),
    'type-changed',
    'const value: { link: string; } = result.p;',
  ],
  [
    'a property of a response is now nullable',
    thingsAPI(),
    thingsAPI({ thing: property('name', nullable) }),
    'type-added',
    'const value: string = result.name;',
  ],
  [
    'a property of a response has another type',
    thingsAPI(),
    thingsAPI({ thing: property('name', { type: 'number' }) }),
    'type-changed',
    'const value: string = result.name;',
  ],
  [
    'a property of an optional object of a response is removed',
    thingsAPI({ thing: property('profile', object({ nick: text, age: text }, ['nick']), false) }),
    thingsAPI({ thing: property('profile', object({ age: text }), false) }),
    'property-removed',
    'console.log(result.profile!.nick);',
  ],
  [
    'an item of an array in a response has another type',
    thingsAPI({ thing: property('tags', { type: 'array', items: text }) }),
    thingsAPI({ thing: property('tags', { type: 'array', items: { type: 'number' } }) }),
    'type-changed',
    'const value: string = result.tags[0]!;',
  ],
  [
    'an enum of a response has a new value',
    thingsAPI({ thing: property('role', enumOf('owner', 'reader')) }),
    thingsAPI({ thing: property('role', enumOf('owner', 'reader', 'guest')) }),
    'enum-value-added',
    "const value: 'owner' | 'reader' = result.role;",
  ],
  [
    'an enum of a response is gone',
    thingsAPI({ thing: property('role', { type: 'string', enum: ['owner', 'reader'] }) }),
    thingsAPI({ thing: property('role', text) }),
    'enum-removed',
    "const value: 'owner' | 'reader' = result.role;",
  ],
  [
    'a value of a map in a response has another type',
    thingsAPI({ thing: property('labels', { type: 'object', additionalProperties: text }) }),
    thingsAPI({
      thing: property('labels', { type: 'object', additionalProperties: { type: 'number' } }),
    }),
    'type-changed',
    "const value: string = result.labels['key']!;",
  ],
  [
    'a union of a response has a new member',
    thingsAPI({ ...only('p', { oneOf: [ref('A')] }), schemas: { A, B } }),
    thingsAPI({ ...only('p', { oneOf: [ref('A'), ref('B')] }), schemas: { A, B } }),
    'alternative-added',
    'const value: A = result.p;',
  ],
  [
    'a property of one member of a union is removed',
    thingsAPI({ ...only('p', { oneOf: [ref('A'), ref('B')] }), schemas: { A, B } }),
    thingsAPI({
      ...only('p', { oneOf: [ref('A'), ref('B')] }),
      schemas: { A: object({ kind: { const: 'a' }, x: text }, ['kind', 'x']), B },
    }),
    'property-removed',
    'console.log((result.p as A).only_a);',
  ],
  [
    'a property of the page is removed',
    thingsAPI({ list: { total_cost: text } }),
    thingsAPI(),
    'property-removed',
    { none: 'Found no program that compiles with the old client and not with the new one.' },
  ],
  [
    'a list has other cursors',
    thingsAPI({ ...query('after'), list: { has_more: { type: 'boolean' }, last_id: text } }),
    thingsAPI({ ...query('after'), list: { has_more: { type: 'boolean' }, next: nullable } }),
    'method-result-changed',
    'console.log(page.first_id);',
  ],
  [
    'a list no longer tells whether there is more',
    thingsAPI({ ...query('after'), list: { has_more: { type: 'boolean' } } }),
    thingsAPI(),
    'method-result-changed',
    'console.log(page.has_more);',
  ],
  [
    'a method no longer returns anything',
    thingsAPI(action({ responses: responses(ref('Thing')) })),
    thingsAPI(action({ responses: responses() })),
    'method-result-changed',
    'console.log(result.id);',
  ],
  [
    'a method that returned nothing returns an object',
    thingsAPI(action({ responses: responses() })),
    thingsAPI(action({ responses: responses(ref('Thing')) })),
    'method-result-changed',
    'const value: void = result;',
  ],
  // Requests
  [
    'a value of an enum of a request is removed',
    thingsAPI({ body: { role: enumOf('owner', 'reader') } }),
    thingsAPI({ body: { role: enumOf('owner') } }),
    'enum-value-removed',
    "await client.things.update('thing_id', { role: 'reader' });",
  ],
  [
    'a value of a query parameter is removed',
    thingsAPI(query('order', enumOf('asc', 'desc'))),
    thingsAPI(query('order', enumOf('asc'))),
    'enum-value-removed',
    "await client.things.list({ order: 'desc' });",
  ],
  [
    'a query parameter is removed',
    thingsAPI({ query: [...query('a').query, ...query('b').query] }),
    thingsAPI(query('b')),
    'parameter-removed',
    "await client.things.list({ a: 'a' });",
  ],
  [
    'the only query parameter is removed',
    thingsAPI(query('a')),
    thingsAPI(),
    'parameter-removed',
    "await client.things.list({ a: 'a' });",
  ],
  [
    'a query parameter is now required',
    thingsAPI(query('a')),
    thingsAPI(query('a', text, { required: true })),
    'parameter-now-required',
    'await client.things.list();',
  ],
  [
    'a required query parameter is added',
    thingsAPI(query('a')),
    thingsAPI({ query: [...query('a').query, ...query('b', text, { required: true }).query] }),
    'required-parameter-added',
    'await client.things.list();',
  ],
  [
    'a query parameter has another type',
    thingsAPI(query('a')),
    thingsAPI(query('a', { type: 'boolean' })),
    'type-changed',
    "await client.things.list({ a: 'a' });",
  ],
  [
    'a query parameter has a lower maximum',
    thingsAPI(query('limit', { type: 'integer', maximum: 100 })),
    thingsAPI(query('limit', { type: 'integer', maximum: 50 })),
    'bound-lowered',
    'await client.things.list({ limit: 100 });',
  ],
  [
    'a text of a body has a maximum length',
    thingsAPI({ body: { name: { type: 'string', maxLength: 5 } } }),
    thingsAPI({ body: { name: { type: 'string', maxLength: 3 } } }),
    'bound-lowered',
    "await client.things.update('thing_id', { name: 'xxxxx' });",
  ],
  [
    'a property of a body is removed',
    thingsAPI({ body: { a: text, b: text } }),
    thingsAPI({ body: { b: text } }),
    'property-removed',
    "await client.things.update('thing_id', { a: 'a' });",
  ],
  [
    'a property of a body is now required',
    thingsAPI({ body: { a: text, b: text }, required: ['a'] }),
    thingsAPI({ body: { a: text, b: text }, required: ['a', 'b'] }),
    'property-now-required',
    "await client.things.update('thing_id', { a: 'a' });",
  ],
  [
    'a required property of a body is added',
    thingsAPI({ body: { a: text }, required: ['a'] }),
    thingsAPI({ body: { a: text, b: text }, required: ['a', 'b'] }),
    'required-property-added',
    "await client.things.update('thing_id', { a: 'a' });",
  ],
  [
    'a property of a body is no longer nullable',
    thingsAPI({ body: { a: nullable } }),
    thingsAPI({ body: { a: text } }),
    'type-removed',
    "await client.things.update('thing_id', { a: null });",
  ],
  [
    'a property of an object in an array of a body is removed',
    thingsAPI({ body: { list: { type: 'array', items: object({ a: text, b: text }) } } }),
    thingsAPI({ body: { list: { type: 'array', items: object({ b: text }) } } }),
    'property-removed',
    "await client.things.update('thing_id', { list: [{ a: 'a' }] });",
  ],
  [
    'a body is now required',
    thingsAPI({ body: { a: text } }),
    thingsAPI({
      requestBody: {
        required: true,
        content: { 'application/json': { schema: object({ a: text }) } },
      },
    }),
    'body-now-required',
    "await client.things.update('thing_id');",
  ],
  [
    'a body is removed',
    thingsAPI({ body: { a: text } }),
    thingsAPI({ requestBody: undefined }),
    'body-removed',
    "await client.things.update('thing_id', { a: 'a' });",
  ],
  [
    'a body is added, in the place of the options',
    thingsAPI({ requestBody: undefined }),
    thingsAPI({ body: { a: text } }),
    'method-arguments-changed',
    "await client.things.update('thing_id', { timeout: 1000 });",
  ],
  // Methods
  [
    'a path parameter has another type',
    thingsAPI(),
    thingsAPI({ id: { type: 'integer' } }),
    'type-changed',
    "await client.things.retrieve('thing_id');",
  ],
  [
    'a method is removed',
    thingsAPI(action({})),
    thingsAPI(),
    'method-removed',
    "await client.things.archive('thing_id');",
  ],
  [
    'a method is renamed',
    thingsAPI(action({})),
    thingsAPI(action({}, 'things.close')),
    'method-removed',
    "await client.things.archive('thing_id');",
  ],
  [
    'the result of a method that takes a body without required properties may be missing',
    thingsAPI(action({ requestBody, responses: responses(ref('Thing')) })),
    thingsAPI(
      action({
        requestBody,
        responses: { ...responses(ref('Thing')), 202: { description: 'ok' } },
      }),
    ),
    'method-result-changed',
    'console.log(result.id);',
  ],
  [
    'a type of arguments is renamed',
    thingsAPI(query('a')),
    thingsAPI({ ...query('a'), schemas: { ThingListParams: object({ z: text }) } }),
    'method-arguments-renamed',
    "export const params: ThingListParams = { a: 'a' };",
  ],
  // What types do not show
  [
    'a default of a request',
    thingsAPI(query('a', { ...text, default: 'x' })),
    thingsAPI(query('a', { ...text, default: 'y' })),
    'default-changed',
    { none: 'Programs that leave the value out compile as before, and get another result.' },
  ],
  [
    'a bound of a response',
    thingsAPI({ thing: property('size', { type: 'integer', maximum: 5 }) }),
    thingsAPI({ thing: property('size', { type: 'integer', maximum: 9 }) }),
    'bound-raised',
    { none: 'TypeScript does not check such constraints.' },
  ],
  [
    'a format of a request',
    thingsAPI({ body: { day: text } }),
    thingsAPI({ body: { day: { type: 'string', format: 'date' } } }),
    'format-added',
    { none: 'TypeScript does not check such constraints.' },
  ],
  [
    'a response that is an error',
    thingsAPI(action({ responses: { ...responses(), 404: { description: 'unknown' } } })),
    thingsAPI(action({})),
    'response-removed',
    { none: 'The response is an error, whose body is not part of what a method returns.' },
  ],
  [
    'credentials',
    thingsAPI(),
    { ...thingsAPI(), ...secured },
    'authentication-now-required',
    { none: 'Declarations do not show which credentials the API accepts.' },
  ],
];
