import type { Schema } from '../support/documents.ts';
import {
  addition,
  breaking,
  closed,
  different,
  type Meaning,
  narrower,
  none,
  same,
  wider,
} from '../support/meanings.ts';

const object = (more: Schema): Schema => ({ type: 'object', ...more });
const text = { type: 'string' };
const everyType = [
  { type: ['boolean', 'number', 'null', 'string'] },
  { type: 'array', items: text },
  object({ required: ['x'] }),
];

export const keywordsRows: [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
][] = [
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
  [
    'alternatives of which one fits the other are reordered, and null is written in another way',
    { anyOf: ['int64', 'int32'].map((format) => ({ type: ['integer', 'null'], format })) },
    {
      anyOf: ['int32', 'int64'].map((format) => ({
        anyOf: [{ type: 'integer', format }, { type: 'null' }],
      })),
    },
    same,
  ],
  ['a type changes', text, { type: 'integer' }, different],
  ['an integer may be any number', { type: 'integer' }, { type: 'number' }, wider],
  ['any type becomes one', {}, text, narrower],
  [
    'values of every type, but not all of them',
    { type: ['boolean', 'number', 'null'] },
    { anyOf: everyType },
    wider,
  ],
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
    closed,
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
