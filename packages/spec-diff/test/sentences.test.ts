import { describe, expect, test, vi } from 'vitest';
import { diff } from '../src/diff.ts';
import { asSpec, parseSpec } from '../src/read/parse.ts';
import { documentOf, parameter, request, response, type Schema } from './support/documents.ts';
import { inWords, walkOf } from './support/meanings.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const named = (E: Schema) => request(ref('E'), { schemas: { E } });
const anything = ['number', 'string', 'boolean', 'null', 'array', 'object'];
const only = (property: string) => ({
  ...{ type: 'object', required: [property], properties: { [property]: text } },
});
const pet = (kind: string, more: object) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { const: kind }, ...more },
});
const schemas = { Cat: pet('cat', { meows: text }), Dog: pet('dog', { barks: text }) };
const pets = (...names: ('Cat' | 'Dog')[]) => {
  const mapping = Object.fromEntries(names.map((name) => [name.toLowerCase(), ref(name).$ref]));
  const discriminator = { propertyName: 'kind', mapping };
  return response({ oneOf: names.map(ref), discriminator }, { schemas });
};
const securitySchemes = {
  key: { type: 'http', scheme: 'bearer' },
  login: {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://example.com', scopes: { r: 'R', w: 'W' } } },
  },
};
const secured = (...security: object[]) =>
  documentOf({ security }, { components: { securitySchemes } });
const callback = (address: string) =>
  documentOf({ callbacks: { done: { [address]: { post: { responses: {} } } } } });

async function sentences(before: string | object, after: string | object): Promise<string[]> {
  const [old, now] = [before, after].map((each) =>
    parseSpec(typeof each === 'string' ? each : JSON.stringify(each), 'a.yaml'),
  );
  return inWords((await diff(old ?? {}, now ?? {})).changes).map(({ message }) => message);
}

test.each<[string, object, object, string[]]>([
  [
    'a response of another schema, where its schema did not change',
    response(ref('A'), { schemas: { A: only('a'), B: only('b') } }),
    response(ref('B'), { schemas: { A: only('a'), B: only('b') } }),
    ['GET /things › response 200 › p › a', 'GET /things › response 200 › p › b'],
  ],
  [
    'a response, where a header of a component is gone from it',
    documentOf(
      {
        responses: {
          200: { description: 'ok', headers: { 'x-a': { $ref: '#/components/headers/A' } } },
        },
      },
      { components: { headers: { A: { schema: text } } } },
    ),
    documentOf({}, { components: { headers: { A: { schema: text } } } }),
    ['GET /things › response 200 › header › x-a'],
  ],
])('names the place that changed: %s', async (_, before, after, places) => {
  const { changes } = await diff(asSpec(before, 'before'), asSpec(after, 'after'));
  expect(inWords(changes).map(({ place }) => place)).toEqual(places);
});

