import type { Schema } from '../support/documents.ts';
import {
  addition,
  breaking,
  different,
  type Meaning,
  narrower,
  none,
  same,
  wider,
} from '../support/meanings.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: object, ...required: string[]): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});
const [cat, dog] = [
  object({ kind: { const: 'cat' }, meow: text }, 'kind'),
  object({ kind: { const: 'dog' }, bark: text }, 'kind'),
];
const foo = object({ foo: text }, 'foo');
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** The components that the rows refer to. */
export const schemas = {
  A: foo,
  Old: { ...text, maxLength: 9, deprecated: true },
  Cat: cat,
  Dog: dog,
  Node: { type: 'object', properties: { next: { anyOf: [ref('Node'), { type: 'null' }] } } },
};

export const schemasRows: [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
][] = [
  // Members of allOf are intersected.
  [
    'a member of a union goes that stands beside a base in allOf',
    { allOf: [foo, { oneOf: [object({ x: text }), text] }] },
    { oneOf: [object({ x: text })] },
    // The types of such a union are those of a text with properties, which nobody can read as an object.
    [
      [breaking, breaking],
      [breaking, breaking],
    ],
  ],
  [
    'a member of a union in allOf gets a required property',
    { allOf: [foo, { oneOf: [cat, text] }] },
    { allOf: [foo, { oneOf: [{ ...cat, required: ['kind', 'meow'] }, text] }] },
    narrower,
  ],
  [
    'the smaller of two maximums in allOf falls',
    { ...integer, allOf: [{ maximum: 10 }, { maximum: 20 }] },
    { ...integer, allOf: [{ maximum: 5 }, { maximum: 20 }] },
    narrower,
  ],
  [
    'the larger of two maximums in allOf falls, and says nothing',
    { ...integer, allOf: [{ maximum: 10 }, { maximum: 20 }] },
    { ...integer, allOf: [{ maximum: 10 }, { maximum: 15 }] },
    same,
  ],
  [
    'a weaker bound is added by allOf',
    { ...integer, maximum: 10 },
    { ...integer, maximum: 10, allOf: [{ maximum: 20 }] },
    same,
  ],
  [
    'a narrower enum stands first in allOf',
    { ...text, allOf: [{ enum: ['a', 'b'] }, { enum: ['a', 'b', 'c'] }] },
    { ...text, allOf: [{ enum: ['a'] }, { enum: ['a', 'b', 'c'] }] },
    narrower,
  ],
  [
    'a property of the base is narrowed that a later part describes again',
    { allOf: [object({ a: { ...integer, maximum: 9 } }), object({ a: { description: 'x' } })] },
    { allOf: [object({ a: { ...integer, maximum: 5 } }), object({ a: { description: 'x' } })] },
    narrower,
  ],
  [
    'anyOf beside oneOf shrinks',
    { oneOf: [cat, dog], anyOf: [object({ a: text }, 'a'), object({ b: text }, 'b')] },
    { oneOf: [cat, dog], anyOf: [object({ a: text }, 'a')] },
    narrower,
  ],
  // Unions.
  [
    'an open enum is closed',
    { anyOf: [text, { ...text, enum: ['a'] }] },
    { ...text, enum: ['a', 'b'] },
    narrower,
  ],
  ['inline members change places', { oneOf: [cat, dog] }, { oneOf: [dog, cat] }, same],
  ['a member is put in front', { oneOf: [cat] }, { oneOf: [dog, cat] }, wider],
  ['the first of the inline members goes', { oneOf: [dog, cat] }, { oneOf: [cat] }, narrower],
  [
    'anyOf becomes oneOf',
    { anyOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [object({ a: text }), object({ b: text })] },
    narrower,
  ],
  ['anyOf becomes oneOf, of members apart', { anyOf: [cat, dog] }, { oneOf: [cat, dog] }, same],
  [
    'both of two properties were required, and now exactly one of them',
    object({ foo: text, bar: text }, 'foo', 'bar'),
    {
      ...object({ foo: text, bar: text }),
      oneOf: [{ required: ['foo'] }, { required: ['bar'] }],
    },
    different,
  ],
  [
    'an enum becomes oneOf of consts',
    { enum: ['a', 'b'] },
    { oneOf: [{ const: 'a' }, { const: 'b' }] },
    same,
  ],
  [
    'an enum becomes anyOf of described consts',
    { ...text, enum: ['a', 'b'] },
    {
      ...text,
      anyOf: [
        { const: 'b', title: 'B' },
        { const: 'a', title: 'A' },
      ],
    },
    same,
  ],
  [
    'a nullable integer with a format becomes anyOf',
    { type: ['integer', 'null'], format: 'int32' },
    { anyOf: [{ ...integer, format: 'int32' }, { type: 'null' }] },
    same,
  ],
  [
    'a nullable text with a length becomes oneOf',
    { type: ['string', 'null'], maxLength: 5 },
    { oneOf: [{ type: 'null' }, { ...text, maxLength: 5 }] },
    same,
  ],
  [
    'a discriminator comes',
    { oneOf: [cat, dog] },
    { oneOf: [cat, dog], discriminator: { propertyName: 'kind' } },
    [
      [none, addition],
      [none, breaking],
    ],
  ],
  [
    'the implied mapping is written out',
    { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } },
    {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: {
        propertyName: 'kind',
        mapping: { Cat: 'Cat', Dog: '#/components/schemas/Dog' },
      },
    },
    same,
  ],
  [
    'a value of the mapping changes',
    { oneOf: [ref('Cat')], discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' } } },
    { oneOf: [ref('Cat')], discriminator: { propertyName: 'kind', mapping: { kitty: 'Cat' } } },
    different,
  ],
  // Names.
  ['required names what properties do not', object({}), object({}, 'zzz'), narrower],
  [
    'a property called toString goes',
    object({ toString: text }),
    object({}),
    [
      [breaking, breaking],
      [addition, addition],
    ],
  ],
  // Directions.
  [
    'a property becomes readOnly',
    object({ a: text }),
    object({ a: { ...text, readOnly: true } }),
    [
      [breaking, none],
      [addition, none],
    ],
  ],
  [
    'a property becomes writeOnly',
    object({ a: text }),
    object({ a: { ...text, writeOnly: true } }),
    [
      [none, breaking],
      [none, addition],
    ],
  ],
  [
    'a required readOnly property comes',
    object({}),
    object({ a: { ...text, readOnly: true } }, 'a'),
    [
      [none, addition],
      [none, breaking],
    ],
  ],
  [
    'a required writeOnly property comes',
    object({}),
    object({ a: { ...text, writeOnly: true } }, 'a'),
    [
      [breaking, none],
      [breaking, none],
    ],
  ],
  // Bounds.
  [
    'an exclusive bound includes itself',
    { type: 'number', exclusiveMinimum: 10 },
    { type: 'number', minimum: 10 },
    wider,
  ],
  [
    'above 9 is at least 10',
    { ...integer, exclusiveMinimum: 9 },
    { ...integer, minimum: 10 },
    same,
  ],
  ['a minLength of 0 is written', text, { ...text, minLength: 0 }, same],
  ['int32 becomes int64', { ...integer, format: 'int32' }, { ...integer, format: 'int64' }, wider],
  ['not goes', { ...text, not: { const: 'a' } }, text, wider],
  [
    'what not says changes',
    { ...text, not: { const: 'a' } },
    { ...text, not: { const: 'b' } },
    different,
  ],
  [
    'what not says is described',
    { ...text, not: { const: 'a' } },
    { ...text, not: { const: 'a', description: 'x' } },
    same,
  ],
  [
    'dependentRequired goes',
    { ...object({ a: text }), dependentRequired: { a: ['b'] } },
    object({ a: text }),
    wider,
  ],
  [
    'if comes',
    object({}),
    { ...object({}), if: { required: ['a'] }, else: { required: ['b'] } },
    narrower,
  ],
  ['$id comes', text, { ...text, $id: 'https://example.com/a' }, same],
  ['xml comes where nothing is XML', text, { ...text, xml: { name: 'a' } }, same],
  [
    'a pattern of names comes',
    object({}),
    { ...object({}), patternProperties: { '^x': text } },
    narrower,
  ],
  [
    'items of a tuple change',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [integer] },
    different,
  ],
  // Inline and by reference.
  ['a schema is written inline', ref('A'), foo, same],
  ['a reference stands in allOf', ref('A'), { allOf: [ref('A')], description: 'x' }, same],
  ['a boolean is listed', { type: 'boolean' }, { type: 'boolean', enum: [true, false] }, same],
  [
    'nothing is allowed any more, so that no object has the property',
    text,
    false as unknown as Schema,
    [
      [breaking, breaking],
      [addition, breaking],
    ],
  ],
  [
    'a recursive schema becomes nullable',
    ref('Node'),
    { anyOf: [ref('Node'), { type: 'null' }] },
    wider,
  ],
];
