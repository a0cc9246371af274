import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, type Verdict, worst } from '../src/change/change.ts';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { walk } from '../src/walk.ts';
import { documentOf, parameter, response, type Schema } from './support/documents.ts';

const changes = async (before: object, after: object): Promise<Change[]> =>
  (await diff(before as Document, after as Document)).changes;
const walked = (before: object, after: object): Change[] =>
  walk(before as Document, after as Document).changes;
const verdictOf = (found: readonly Change[]): Verdict => worst(found.map((each) => each.verdict));

const [breaking, addition, none] = ['breaking', 'addition', 'none'] as const;
/** What a schema's change means in a request and in a response, and what the change back means. */
type Meaning = [request: Verdict, response: Verdict];
const wider: [Meaning, Meaning] = [
  [addition, breaking],
  [breaking, addition],
];
const narrower: [Meaning, Meaning] = [
  [breaking, addition],
  [addition, breaking],
];
const different: [Meaning, Meaning] = [
  [breaking, breaking],
  [breaking, breaking],
];
const same: [Meaning, Meaning] = [
  [none, none],
  [none, none],
];
const object = (more: Schema): Schema => ({ type: 'object', ...more });
const text = { type: 'string' };

const schemaRows: [name: string, before: Schema, after: Schema, meaning: [Meaning, Meaning]][] = [
  ['a maximum rises', { type: 'integer', maximum: 50 }, { type: 'integer', maximum: 100 }, wider],
  ['a maximum comes', { type: 'integer' }, { type: 'integer', maximum: 100 }, narrower],
  ['a minimum rises', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 2 }, narrower],
  ['a minimum goes', { type: 'integer', minimum: 1 }, { type: 'integer' }, wider],
  [
    'an exclusiveMinimum falls',
    { type: 'number', exclusiveMinimum: 1 },
    { type: 'number', exclusiveMinimum: 0 },
    wider,
  ],
  [
    'an exclusiveMaximum falls',
    { type: 'number', exclusiveMaximum: 9 },
    { type: 'number', exclusiveMaximum: 8 },
    narrower,
  ],
  ['a multipleOf comes', { type: 'integer' }, { type: 'integer', multipleOf: 2 }, narrower],
  [
    'a multipleOf is doubled',
    { type: 'integer', multipleOf: 2 },
    { type: 'integer', multipleOf: 4 },
    narrower,
  ],
  [
    'a multipleOf is another',
    { type: 'integer', multipleOf: 2 },
    { type: 'integer', multipleOf: 3 },
    different,
  ],
  ['a minLength comes', text, { ...text, minLength: 1 }, narrower],
  ['a maxLength rises', { ...text, maxLength: 5 }, { ...text, maxLength: 9 }, wider],
  ['a pattern comes', text, { ...text, pattern: '^a' }, narrower],
  ['a pattern changes', { ...text, pattern: '^b' }, { ...text, pattern: '^a' }, different],
  ['a format comes', text, { ...text, format: 'email' }, narrower],
  [
    'a format changes',
    { type: 'integer', format: 'unixtime' },
    { type: 'integer', format: 'int64' },
    different,
  ],
  ['an enum grows', { ...text, enum: ['a'] }, { ...text, enum: ['a', 'b'] }, wider],
  ['an enum is another', { ...text, enum: ['a', 'b'] }, { ...text, enum: ['a', 'c'] }, different],
  ['an enum comes', text, { ...text, enum: ['a'] }, narrower],
  ['a const changes', { ...text, const: 'a' }, { ...text, const: 'b' }, different],
  ['a const goes', { ...text, const: 'a' }, text, wider],
  ['null is allowed', text, { type: ['string', 'null'] }, wider],
  ['null is allowed by oneOf', text, { oneOf: [text, { type: 'null' }] }, wider],
  [
    'null is written in another way',
    { type: ['string', 'null'] },
    { oneOf: [text, { type: 'null' }] },
    same,
  ],
  ['a type changes', text, { type: 'integer' }, different],
  ['an integer may be any number', { type: 'integer' }, { type: 'number' }, wider],
  ['any type becomes one', {}, text, narrower],
  [
    'items change',
    { type: 'array', items: text },
    { type: 'array', items: { type: 'integer' } },
    different,
  ],
  [
    'items may be null',
    { type: 'array', items: text },
    { type: 'array', items: { type: ['string', 'null'] } },
    wider,
  ],
  [
    'a maxItems comes',
    { type: 'array', items: text },
    { type: 'array', items: text, maxItems: 3 },
    narrower,
  ],
  [
    'a minItems falls',
    { type: 'array', items: text, minItems: 3 },
    { type: 'array', items: text, minItems: 1 },
    wider,
  ],
  [
    'items must be unique',
    { type: 'array', items: text },
    { type: 'array', items: text, uniqueItems: true },
    narrower,
  ],
  [
    'an optional property comes',
    object({ properties: { z: text } }),
    object({ properties: { z: text, a: text } }),
    [
      [addition, addition],
      [breaking, breaking],
    ],
  ],
  [
    'a required property comes',
    object({ properties: { z: text } }),
    object({ properties: { z: text, a: text }, required: ['a'] }),
    [
      [breaking, addition],
      [breaking, breaking],
    ],
  ],
  [
    'a property becomes required',
    object({ properties: { a: text } }),
    object({ properties: { a: text }, required: ['a'] }),
    narrower,
  ],
  [
    'other properties are refused',
    object({ properties: { a: text } }),
    object({ properties: { a: text }, additionalProperties: false }),
    narrower,
  ],
  [
    'other properties are described',
    object({ additionalProperties: true }),
    object({ additionalProperties: text }),
    narrower,
  ],
  ['a minProperties rises', object({ minProperties: 1 }), object({ minProperties: 2 }), narrower],
  [
    'a default changes',
    { type: 'integer', default: 20 },
    { type: 'integer', default: 10 },
    [
      [breaking, none],
      [breaking, none],
    ],
  ],
  [
    'a default is stated',
    { type: 'integer' },
    { type: 'integer', default: 10 },
    [
      [addition, none],
      [breaking, none],
    ],
  ],
  ['a description changes', { ...text, description: 'a' }, { ...text, description: 'b' }, same],
  ['examples come', text, { ...text, examples: ['a'] }, same],
  [
    'a schema is deprecated',
    text,
    { ...text, deprecated: true },
    [
      [addition, addition],
      [none, none],
    ],
  ],
  ['an extension changes', { ...text, 'x-a': 1 }, { ...text, 'x-a': 2 }, same],
  ['a keyword that no rule knows comes', text, { ...text, frobnicate: true }, different],
  [
    'allOf says the same',
    object({ properties: { a: text } }),
    { allOf: [object({ properties: { a: text } })] },
    same,
  ],
];