describe('one change is one sentence', () => {
  test.each<[string, object, object, string]>([
    [
      'a key is required now',
      secured({}),
      secured({ key: [] }),
      'Authentication is now required: key (http bearer).',
    ],
    [
      'a key is required now, which was one of two ways',
      secured({}, { key: [] }),
      secured({ key: [] }),
      'Authentication is now required: key (http bearer).',
    ],
    [
      'a scope more is required',
      secured({ login: ['r'] }),
      secured({ login: ['r', 'w'] }),
      'The scope `w` is now required.',
    ],
    [
      'an integer becomes a number',
      request({ type: 'integer' }),
      request({ type: 'number' }),
      'The type changed from integer to number.',
    ],
    [
      'an integer becomes anything',
      request({ type: 'integer' }),
      request({ type: anything }),
      'May now be of any type.',
    ],
    [
      'a second key is needed at once',
      secured({ key: [] }),
      secured({ key: [], login: [] }),
      'Authentication changed from key (http bearer) to key (http bearer) and login (oauth2).',
    ],
    [
      'only one of two keys is needed',
      secured({ key: [], login: [] }),
      secured({ key: [] }),
      'Authentication changed from key (http bearer) and login (oauth2) to key (http bearer).',
    ],
    [
      'values of every type become allowed, but not all of them',
      request({ type: ['boolean', 'number', 'null'] }),
      request({
        anyOf: [
          { type: ['boolean', 'number', 'null', 'string'] },
          { type: 'array', items: { type: 'string' } },
          { type: 'object', required: ['x'] },
        ],
      }),
      'May now also be string or array or object with `x`.',
    ],
    [
      'anything becomes an integer',
      request({ type: anything }),
      request({ type: 'integer' }),
      'Must now be integer.',
    ],
    [
      'a property becomes readOnly',
      request({ type: 'object', properties: { a: text } }),
      request({ type: 'object', properties: { a: { ...text, readOnly: true } } }),
      'Now `readOnly`: requests no longer have it.',
    ],
    [
      'a required property is no longer writeOnly',
      response({
        type: 'object',
        required: ['a'],
        properties: { a: { ...text, writeOnly: true } },
      }),
      response({ type: 'object', required: ['a'], properties: { a: text } }),
      'No longer `writeOnly`: responses must now have it.',
    ],
    [
      'a map names a property of another type',
      request({ type: 'object', additionalProperties: text }),
      request({
        type: 'object',
        additionalProperties: text,
        properties: { n: { type: 'integer' } },
      }),
      'The type changed from string to integer.',
    ],
    ['a member comes with its value', pets('Cat'), pets('Cat', 'Dog'), 'May now also be Dog.'],
    ['a member goes with its value', pets('Cat', 'Dog'), pets('Cat'), 'May no longer be Dog.'],
    [
      'a named schema becomes another type',
      named({ type: 'string' }),
      named({ type: 'object' }),
      'The type changed from string to object.',
    ],
    [
      'a named schema loses null',
      named({ type: ['string', 'null'] }),
      named(text),
      'May no longer be null.',
    ],
    [
      'a named schema loses a type',
      named({ type: ['string', 'object'] }),
      named(text),
      'May no longer be object.',
    ],
    [
      'a named schema gets a type',
      named(text),
      named({ type: ['string', 'integer'] }),
      'May now also be integer.',
    ],
    [
      'a named schema loses an alternative',
      named({ oneOf: [only('a'), only('b')] }),
      named({ oneOf: [only('a')] }),
      'May no longer be object with `b`.',
    ],
    ['a named schema that was anything is limited', named({}), named(text), 'Must now be string.'],
    [
      'an alternative with a name goes',
      request({ anyOf: [ref('E'), text] }, { schemas: { E: { type: 'object' } } }),
      request({ anyOf: [text] }, { schemas: { E: { type: 'object' } } }),
      'May no longer be E.',
    ],
    [
      'the address of a callback changes',
      callback('{$request.body#/url}'),
      callback('{$request.body#/callback}'),
      'The address of the callback changed from `{$request.body#/url}` to `{$request.body#/callback}`.',
    ],
  ])('where %s', async (_, before, after, sentence) => {
    expect(await sentences(before, after)).toEqual([sentence]);
  });
});

describe('numbers that floating point cannot hold', () => {
  const [least, most] = ['9223372036854775806', '9223372036854775807'];
  const json = (schema: string) => {
    const [start, end] = JSON.stringify(parameter({ marker: true })).split('{"marker":true}');
    return `${start}${schema}${end}`;
  };
  const yaml = (schema: string) => `
openapi: 3.1.0
info: { title: T, version: 1.0.0 }
paths:
  /things:
    get:
      parameters: [{ name: q, in: query, schema: ${schema} }]
      responses: { '200': { description: ok } }
`;
  const older = (schema: string) => yaml(schema).replace('3.1.0', '3.0.3');

  describe.each([
    ['JSON', json],
    ['YAML', yaml],
    ['OpenAPI 3.0', older],
  ])('in %s', (_, write) => {
    test.each<[string, string, string, string]>([
      [
        'a bound',
        `{ "type": "integer", "maximum": 100 }`,
        `{ "type": "integer", "maximum": ${most} }`,
        `The \`maximum\` rose from 100 to ${most}.`,
      ],
      [
        'a bound that changes by one',
        `{ "type": "integer", "maximum": ${most} }`,
        `{ "type": "integer", "maximum": ${least} }`,
        `The \`maximum\` fell from ${most} to ${least}.`,
      ],
      [
        'a negative bound',
        `{ "type": "integer", "minimum": -${most} }`,
        `{ "type": "integer", "minimum": -9223372036854775808 }`,
        `The \`minimum\` fell from -${most} to -9223372036854775808.`,
      ],
      [
        'a default',
        `{ "type": "integer", "default": ${least} }`,
        `{ "type": "integer", "default": ${most} }`,
        `The default changed from ${least} to ${most}.`,
      ],
      [
        'an enum',
        `{ "type": "integer", "enum": [1, ${least}] }`,
        `{ "type": "integer", "enum": [1, ${least}, ${most}] }`,
        `May now also be ${most}.`,
      ],
    ])('have every digit as %s', async (__, before, after, sentence) => {
      expect(await sentences(write(before), write(after))).toEqual([sentence]);
    });

    test('do not differ from themselves', async () => {
      const schema = `{ "type": "integer", "maximum": ${most}, "default": ${least} }`;
      expect(await sentences(write(schema), write(schema))).toEqual([]);
    });
  });

  test('do not differ from what floating point makes of them', async () => {
    const text = json(`{ "type": "integer", "maximum": ${most} }`);
    const { changes } = await diff(parseSpec(text, 'a.json'), asSpec(JSON.parse(text), 'b.json'));
    expect(changes).toEqual([]);
  });
});

