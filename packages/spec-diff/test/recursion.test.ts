import { describe, expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { placeOf, sentenceOf } from '../src/report/sentences.ts';
import { documentOf, response, type Schema } from './support/documents.ts';
import { breaking, verdictOf, walkOf } from './support/meanings.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const holding = (next: object, leaf: object = text) => ({
  type: 'object',
  properties: { leaf, next },
});

/** Ways to hold a schema in itself, or in another that holds it. */
const wrappings: [string, (leaf: object) => Record<string, object>][] = [
  ['a reference', (leaf) => ({ Node: holding(ref('Node'), leaf) })],
  ['items', (leaf) => ({ Node: holding({ type: 'array', items: ref('Node') }, leaf) })],
  [
    'anyOf with null',
    (leaf) => ({ Node: holding({ anyOf: [ref('Node'), { type: 'null' }] }, leaf) }),
  ],
  [
    'oneOf with null',
    (leaf) => ({ Node: holding({ oneOf: [{ type: 'null' }, ref('Node')] }, leaf) }),
  ],
  ['allOf of a property', (leaf) => ({ Node: holding({ allOf: [ref('Node')] }, leaf) })],
  ['allOf itself', (leaf) => ({ Node: { allOf: [ref('Node'), holding(text, leaf)] } })],
  ['anyOf itself', (leaf) => ({ Node: { anyOf: [ref('Node'), holding(text, leaf)] } })],
  [
    'additionalProperties',
    (leaf) => ({ Node: { ...holding(text, leaf), additionalProperties: ref('Node') } }),
  ],
  [
    'patternProperties',
    (leaf) => ({ Node: { ...holding(text, leaf), patternProperties: { '^x': ref('Node') } } }),
  ],
  [
    'not',
    (leaf) => ({ Node: { ...holding(text, leaf), not: { properties: { a: ref('Node') } } } }),
  ],
  [
    'a list or a text',
    (leaf) => ({ Node: { oneOf: [leaf, { type: 'array', items: ref('Node') }] } }),
  ],
  [
    'two that hold each other',
    (leaf) => ({ Node: holding(ref('Other'), leaf), Other: holding(ref('Node')) }),
  ],
  [
    'a parent of which the members are children',
    (leaf) => ({
      Node: {
        oneOf: [ref('Cat')],
        discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' } },
        properties: { leaf },
      },
      Cat: { allOf: [ref('Node'), { type: 'object', properties: { kind: { const: 'cat' } } }] },
    }),
  ],
  [
    'a discriminated parent that its children refer to',
    (leaf) => ({
      Pet: {
        type: 'object',
        required: ['kind'],
        properties: { kind: text, leaf },
        discriminator: { propertyName: 'kind', mapping: { cat: ref('Cat').$ref } },
      },
      Cat: { allOf: [ref('Pet'), { type: 'object', properties: { mother: ref('Cat') } }] },
      Node: {
        oneOf: [ref('Cat')],
        discriminator: { propertyName: 'kind', mapping: { cat: ref('Cat').$ref } },
      },
    }),
  ],
];

