import { documentOf, parameter } from '../support/documents.ts';
import { addition, breaking, none, type Row } from '../support/meanings.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const sent = (content: object, more: object = {}) => documentOf({ requestBody: { content } }, more);
const received = (content: object, more: object = {}) =>
  documentOf({ responses: { 200: { description: 'ok', content } } }, more);
const schemas = (named: object) => ({ components: { schemas: named } });
const letters = (...values: string[]) => ({ type: 'string', enum: values });
/** `M` is sent, and `U`, which no operation uses, refers to it. */
const unused = (M: object, more: object = {}) =>
  sent(
    json({ type: 'object', properties: { m: ref('M') } }),
    schemas({ M, U: { type: 'object', properties: { m: ref('M'), ...more } } }),
  );
/** An open enum is received, whose known values programs may write. */
const known = (Known: object) =>
  received(json({ anyOf: [text, ref('Known')] }), schemas({ Known }));
/** No operation uses it. */
const exported = (U: object) => documentOf({}, schemas({ U }));

const form = (properties: object, encoding: object = {}, type = 'multipart/form-data') =>
  sent({ [type]: { schema: { type: 'object', properties }, encoding } });
const tags = { type: 'array', items: text };
const deep = { style: 'deepObject', explode: true };

const old = (document: object) => ({ ...document, openapi: '3.0.3' });
const identified = (n: object, defs: string) => ({
  $id: 'https://a.test/thing',
  type: 'object',
  properties: { n: { $ref: defs } },
  $defs: { n: { $anchor: 'name', ...n } },
});
const at = (url: string, path: string, more: object = {}) =>
  documentOf(
    {},
    {
      servers: [{ url, ...more }],
      paths: {
        [path]: { get: { operationId: 'list', responses: { 200: { description: 'ok' } } } },
      },
    },
  );
const answers = (responses: object) => documentOf({ responses });
const error = {
  description: 'An error.',
  content: json({ type: 'object', properties: { message: text } }),
};
const ok = { description: 'ok' };
/** An error that has these properties. */
const coded = (...required: string[]) => ({
  description: 'An error.',
  content: json({ type: 'object', properties: { code: text, message: text }, required }),
});
const tree = (child: object) => ({
  $dynamicAnchor: 'node',
  type: 'object',
  properties: { value: text, children: { type: 'array', items: child } },
});

/** Schemas that no operation uses. */
export const unusedRows: readonly Row[] = [
  [
    'an enum that is sent grows, and an unused schema refers to it',
    unused(letters('a')),
    unused(letters('a', 'b')),
    addition,
    breaking,
    'components › schemas › M',
  ],
  [
    'a bound that is sent falls, and an unused schema refers to it',
    unused({ ...text, maxLength: 5 }),
    unused({ ...text, maxLength: 9 }),
    addition,
    breaking,
    'components › schemas › M',
  ],
  [
    'the known values of an open enum are a component, and one is added',
    known(letters('a')),
    known(letters('a', 'b')),
    addition,
    breaking,
    'components › schemas › Known',
  ],
  [
    'a property is added to an unused schema',
    unused(letters('a')),
    unused(letters('a'), { more: text }),
    addition,
    breaking,
    'components › schemas › U › more',
  ],
  [
    'a bound of an unused schema falls, which its type does not show',
    exported({ ...text, maxLength: 9 }),
    exported({ ...text, maxLength: 5 }),
    none,
    none,
    'components › schemas › U',
  ],
  [
    'a pattern of an unused schema changes, which its type does not show',
    exported({ ...text, pattern: '^a' }),
    exported({ ...text, pattern: '^b' }),
    none,
    none,
    'components › schemas › U',
  ],
  [
    'the type of an unused schema changes',
    exported(text),
    exported(integer),
    breaking,
    breaking,
    'components › schemas › U',
  ],
  [
    'the enum of an unused schema grows',
    exported(letters('a')),
    exported(letters('a', 'b')),
    breaking,
    breaking,
    'components › schemas › U',
  ],
];