describe.each(schemaRows)('%s', (_, before, after, [forward, back]) => {
  test.each([
    ['in a request', parameter, 0],
    ['in a response', response, 1],
  ] as const)('%s', async (_direction, documentWith, index) => {
    const there = await changes(documentWith(before), documentWith(after));
    const home = await changes(documentWith(after), documentWith(before));
    expect([verdictOf(there), verdictOf(home)]).toEqual([forward[index], back[index]]);
    for (const { place, message } of there) {
      expect(place).toMatch(/^GET \/things › (query › q|response 200( › p)?)/);
      expect(message).toMatch(/^[A-Z].*\.$/s);
    }
  });
});

const json = { 'application/json': { schema: text } };
const ok = { description: 'ok', content: json };
const bearer = { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } };
const secured = (operation: object, schemes: object = bearer) =>
  documentOf(operation, { components: schemes });
const list = (more: object) => parameter({ type: 'array', items: text }, more);

const operationRows: [
  name: string,
  before: object,
  after: object,
  there: Verdict,
  back: Verdict,
  place: string,
][] = [
  [
    'an operation comes',
    documentOf({}, { paths: {} }),
    documentOf(),
    addition,
    breaking,
    'GET /things',
  ],
  [
    'an operationId changes',
    documentOf(),
    documentOf({ operationId: 'all' }),
    breaking,
    breaking,
    'GET /things › operationId',
  ],
  [
    'an operation is deprecated',
    documentOf(),
    documentOf({ deprecated: true }),
    addition,
    none,
    'GET /things',
  ],
  [
    'an optional parameter comes',
    documentOf(),
    parameter(text),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a required parameter comes',
    documentOf(),
    parameter(text, { required: true }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a parameter becomes required',
    parameter(text),
    parameter(text, { required: true }),
    breaking,
    addition,
    'GET /things › query › q',
  ],
  [
    'a parameter moves to a header',
    parameter(text),
    parameter(text, { in: 'header' }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a parameter is described',
    parameter(text),
    parameter(text, { description: 'x' }),
    none,
    none,
    'GET /things › query › q',
  ],
  [
    'a style changes',
    list({ style: 'form' }),
    list({ style: 'pipeDelimited', explode: true }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    'explode changes',
    list({ explode: true }),
    list({ explode: false }),
    breaking,
    breaking,
    'GET /things › query › q',
  ],
  [
    "OpenAPI's own defaults are written down",
    list({}),
    list({ style: 'form', explode: true }),
    none,
    none,
    '',
  ],
  [
    'allowReserved comes',
    parameter(text),
    parameter(text, { allowReserved: true }),
    addition,
    breaking,
    'GET /things › query › q',
  ],
  [
    'a request body comes',
    documentOf(),
    documentOf({ requestBody: { content: json } }),
    addition,
    breaking,
    'GET /things › request body',
  ],
  [
    'a required request body comes',
    documentOf(),
    documentOf({ requestBody: { required: true, content: json } }),
    breaking,
    breaking,
    'GET /things › request body',
  ],
  [
    'a request body becomes required',
    documentOf({ requestBody: { content: json } }),
    documentOf({ requestBody: { required: true, content: json } }),
    breaking,
    addition,
    'GET /things › request body',
  ],
  [
    'a request may be of another media type',
    documentOf({ requestBody: { content: json } }),
    documentOf({ requestBody: { content: { ...json, 'text/plain': { schema: text } } } }),
    addition,
    breaking,
    'GET /things › request body › text/plain',
  ],
  [
    'an error status comes',
    documentOf(),
    documentOf({ responses: { 200: { description: 'ok' }, 429: { description: 'slow' } } }),
    addition,
    breaking,
    'GET /things › response 429',
  ],
  [
    'a success status comes',
    documentOf(),
    documentOf({ responses: { 200: { description: 'ok' }, 202: { description: 'later' } } }),
    breaking,
    breaking,
    'GET /things › response 202',
  ],
  [
    'a response is described',
    documentOf({ responses: { 200: { description: 'a' } } }),
    documentOf({ responses: { 200: { description: 'b' } } }),
    none,
    none,
    'GET /things › response 200',
  ],
  [
    'an answer may be had in another media type',
    documentOf({ responses: { 200: ok } }),
    documentOf({
      responses: { 200: { ...ok, content: { ...json, 'text/csv': { schema: text } } } },
    }),
    addition,
    breaking,
    'GET /things › response 200 › text/csv',
  ],
  [
    'a response header comes',
    documentOf({ responses: { 200: ok } }),
    documentOf({ responses: { 200: { ...ok, headers: { 'X-A': { schema: text } } } } }),
    addition,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a response header changes its type',
    documentOf({ responses: { 200: { ...ok, headers: { 'X-A': { schema: text } } } } }),
    documentOf({
      responses: { 200: { ...ok, headers: { 'x-a': { schema: { type: 'integer' } } } } },
    }),
    breaking,
    breaking,
    'GET /things › response 200 › header › x-a',
  ],
  [
    'a key is needed',
    secured({}),
    secured({ security: [{ key: [] }] }),
    breaking,
    addition,
    'GET /things › security',
  ],
  [
    'a second way to authenticate comes',
    secured({ security: [{ key: [] }] }),
    secured({ security: [{ key: [] }, {}] }),
    addition,
    breaking,
    'GET /things › security',
  ],
  [
    'a scheme has another name',
    secured({ security: [{ key: [] }] }),
    secured(
      { security: [{ other: [] }] },
      { securitySchemes: { other: { type: 'http', scheme: 'bearer' } } },
    ),
    none,
    none,
    '',
  ],
  [
    'another scheme is asked for',
    secured({ security: [{ key: [] }] }),
    secured(
      { security: [{ key: [] }] },
      { securitySchemes: { key: { type: 'http', scheme: 'basic' } } },
    ),
    breaking,
    breaking,
    'GET /things › security',
  ],
  [
    'the API moves',
    documentOf({}, { servers: [{ url: 'https://a.test/v1' }] }),
    documentOf({}, { servers: [{ url: 'https://a.test/v2' }] }),
    breaking,
    breaking,
    'servers',
  ],
  [
    'the title changes',
    documentOf(),
    documentOf({}, { info: { title: 'U', version: '1.0.0' } }),
    none,
    none,
    'info',
  ],
  [
    'a named schema comes',
    documentOf(),
    documentOf({}, { components: { schemas: { Thing: text } } }),
    addition,
    breaking,
    'components › schemas › Thing',
  ],
];

test.each(operationRows)('%s', async (_, before, after, there, back, place) => {
  const found = await changes(before, after);
  expect([verdictOf(found), verdictOf(await changes(after, before))]).toEqual([there, back]);
  if (place) expect(found.map((each) => each.place)).toContain(place);
  else expect(found).toEqual([]);
});

test('a schema that holds itself is walked once', async () => {
  const tree = (leaf: Schema) => {
    const node = object({
      properties: {
        leaf,
        children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
      },
    });
    const schema = { $ref: '#/components/schemas/Node' };
    return documentOf(
      { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
      { components: { schemas: { Node: node } } },
    );
  };
  expect(await changes(tree(text), tree({ type: ['string', 'null'] }))).toMatchObject([
    { verdict: 'breaking', place: 'GET /things › response 200 › leaf' },
  ]);
});

test('the checker finds what the walker does not look at', async () => {
  const named = (name: string) => documentOf({}, { components: { schemas: { [name]: text } } });
  expect(await changes(named('A'), named('B'))).toEqual([
    expect.objectContaining({ verdict: 'breaking', place: 'components › schemas › A' }),
    expect.objectContaining({ verdict: 'addition', place: 'components › schemas › B' }),
  ]);
});

test('a reference that leads nowhere is noted by name, and stops nothing', async () => {
  const broken = parameter({ $ref: '#/components/schemas/None' });
  const { changes: found, notes } = await diff(
    broken as Document,
    structuredClone(broken) as Document,
  );
  expect(found).toEqual([]);
  expect(notes.join()).toContain('#/components/schemas/None leads nowhere');
});

// Bounds are drawn from one list, so that two schemas often share some and differ in others.
const bound = fc.option(fc.constantFrom(1, 2, 4, 8), { nil: undefined });
const leaf = fc
  .record({
    type: fc.constantFrom(
      'string',
      'integer',
      'number',
      'boolean',
      ['string', 'null'],
      ['integer', 'null'],
    ),
    minimum: bound,
    maximum: bound,
    minLength: bound,
    maxLength: bound,
    multipleOf: bound,
    pattern: fc.constantFrom(undefined, '^a', '^b'),
    enum: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: undefined }),
    default: fc.constantFrom(undefined, 'a', 'b'),
  })
  .map((schema) => JSON.parse(JSON.stringify(schema)) as Schema);
const tree: fc.Arbitrary<Schema> = fc.letrec<{ node: Schema }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('node') }),
    fc
      .record({
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
        required: fc.subarray(['a', 'b', 'c']),
      })
      // A name that is required but not described is no property that could come or go.
      .map((schema) => ({
        ...schema,
        properties: { ...schema.properties },
        required: schema.required.filter((name) => name in schema.properties),
      })),
  ),
})).node;