describe.each(wrappings)('a schema that holds itself in %s', (_, schemas) => {
  const withLeaf = (leaf: object) => response(ref('Node'), { schemas: schemas(leaf) }) as Document;

  test('is the same as itself', async () => {
    const { changes } = await diff(withLeaf(text), withLeaf({ type: 'string' }));
    expect(changes).toEqual([]);
  });

  test('is compared as far as it goes, and once', async () => {
    const { changes } = await diff(withLeaf(text), withLeaf({ type: ['string', 'null'] }));
    expect(verdictOf(changes)).toBe(breaking);
    const sentences = changes.map((each) => `${placeOf(each)} ${sentenceOf(each)}`);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('where TypeScript cannot work, the rules decide', () => {
  const broken: [string, Schema, object][] = [
    [
      'a union of a text and lists of itself',
      ref('J'),
      { J: { oneOf: [text, { type: 'array', items: ref('J') }] } },
    ],
    [
      'a union of which the members extend it',
      ref('Pet'),
      { Pet: { oneOf: [ref('Cat')] }, Cat: { allOf: [ref('Pet'), holding(text)] } },
    ],
    [
      'a reference into the paths',
      { $ref: '#/paths/~1things/get/responses/200/content/application~1json/schema' },
      {},
    ],
    [
      'a mapping by bare name',
      ref('Pet'),
      {
        Pet: {
          oneOf: [ref('Cat')],
          discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' } },
        },
        Cat: holding(text),
      },
    ],
  ];
  test.each(broken)('%s', async (_, schema, schemas) => {
    const [old, now] = [{ properties: { a: text } }, { properties: { a: text, b: text } }].map(
      (more) => response({ anyOf: [schema, { type: 'object', ...more }] }, { schemas }),
    );
    const { changes } = await diff(old as Document, now as Document);
    expect(verdictOf(changes)).toBe('addition');
  });

  test.each([null, 5, 'text', []])('a content of %j', async (content) => {
    const [old, now] = [
      documentOf({ responses: { 200: { description: '', content } } }),
      documentOf(),
    ];
    expect((await diff(old as Document, now as Document)).changes).toBeInstanceOf(Array);
    expect((await diff(now as Document, old as Document)).changes).toBeInstanceOf(Array);
  });
});

test('schemas that all refer to each other take work in proportion to their number', () => {
  const mutual = (count: number, leaf: object) => {
    const names = Array.from({ length: count }, (_, i) => `S${i}`);
    const properties = Object.fromEntries(names.map((name) => [name, ref(name)]));
    const union = { anyOf: names.map(ref) };
    const schemas = Object.fromEntries(
      names.flatMap((name) => [
        [name, { type: 'object', properties: { ...properties, leaf } }],
        [`U${name}`, { anyOf: [...names.map((each) => ref(`U${each}`)), ...union.anyOf] }],
      ]),
    );
    return response(ref('US0'), { schemas });
  };
  const [nine, eighteen] = [9, 18].map((count) => {
    const { work, changes } = walkOf(mutual(count, text), mutual(count, { type: 'integer' }));
    expect(verdictOf(changes)).toBe(breaking);
    return work.answers + work.schemas;
  });
  expect(eighteen).toBeLessThan(3 * (nine ?? 0));
});

test('in a union, a schema that is only itself adds nothing, by reference and by `allOf`', () => {
  const not = { oneOf: [ref('C'), { type: 'boolean' }] };
  const withC = (C: object) => response({ not }, { schemas: { C } });
  const { changes } = walkOf(withC(ref('C')), withC({ allOf: [ref('C')] }));
  expect(changes).toEqual([]);
});

test('in `oneOf`s that all hold each other, one change is one, and not too much to compare', () => {
  const names = Array.from({ length: 12 }, (_, i) => `S${i}`);
  const mutual = (changed: Schema) => {
    const schemas = names.map((name, i) => {
      const own = {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: i }, value: i === 7 ? changed : text },
      };
      return [name, { oneOf: [...names.filter((each) => each !== name).map(ref), own] }] as const;
    });
    return response(ref('S0'), { schemas: Object.fromEntries(schemas) });
  };
  const { changes } = walkOf(mutual(text), mutual({ type: 'integer' }));
  expect(changes).toMatchObject([{ message: 'The type changed from string to integer.' }]);
});

test('a `oneOf` overlaps with the members of its outer union, inline or as components', () => {
  const A = { anyOf: [ref('C'), { oneOf: [ref('B'), ref('C')] }] };
  const withC = (C: object) => response(ref('A'), { schemas: { A, B: { type: 'boolean' }, C } });
  const { changes } = walkOf(withC(ref('B')), withC({ allOf: [ref('B')] }));
  expect(changes).toEqual([]);
});