/** How the parts of forms are sent. */
export const formsRows: readonly Row[] = [
  [
    'explode is written on a part of one value',
    form({ a: text }, { a: { explode: true } }, 'application/x-www-form-urlencoded'),
    form({ a: text }, { a: { explode: false } }, 'application/x-www-form-urlencoded'),
    none,
    none,
    '',
  ],
  ...['text/plain', 'application/json'].map(
    (contentType): Row => [
      `the default media type of a list is stated: ${contentType}`,
      form({ tags }),
      form({ tags }, { tags: { contentType } }),
      none,
      none,
      '',
    ],
  ),
  [
    'the media type of a list changes',
    form({ tags }, { tags: { contentType: 'text/plain' } }),
    form({ tags }, { tags: { contentType: 'application/json' } }),
    breaking,
    breaking,
    'GET /things › request body › encoding › tags',
  ],
  [
    'a form gets a property that is sent in its own way',
    form({ a: text }),
    form({ a: text, tags }, { tags: deep }),
    addition,
    breaking,
    'GET /things › request body › tags',
  ],
  [
    'a urlencoded form gets a property that is sent in its own way',
    form({ a: text }, {}, 'application/x-www-form-urlencoded'),
    form({ a: text, tags }, { tags: deep }, 'application/x-www-form-urlencoded'),
    addition,
    breaking,
    'GET /things › request body › tags',
  ],
  [
    'an encoding comes for a property that is not there',
    form({ a: text }),
    form({ a: text }, { tags: deep }),
    none,
    none,
    '',
  ],
  [
    'a property of a form is sent in another way',
    form({ tags }),
    form({ tags }, { tags: deep }),
    breaking,
    breaking,
    'GET /things › request body › encoding › tags',
  ],
  [
    'the default media type of an object is stated',
    form({ o: { type: 'object' } }),
    form({ o: { type: 'object' } }, { o: { contentType: 'application/json' } }),
    none,
    none,
    '',
  ],
  [
    'the default media type of a text is stated',
    form({ a: text }),
    form({ a: text }, { a: { contentType: 'text/plain' } }),
    none,
    none,
    '',
  ],
  [
    'the default media type of a file is stated',
    form({ a: { ...text, format: 'binary' } }),
    form({ a: { ...text, format: 'binary' } }, { a: { contentType: 'application/octet-stream' } }),
    none,
    none,
    '',
  ],
  [
    'a part may be of one image type more',
    form({ a: text }, { a: { contentType: 'image/png' } }),
    form({ a: text }, { a: { contentType: 'image/png, image/jpeg' } }),
    addition,
    breaking,
    'GET /things › request body › encoding › a',
  ],
  [
    'a part may be of any image type',
    form({ a: text }, { a: { contentType: 'image/png' } }),
    form({ a: text }, { a: { contentType: 'image/*' } }),
    addition,
    breaking,
    'GET /things › request body › encoding › a',
  ],
  [
    'the charset of a part is stated',
    form({ a: text }),
    form({ a: text }, { a: { contentType: 'text/plain; charset=UTF-8' } }),
    none,
    none,
    '',
  ],
  [
    'the explode of a deep object is stated in a urlencoded form',
    form({ tags }, { tags: { style: 'deepObject' } }, 'application/x-www-form-urlencoded'),
    form({ tags }, { tags: deep }, 'application/x-www-form-urlencoded'),
    none,
    none,
    '',
  ],
];