describe('for all schemas', () => {
  test('nothing has changed between a schema and itself', () => {
    fc.assert(
      fc.property(tree, (schema) => {
        for (const documentWith of [parameter, response]) {
          expect(walked(documentWith(schema), documentWith(structuredClone(schema)))).toEqual([]);
        }
      }),
    );
  });

  test('the way back undoes the way there: what widened narrows, at the same places', () => {
    // A required property is another request when it comes, and when it goes: it has no opposite.
    const opposite = { breaking: ['breaking', 'addition'], addition: ['breaking'], none: ['none'] };
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        for (const documentWith of [parameter, response]) {
          const there = walked(documentWith(a), documentWith(b));
          const back = walked(documentWith(b), documentWith(a));
          expect(there.map(({ place }) => place).sort()).toEqual(
            back.map(({ place }) => place).sort(),
          );
          for (const { verdict, place } of there) {
            const other = back.filter((each) => each.place === place);
            expect(other.some((each) => opposite[verdict].includes(each.verdict))).toBe(true);
          }
        }
      }),
    );
  });

  test('what a request may not do, a response may: leaves are judged the other way round', () => {
    fc.assert(
      fc.property(leaf, leaf, (a, b) => {
        const withoutDefault = ({ default: _, ...schema }: Schema) => schema;
        const [x, y] = [withoutDefault(a), withoutDefault(b)];
        const asked = walked(parameter(x), parameter(y));
        const answered = walked(response(x), response(y));
        expect(asked.length).toBe(answered.length);
        asked.forEach(({ verdict }, i) => {
          const other = answered[i]?.verdict;
          if (verdict === 'addition') expect(other).toBe('breaking');
          if (verdict === 'breaking') expect(['breaking', 'addition']).toContain(other);
        });
      }),
    );
  });
});
