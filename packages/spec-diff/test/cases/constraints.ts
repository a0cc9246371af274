import type { Schema } from '../support/documents.ts';
import {
  closed,
  different,
  type Meaning,
  narrower,
  opened,
  same,
  wider,
} from '../support/meanings.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (more: Schema): Schema => ({ type: 'object', ...more });
const array = (more: Schema): Schema => ({ type: 'array', ...more });
const properties = { a: text, b: text };
const tuple = (...prefixItems: Schema[]) => array({ prefixItems });

/** Keywords that refuse values: whether they refuse more, fewer or the same. */
export const constraintsRows: [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
][] = [
  ['a pattern becomes .*', { ...text, pattern: '^a' }, { ...text, pattern: '.*' }, wider],
  ['a pattern becomes ^.*$', { ...text, pattern: '^a' }, { ...text, pattern: '^.*$' }, wider],
  ['a pattern becomes empty', { ...text, pattern: '^a' }, { ...text, pattern: '' }, wider],
  ['a pattern that allows anything comes', text, { ...text, pattern: '.*' }, same],
  ['an empty pattern comes', text, { ...text, pattern: '' }, same],
  ['a pattern becomes .+', { ...text, pattern: '.*' }, { ...text, pattern: '.+' }, narrower],
  [
    'a maxLength comes that the enum keeps',
    { ...text, enum: ['a', 'b'] },
    { ...text, enum: ['a', 'b'], maxLength: 5 },
    same,
  ],
  [
    'a maxLength comes that a value of the enum does not keep',
    { ...text, enum: ['a', 'long one'] },
    { ...text, enum: ['a', 'long one'], maxLength: 5 },
    narrower,
  ],
  [
    'a pattern comes that the enum keeps',
    { ...text, enum: ['a', 'ab'] },
    { ...text, enum: ['a', 'ab'], pattern: '^a' },
    same,
  ],
  [
    'a maximum goes that the enum keeps',
    { ...integer, enum: [1, 2], maximum: 9 },
    { ...integer, enum: [1, 2] },
    same,
  ],
  ['a minLength of a const comes', { const: 'abc' }, { const: 'abc', minLength: 1 }, same],
  [
    'additionalProperties: false becomes a schema',
    object({ properties, additionalProperties: false }),
    object({ properties, additionalProperties: text }),
    opened,
  ],
  [
    'additionalProperties: false becomes an empty schema',
    object({ properties, additionalProperties: false }),
    object({ properties, additionalProperties: {} }),
    opened,
  ],
  [
    'additionalProperties become of more types',
    object({ additionalProperties: text }),
    object({ additionalProperties: { type: ['string', 'integer'] } }),
    wider,
  ],
  [
    'dependentRequired is written as dependentSchemas',
    object({ properties, dependentRequired: { a: ['b'] } }),
    object({ properties, dependentSchemas: { a: { required: ['b'] } } }),
    same,
  ],
  [
    'dependentRequired is written as dependencies',
    object({ properties, dependentRequired: { a: ['b'] } }),
    object({ properties, dependencies: { a: ['b'] } }),
    same,
  ],
  [
    'dependentRequired asks for one property less',
    object({ dependentRequired: { a: ['b', 'c'] } }),
    object({ dependentRequired: { a: ['b'] } }),
    wider,
  ],
  [
    'dependentRequired asks for the same in another order',
    object({ dependentRequired: { a: ['b', 'c'] } }),
    object({ dependentRequired: { a: ['c', 'b'] } }),
    same,
  ],
  [
    'dependentSchemas get looser',
    object({ dependentSchemas: { a: { properties: { b: { ...text, maxLength: 5 } } } } }),
    object({ dependentSchemas: { a: { properties: { b: { ...text, maxLength: 9 } } } } }),
    wider,
  ],
  [
    'an if gets a looser then',
    object({
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { properties: { b: { ...text, maxLength: 5 } } },
    }),
    object({
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { properties: { b: { ...text, maxLength: 9 } } },
    }),
    wider,
  ],
  [
    'an if loses its then',
    object({
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['b'] },
    }),
    object({ if: { required: ['a'] } }),
    wider,
  ],
  ['an if alone comes', object({}), object({ if: { required: ['a'] } }), same],
  [
    'an if changes',
    object({
      if: { properties: { a: { const: 'x' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['b'] },
    }),
    object({
      if: { properties: { a: { const: 'y' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['b'] },
    }),
    different,
  ],
  [
    'contains gets looser',
    array({ contains: { ...integer, minimum: 5 } }),
    array({ contains: { ...integer, minimum: 1 } }),
    wider,
  ],
  [
    'minContains falls',
    array({ contains: integer, minContains: 2 }),
    array({ contains: integer, minContains: 1 }),
    wider,
  ],
  [
    'maxContains rises',
    array({ contains: integer, maxContains: 2 }),
    array({ contains: integer, maxContains: 3 }),
    wider,
  ],
  ['contains goes', array({ contains: integer }), array({}), wider],
  [
    'a minContains of 0 says nothing',
    array({}),
    array({ contains: integer, minContains: 0 }),
    same,
  ],
  [
    'an item of a tuple gets looser',
    tuple({ ...text, maxLength: 5 }, integer),
    tuple({ ...text, maxLength: 9 }, integer),
    wider,
  ],
  ['a tuple loses its last item', tuple(text, integer), tuple(text), wider],
  [
    'an item of a tuple changes its type',
    tuple(text, integer),
    tuple(text, { type: 'boolean' }),
    different,
  ],
  [
    'unevaluatedProperties are allowed',
    object({ properties, unevaluatedProperties: false }),
    object({ properties, unevaluatedProperties: true }),
    opened,
  ],
  [
    'unevaluatedProperties get looser',
    object({ properties, unevaluatedProperties: { ...text, maxLength: 5 } }),
    object({ properties, unevaluatedProperties: { ...text, maxLength: 9 } }),
    wider,
  ],
  [
    'unevaluatedItems are allowed',
    array({ prefixItems: [text], unevaluatedItems: false }),
    array({ prefixItems: [text] }),
    wider,
  ],
  [
    'propertyNames get looser',
    object({ propertyNames: { maxLength: 5 } }),
    object({ propertyNames: { maxLength: 9 } }),
    wider,
  ],
  [
    'a not gets narrower',
    { not: { ...text, maxLength: 9 } },
    { not: { ...text, maxLength: 5 } },
    wider,
  ],
  // Bounds that other keywords imply.
  [
    'a required property makes an object not empty',
    object({ properties, required: ['a'] }),
    object({ properties, required: ['a'], minProperties: 1 }),
    same,
  ],
  [
    'two properties, of which one is required',
    object({ properties, required: ['a'] }),
    object({ properties, required: ['a'], minProperties: 2 }),
    narrower,
  ],
  [
    'a closed object has no more properties than it lists',
    object({ properties, additionalProperties: false }),
    object({ properties, additionalProperties: false, maxProperties: 2 }),
    same,
  ],
  [
    'a bound takes the place of what is required',
    object({ properties, required: ['a'] }),
    object({ properties, minProperties: 1 }),
    [
      ['addition', 'breaking'],
      ['breaking', 'addition'],
    ],
  ],
  [
    'an array that contains something is not empty',
    array({ contains: text }),
    array({ contains: text, minItems: 1 }),
    same,
  ],
  ['one item is unique', array({ maxItems: 1 }), array({ maxItems: 1, uniqueItems: true }), same],
  [
    'two items are unique',
    array({ maxItems: 2 }),
    array({ maxItems: 2, uniqueItems: true }),
    narrower,
  ],
  ['a multiple of 1 is an integer', { type: 'number', multipleOf: 1 }, integer, same],
  ['a multiple of 0.5 is no integer', { type: 'number', multipleOf: 0.5 }, integer, narrower],
  // The same in other words.
  [
    'additionalProperties: false is written as a not',
    object({ properties, additionalProperties: false }),
    object({ properties, additionalProperties: { not: {} } }),
    same,
  ],
  [
    'additionalProperties: false is written as unevaluatedProperties',
    object({ properties, additionalProperties: false }),
    object({ properties, unevaluatedProperties: false }),
    same,
  ],
  [
    'an allOf without unevaluated properties is flattened',
    {
      allOf: [object({ properties: { a: text } }), object({ properties: { b: text } })],
      unevaluatedProperties: false,
    },
    object({ properties, additionalProperties: false }),
    same,
  ],
  [
    'unevaluatedProperties: false stands beside an additionalProperties that allows all',
    object({ properties, additionalProperties: true, unevaluatedProperties: false }),
    object({ properties, additionalProperties: false }),
    closed,
  ],
  [
    'a closed object loses the properties of a pattern',
    object({ properties, additionalProperties: false, patternProperties: { '^x-': text } }),
    object({ properties, additionalProperties: false }),
    [
      ['breaking', 'breaking'],
      ['addition', 'addition'],
    ],
  ],
  [
    'a map names a property of another type',
    object({ additionalProperties: text }),
    object({ additionalProperties: text, properties: { n: integer } }),
    different,
  ],
  [
    'dependentRequired is written as an if',
    object({ properties, dependentRequired: { a: ['b'] } }),
    object({
      properties,
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['b'] },
    }),
    same,
  ],
  [
    'dependentRequired asks for what is required anyway',
    object({ properties, required: ['b'] }),
    object({ properties, required: ['b'], dependentRequired: { a: ['b'] } }),
    same,
  ],
  [
    'dependentRequired of a required property is written as required',
    object({ required: ['a'], dependentRequired: { a: ['b'], b: ['c'] } }),
    object({ required: ['a', 'b', 'c'] }),
    same,
  ],
  [
    'an if that asks for nothing comes',
    object({ properties }),
    object({
      properties,
      if: { required: ['a'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: {},
    }),
    same,
  ],
  // Items that an array has no place for.
  [
    'the item behind the last one that is allowed changes',
    array({ prefixItems: [text, integer], maxItems: 1 }),
    array({ prefixItems: [text, text], maxItems: 1 }),
    same,
  ],
  [
    'the last item that is allowed is limited',
    array({ prefixItems: [text, text], maxItems: 2 }),
    array({ prefixItems: [text, { ...text, maxLength: 3 }], maxItems: 2 }),
    narrower,
  ],
  [
    'a tuple without others is written with maxItems',
    array({ prefixItems: [text, integer], items: false }),
    array({ prefixItems: [text, integer], maxItems: 2 }),
    same,
  ],
  [
    'a tuple without others allows others',
    array({ prefixItems: [text, integer], items: false }),
    array({ prefixItems: [text, integer] }),
    wider,
  ],
  // Items that all match what the array has to contain.
  [
    'an array that is not empty has to contain one of its items',
    array({ items: text, minItems: 1 }),
    array({ items: text, minItems: 1, contains: text }),
    same,
  ],
  [
    'the number of items is written as minContains',
    array({ items: text, minItems: 2 }),
    array({ items: text, contains: text, minContains: 2 }),
    same,
  ],
  [
    'an array that may be empty has to contain one of its items',
    array({ items: text }),
    array({ items: text, contains: text }),
    narrower,
  ],
  [
    'an array that is not empty has to contain one of some items',
    array({ items: { enum: ['a', 'b'] }, minItems: 1 }),
    array({ items: { enum: ['a', 'b'] }, minItems: 1, contains: { const: 'a' } }),
    narrower,
  ],
  // Conditions that are always or never met.
  [
    'a then of a condition that is always met is written without it',
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    { ...text, if: true, then: { minLength: 2 }, else: { minLength: 9 } },
    { ...text, minLength: 2 },
    same,
  ],
  [
    'an else of a condition that is never met is written without it',
    { ...text, if: false, else: { maxLength: 3 } },
    { ...text, maxLength: 3 },
    same,
  ],
  [
    'a then of a condition that is always met gets stricter',
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    { ...text, if: {}, then: { maxLength: 9 } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    { ...text, if: {}, then: { maxLength: 3 } },
    narrower,
  ],
  // Properties by pattern.
  [
    'the pattern of property names is written in another way',
    object({ patternProperties: { '^[0-9]+$': text } }),
    object({ patternProperties: { '^\\d{1,}$': text } }),
    same,
  ],
  [
    'a closed object allows more property names',
    object({ patternProperties: { '^x-': text }, additionalProperties: false }),
    object({ patternProperties: { '^[xy]-': text }, additionalProperties: false }),
    [
      ['addition', 'addition'],
      ['breaking', 'breaking'],
    ],
  ],
  [
    'more property names have a schema',
    object({ patternProperties: { '^x-': text } }),
    object({ patternProperties: { '^[xy]-': text } }),
    narrower,
  ],
  [
    'the values of more property names get shorter',
    object({ patternProperties: { '^x-': text } }),
    object({ patternProperties: { '^[xy]-': { ...text, maxLength: 3 } } }),
    narrower,
  ],
  [
    'a pattern of every name is written as additionalProperties',
    object({ additionalProperties: text }),
    object({ patternProperties: { '.*': text } }),
    [
      ['none', 'breaking'],
      ['breaking', 'none'],
    ],
  ],
  [
    'a pattern of every name gets stricter',
    object({ properties: { a: text }, patternProperties: { '': text } }),
    object({ properties: { a: text }, patternProperties: { '': { ...text, maxLength: 3 } } }),
    narrower,
  ],
  // Names that are forbidden. The client's types make the other members of such a map unknown.
  [
    'a map forbids a name',
    object({ additionalProperties: text }),
    object({ additionalProperties: text, properties: { a: false } }),
    [
      ['breaking', 'breaking'],
      ['breaking', 'addition'],
    ],
  ],
  [
    'a property of a map is forbidden',
    object({ additionalProperties: text, properties: { a: text } }),
    object({ additionalProperties: text, properties: { a: false } }),
    [
      ['breaking', 'breaking'],
      ['breaking', 'breaking'],
    ],
  ],
  [
    'a name that nobody described is forbidden',
    object({ properties }),
    object({ properties: { ...properties, c: false } }),
    [
      ['breaking', 'addition'],
      ['addition', 'addition'],
    ],
  ],
  [
    'a closed object forbids a further name',
    object({ properties, additionalProperties: false }),
    object({ properties: { ...properties, c: false }, additionalProperties: false }),
    same,
  ],
];