/** The media types of bodies. */
export const mediaTypesRows: readonly Row[] = [
  [
    'a parameter of a media type is written with quotes',
    received({ 'application/json; profile=short': { schema: text } }),
    received({ 'application/json;profile="short"': { schema: text } }),
    none,
    none,
    '',
  ],
  [
    'the charset of a text is stated',
    received({ 'text/plain': { schema: text } }),
    received({ 'text/plain; charset=UTF-8': { schema: text } }),
    none,
    none,
    '',
  ],
  [
    'the charset of a text changes',
    received({ 'text/plain': { schema: text } }),
    received({ 'text/plain; charset=latin1': { schema: text } }),
    breaking,
    breaking,
    'GET /things › response 200 › text/plain',
  ],
  [
    'the charset of a JSON response is stated',
    received(json(text)),
    received({ 'application/json; charset=utf-8': { schema: text } }),
    none,
    none,
    '',
  ],
  [
    'the charset of a JSON request is stated without a space',
    sent(json(text)),
    sent({ 'application/json;charset=UTF-8': { schema: text } }),
    none,
    none,
    '',
  ],
  [
    'a request takes application/* instead of application/json',
    sent(json(text)),
    sent({ 'application/*': { schema: text } }),
    addition,
    breaking,
    'GET /things › request body › application/*',
  ],
  [
    'a request takes anything instead of application/json',
    sent(json(text)),
    sent({ '*/*': { schema: text } }),
    addition,
    breaking,
    'GET /things › request body › */*',
  ],
  [
    'a request takes one image type more',
    sent({ 'image/png': {} }),
    sent({ 'image/png': {}, 'image/jpeg': {} }),
    addition,
    breaking,
    'GET /things › request body › image/jpeg',
  ],
  [
    'a request takes application/* instead of application/json, of another type',
    sent(json(text)),
    sent({ 'application/*': { schema: integer } }),
    breaking,
    breaking,
    'GET /things › request body › application/*',
  ],
  [
    'a response comes as application/* instead of application/json',
    received(json(text)),
    received({ 'application/*': { schema: text } }),
    breaking,
    addition,
    'GET /things › response 200 › application/*',
  ],
  [
    'a request no longer names a media type that a range covers',
    sent({ ...json(text), 'application/*': { schema: text } }),
    sent({ 'application/*': { schema: text } }),
    none,
    none,
    '',
  ],
  [
    'a request no longer names a media type that a range describes in another way',
    sent({ ...json(text), 'application/*': { schema: integer } }),
    sent({ 'application/*': { schema: integer } }),
    breaking,
    breaking,
    'GET /things › request body › application/json',
  ],
  [
    'the media type of a response is listed as a header, which OpenAPI ignores',
    answers({ 200: ok }),
    answers({ 200: { ...ok, headers: { 'Content-Type': { required: true, schema: text } } } }),
    none,
    none,
    '',
  ],
];

/** Statuses that other statuses cover. */
export const statusesRows: readonly Row[] = [
  [
    'a class of errors is written in lower case',
    answers({ 200: ok, '4XX': error }),
    answers({ 200: ok, '4xx': error }),
    none,
    none,
    '',
  ],
  [
    'a class of errors in lower case has one more required property',
    answers({ 200: ok, '4xx': coded() }),
    answers({ 200: ok, '4XX': coded('code') }),
    addition,
    breaking,
    'GET /things › response 4XX › code',
  ],
  [
    'a 404 goes that default describes alike',
    answers({ 200: ok, 404: error, default: error }),
    answers({ 200: ok, default: error }),
    none,
    none,
    '',
  ],
  [
    'a 404 goes that 4XX describes alike',
    answers({ 200: ok, 404: error, '4XX': error }),
    answers({ 200: ok, '4XX': error }),
    none,
    none,
    '',
  ],
  [
    'a 404 goes that default describes in another way',
    answers({ 200: ok, 404: error, default: ok }),
    answers({ 200: ok, default: ok }),
    breaking,
    addition,
    'GET /things › response 404',
  ],
  [
    'a 404 comes that default described in another way',
    answers({ 200: ok, default: coded('code') }),
    answers({ 200: ok, 404: coded('message'), default: coded('code') }),
    breaking,
    breaking,
    'GET /things › response 404 › code',
  ],
  [
    'a 404 comes that promises more than default',
    answers({ 200: ok, default: coded() }),
    answers({ 200: ok, 404: coded('code'), default: coded() }),
    addition,
    breaking,
    'GET /things › response 404 › code',
  ],
  [
    'a 404 comes that a component describes like default',
    documentOf(
      { responses: { 200: ok, default: error } },
      { components: { responses: { Error: error } } },
    ),
    documentOf(
      {
        responses: {
          200: ok,
          404: { $ref: '#/components/responses/Error' },
          default: { ...error, description: 'Any other error.' },
        },
      },
      { components: { responses: { Error: error } } },
    ),
    none,
    none,
    'GET /things › response default',
  ],
  [
    'a 201 comes beside a default',
    answers({ 200: ok, default: error }),
    answers({ 200: ok, 201: ok, default: error }),
    breaking,
    breaking,
    'GET /things › response 201',
  ],
];