test('nothing is printed about references that lead nowhere', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  const body = (schema: Schema) => response({ type: 'object', properties: { a: schema, b: text } });
  await sentences(body(ref('None')), body({ ...ref('None'), description: 'Nothing.' }));
  await sentences(body(text), body(ref('None')));
  // One that leads to another operation.
  const elsewhere =
    '#/paths/~1things/get/responses/200/content/application~1json/schema/properties/p/properties/b';
  expect(await sentences(body(text), body({ $ref: elsewhere }))).toEqual([]);
  expect(print).not.toHaveBeenCalled();
  print.mockRestore();
});

test.each([
  [
    'of a tuple that has as many as it may',
    { prefixItems: [text, { type: 'integer' }], maxItems: 2, items: text },
    { prefixItems: [text, { type: 'integer' }], maxItems: 2 },
  ],
  [
    'of an array that is always empty',
    { items: text, maxItems: 0 },
    { items: { type: 'integer' }, maxItems: 0 },
  ],
])('nothing is said about further items %s', (_, before, after) => {
  for (const [old, now] of [
    [before, after],
    [after, before],
  ]) {
    expect(
      walkOf(request({ type: 'array', ...old }), request({ type: 'array', ...now })).changes,
    ).toEqual([]);
  }
});

test('a change points at what is left, where a keyword is gone', () => {
  const { changes } = walkOf(request({ ...text, maxLength: 3 }), request(text));
  const body = '/paths/~1things/get/requestBody/content/application~1json/schema';
  expect(changes).toMatchObject([{ pointer: `${body}/properties/p` }]);
});