/** What OpenAPI 3.0 and 3.1 write in different ways. */
export const upgradeRows: readonly Row[] = [
  [
    'a file of a form has no schema in 3.1',
    old(form({ file: { type: 'string', format: 'binary', description: 'A file.' } })),
    form({ file: { description: 'A file.' } }),
    none,
    none,
    '',
  ],
  [
    'the files of a form have no schema in 3.1',
    old(form({ files: { type: 'array', items: { type: 'string', format: 'binary' } } })),
    form({ files: { type: 'array', items: {} } }),
    none,
    none,
    '',
  ],
  [
    'a text of a form has no schema in 3.1',
    old(form({ name: text })),
    form({ name: {} }),
    addition,
    breaking,
    'GET /things › request body › name',
  ],
  [
    'format: byte becomes contentEncoding: base64',
    old(received(json({ ...text, format: 'byte' }))),
    received(json({ ...text, contentEncoding: 'base64' })),
    none,
    none,
    '',
  ],
  [
    'format: byte stays',
    old(received(json({ ...text, format: 'byte' }))),
    received(json({ ...text, format: 'byte' })),
    none,
    none,
    '',
  ],
  [
    'a binary body becomes {}',
    old(sent({ 'application/octet-stream': { schema: { ...text, format: 'binary' } } })),
    sent({ 'application/octet-stream': { schema: {} } }),
    none,
    none,
    '',
  ],
  [
    'a binary response loses its schema',
    old(received({ 'image/png': { schema: { ...text, format: 'binary' } } })),
    received({ 'image/png': {} }),
    none,
    none,
    '',
  ],
  [
    'a file of a form becomes contentMediaType',
    old(form({ a: { ...text, format: 'binary' } })),
    form({ a: { type: 'string', contentMediaType: 'application/octet-stream' } }),
    none,
    none,
    '',
  ],
  [
    'nullable beside an enum with null',
    old(received(json({ ...text, nullable: true, enum: ['a', null] }))),
    received(json({ type: ['string', 'null'], enum: ['a', null] })),
    none,
    none,
    '',
  ],
  [
    'nullable beside an enum without null, which 3.1 writes with null',
    old(received(json({ ...text, nullable: true, enum: ['a'] }))),
    received(json({ type: ['string', 'null'], enum: ['a', null] })),
    none,
    none,
    '',
  ],
  [
    'nullable beside an enum without null, which 3.1 writes without null',
    old(received(json({ ...text, nullable: true, enum: ['a'] }))),
    received(json({ type: ['string', 'null'], enum: ['a'] })),
    none,
    none,
    '',
  ],
  [
    'nullable without a type, which 3.1 leaves out',
    old(received(json({ nullable: true, allOf: [ref('A')] }), schemas({ A: letters('a') }))),
    received(json({ allOf: [ref('A')] }), schemas({ A: letters('a') })),
    none,
    none,
    '',
  ],
  [
    'nullable without a type, which 3.1 writes as null',
    old(received(json({ nullable: true, allOf: [ref('A')] }), schemas({ A: letters('a') }))),
    received(json({ anyOf: [ref('A'), { type: 'null' }] }), schemas({ A: letters('a') })),
    none,
    none,
    '',
  ],
  [
    'nullable alone',
    old(received(json({ nullable: true, enum: ['a'] }))),
    received(json({ enum: ['a'] })),
    none,
    none,
    '',
  ],
  [
    'nullable beside a type',
    old(received(json({ ...text, nullable: true }))),
    received(json({ type: ['string', 'null'] })),
    none,
    none,
    '',
  ],
  [
    'nullable beside a type goes',
    old(received(json({ ...text, nullable: true }))),
    received(json(text)),
    addition,
    breaking,
    'GET /things › response 200',
  ],
  [
    'exclusiveMinimum becomes a number',
    old(parameter({ ...integer, minimum: 1, exclusiveMinimum: true })),
    parameter({ ...integer, exclusiveMinimum: 1 }),
    none,
    none,
    '',
  ],
  ...[ref('A'), { anyOf: [ref('A'), { type: 'null' }] }].map(
    (schema, i): Row => [
      `nullable beside a reference, which 3.1 writes ${i === 0 ? 'without' : 'with'} null`,
      old(received(json({ ...ref('A'), nullable: true }), schemas({ A: letters('a') }))),
      received(json(schema), schemas({ A: letters('a') })),
      none,
      none,
      '',
    ],
  ),
  [
    'nullable comes beside a reference',
    old(received(json(ref('A')), schemas({ A: letters('a') }))),
    old(received(json({ ...ref('A'), nullable: true }), schemas({ A: letters('a') }))),
    breaking,
    addition,
    'GET /things › response 200',
  ],
  [
    'the files of a form have only a media type in 3.1',
    old(form({ files: { type: 'array', items: { type: 'string', format: 'binary' } } })),
    form({ files: { type: 'array', items: { contentMediaType: 'application/octet-stream' } } }),
    none,
    none,
    '',
  ],
];

/** References that JSON Schema resolves by names. */
export const referencesRows: readonly Row[] = [
  [
    'a schema with an $id refers to a component by a pointer from the root of the document',
    received(json({ type: 'object', properties: { n: ref('N') } }), schemas({ N: text })),
    received(
      json({ $id: 'https://a.test/thing', type: 'object', properties: { n: ref('N') } }),
      schemas({ N: text }),
    ),
    none,
    none,
    '',
  ],
  [
    'a schema in $defs is put inline',
    received(
      json({
        ...{ type: 'object', properties: { a: { $ref: '#x' } } },
        $defs: { x: { $anchor: 'x', type: 'string' } },
      }),
    ),
    received(json({ type: 'object', properties: { a: text } })),
    none,
    none,
    '',
  ],
  [
    'the target of an $anchor changes its type',
    received(json({ $ref: '#name' }), schemas({ A: { $anchor: 'name', ...text } })),
    received(json({ $ref: '#name' }), schemas({ A: { $anchor: 'name', ...integer } })),
    breaking,
    breaking,
    'GET /things › response 200',
  ],
  [
    'a $ref to an $anchor is written as a pointer',
    received(json({ $ref: '#name' }), schemas({ A: { $anchor: 'name', ...text } })),
    received(json(ref('A')), schemas({ A: { $anchor: 'name', ...text } })),
    none,
    none,
    '',
  ],
  [
    'the target of #/$defs below an $id changes its type',
    received(json(identified(text, '#/$defs/n'))),
    received(json(identified(integer, '#/$defs/n'))),
    breaking,
    breaking,
    'GET /things › response 200 › n',
  ],
  [
    'the target of an $anchor below an $id changes its type',
    received(json(identified(text, '#name'))),
    received(json(identified(integer, '#name'))),
    breaking,
    breaking,
    'GET /things › response 200 › n',
  ],
  [
    'the target of an address below an $id changes its type',
    received(json(identified(text, 'https://a.test/thing#/$defs/n'))),
    received(json(identified(integer, 'https://a.test/thing#/$defs/n'))),
    breaking,
    breaking,
    'GET /things › response 200 › n',
  ],
  [
    'the target of a $ref to an $id changes its type',
    received(
      json({ $ref: 'https://a.test/A' }),
      schemas({ A: { $id: 'https://a.test/A', ...text } }),
    ),
    received(
      json({ $ref: 'https://a.test/A' }),
      schemas({ A: { $id: 'https://a.test/A', ...integer } }),
    ),
    breaking,
    breaking,
    'GET /things › response 200',
  ],
  [
    'a reference leads nowhere from now on',
    received(json(ref('A')), schemas({ A: text })),
    received(json({ $ref: '#/$defs/none' }), schemas({ A: text })),
    breaking,
    breaking,
    'GET /things › response 200',
  ],
  [
    'a $dynamicRef to the only node of its anchor is written as a $ref',
    received(json(ref('Tree')), schemas({ Tree: tree({ $dynamicRef: '#node' }) })),
    received(json(ref('Tree')), schemas({ Tree: tree(ref('Tree')) })),
    none,
    none,
    '',
  ],
  [
    'the target of a $dynamicRef changes its type',
    received(json({ $dynamicRef: '#leaf' }), schemas({ A: { $dynamicAnchor: 'leaf', ...text } })),
    received(
      json({ $dynamicRef: '#leaf' }),
      schemas({ A: { $dynamicAnchor: 'leaf', ...integer } }),
    ),
    breaking,
    breaking,
    'GET /things › response 200',
  ],
  [
    'a $dynamicRef, which another schema overrides, is written as a $ref',
    received(
      json(ref('Tree')),
      schemas({ Tree: tree({ $dynamicRef: '#node' }), Other: { $dynamicAnchor: 'node', ...text } }),
    ),
    received(
      json(ref('Tree')),
      schemas({ Tree: tree(ref('Tree')), Other: { $dynamicAnchor: 'node', ...text } }),
    ),
    breaking,
    breaking,
    'GET /things › response 200 › children[]',
  ],
];