describe('a change of one of several schemas', () => {
  const named = (schemas: object) => request(ref('Thing'), { schemas: { Id: {}, ...schemas } });
  const id = { type: 'object', properties: { id: text } };
  const pointers = (before: object, after: object) =>
    walkOf(named(before), named(after)).changes.map(({ pointer }) => pointer);

  test('points at the one that had a removed property', () => {
    const thing = (properties: object) => ({ allOf: [id, { type: 'object', properties }] });
    const [before, after] = [thing({ a: text, b: text }), thing({ a: text })];
    expect(pointers({ Thing: before }, { Thing: after })).toEqual([
      '/components/schemas/Thing/allOf/1',
    ]);
  });

  test('points at the one that has the keyword', () => {
    const thing = (more: object) => ({
      allOf: [
        { ...text, maxLength: 9 },
        { minLength: 1, ...more },
      ],
    });
    expect(pointers({ Thing: thing({}) }, { Thing: thing({ maxLength: 5 }) })).toEqual([
      '/components/schemas/Thing/allOf/1/maxLength',
    ]);
  });

  test('points at the union that got an alternative, where another schema describes the property as well', () => {
    const union = (...names: string[]) => ({ properties: { a: { anyOf: names.map(ref) } } });
    const tagged = (kind: string) => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: kind } },
    });
    const [A, B, C] = [tagged('a'), tagged('b'), tagged('c')];
    const all = union('A', 'B', 'C');
    const thing = (...names: string[]) => ({ type: 'object', allOf: [all, union(...names)] });
    const [before, after] = [thing('A'), thing('A', 'B')];
    expect(pointers({ A, B, C, Thing: before }, { A, B, C, Thing: after })).toEqual([
      '/components/schemas/Thing/allOf/1/properties/a',
    ]);
  });

  test('points at a component without an extension that it had', () => {
    const thing = { allOf: [ref('Id'), { type: 'object', properties: { a: text } }] };
    const [before, after] = [{ ...id, 'x-a': 1 }, id];
    expect(pointers({ Id: before, Thing: thing }, { Id: after, Thing: thing })).toEqual([
      '/components/schemas/Id',
    ]);
  });

  test('points at the union where its enums are one', () => {
    const thing = (...values: string[]) => ({
      oneOf: [
        { ...text, enum: ['a'] },
        { ...text, enum: values },
      ],
    });
    expect(pointers({ Thing: thing('b') }, { Thing: thing('b', 'c') })).toEqual([
      '/components/schemas/Thing',
    ]);
  });

  test('is in the component whose part several schemas extend', () => {
    const made = (a: object) => ({ oneOf: [{ type: 'object', properties: { a } }] });
    const extended = (name: string) => ({ allOf: [ref('Id'), { properties: { [name]: text } }] });
    const thing = { type: 'object', properties: { b: extended('b'), c: extended('c') } };
    const { changes } = walkOf(
      named({ Id: made(text), Thing: thing }),
      named({ Id: made({ ...text, maxLength: 3 }), Thing: thing }),
    );
    expect(changes.map(({ place }) => place)).toEqual(['components › schemas › Id › a']);
  });

  test('is one change of the component, wherever that is extended', () => {
    const closed = { ...id, additionalProperties: false };
    const extended = { allOf: [ref('Id'), { properties: { a: text } }] };
    const thing = {
      type: 'object',
      properties: { a: extended, b: { allOf: [ref('Id'), { properties: { b: text } }] } },
    };
    const { changes } = walkOf(
      named({ Id: id, Thing: thing }),
      named({ Id: closed, Thing: thing }),
    );
    expect(changes.map(({ place }) => place)).toEqual(['components › schemas › Id']);
  });
});

describe('alternatives', () => {
  const told = (before: object, after: object, schemas: object = {}) =>
    walkOf(
      response(before as Schema, { schemas }),
      response(after as Schema, { schemas }),
    ).changes.map(({ place, message }) => `${place}: ${message}`);

  test('of which one is null are called null, and not like the component that has them', () => {
    const schemas = { Role: text, RoleOrNone: { oneOf: [ref('Role'), { type: 'null' }] } };
    expect(told(ref('Role'), ref('RoleOrNone'), schemas)).toEqual([
      'GET /things › response 200 › p: May now also be null.',
    ]);
  });

  test('without a name are called by the value that tells them apart', () => {
    const event = (type: string) => ({
      type: 'object',
      required: ['id', 'type'],
      properties: { id: text, type: { const: type } },
    });
    const events = (...types: string[]) => ({ oneOf: types.map(event) });
    expect(told(events('made', 'paid'), events('made', 'paid', 'sent', 'lost'))).toEqual([
      'GET /things › response 200 › p: May now also be object with `type` "sent" or object with `type` "lost".',
    ]);
  });

  test('of a component that is closed are not a place of their own', () => {
    const choice = {
      type: 'object',
      anyOf: ['a', 'b'].map((name) => ({ properties: { [name]: text }, required: [name] })),
    };
    const body = (Choice: object) => response(ref('Choice'), { schemas: { Choice } });
    const { changes } = walkOf(body(choice), body({ ...choice, additionalProperties: false }));
    expect(changes.map(({ place }) => place)).toEqual(['components › schemas › Choice']);
  });
});

test('a change of the document itself is in its info', () => {
  const { changes } = walkOf(
    documentOf(),
    documentOf({}, { 'x-groups': ['a'], externalDocs: { url: 'https://a.test' } }),
  );
  expect(changes.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    'info: The `externalDocs` changed.',
    'info: The `x-groups` changed.',
  ]);
});