/** Where the API is. */
export const serversRows: readonly Row[] = [
  [
    'a default port is left out',
    at('https://a.test:443/v1', '/things'),
    at('https://a.test/v1', '/things'),
    none,
    none,
    '',
  ],
  [
    'another port is left out',
    at('https://a.test:8443/v1', '/things'),
    at('https://a.test/v1', '/things'),
    breaking,
    breaking,
    'servers',
  ],
  [
    'a host is written in upper case, but not a path',
    at('https://A.test/v1', '/things'),
    at('https://a.test/v1', '/things'),
    none,
    none,
    '',
  ],
  [
    'the server moves to the only operation',
    documentOf({}, { servers: [{ url: 'https://a.test' }] }),
    documentOf({ servers: [{ url: 'https://a.test' }] }),
    none,
    none,
    '',
  ],
  [
    'an operation gets a server of its own',
    documentOf({}, { servers: [{ url: 'https://a.test' }] }),
    documentOf({ servers: [{ url: 'https://b.test' }] }, { servers: [{ url: 'https://a.test' }] }),
    breaking,
    breaking,
    'GET /things › servers',
  ],
  [
    'a prefix moves from the server to the paths',
    at('https://a.test/v1', '/things'),
    at('https://a.test', '/v1/things'),
    none,
    none,
    '',
  ],
  [
    'a part of a prefix moves from the server to the paths',
    at('https://a.test/api/v1', '/things'),
    at('https://a.test/api', '/v1/things'),
    none,
    none,
    '',
  ],
  [
    'a server variable of any value is put inline',
    at('https://{region}.a.test', '/things', { variables: { region: { default: 'eu' } } }),
    at('https://eu.a.test', '/things'),
    breaking,
    addition,
    'servers',
  ],
  [
    'a server variable of one value is put inline, and was an enum',
    at('https://{region}.a.test', '/things', {
      variables: { region: { default: 'eu', enum: ['eu'] } },
    }),
    at('https://eu.a.test', '/things'),
    none,
    none,
    '',
  ],
  [
    'a server variable of two values is put inline',
    at('https://{region}.a.test', '/things', {
      variables: { region: { default: 'eu', enum: ['eu', 'us'] } },
    }),
    at('https://eu.a.test', '/things'),
    breaking,
    addition,
    'servers',
  ],
  [
    'the server gets a prefix that the paths do not lose',
    at('https://a.test', '/things'),
    at('https://a.test/v1', '/things'),
    breaking,
    breaking,
    'servers',
  ],
];
