import type { Schema } from '../support/documents.ts';
import {
  addition,
  breaking,
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
const open = (...values: string[]) => ({ anyOf: [text, { ...text, enum: values }] });
const member = (kind: string, more: object = {}) =>
  object({ type: { const: kind }, ...more }, 'type');
const [a, b, c] = [member('a', { x: text }), member('b', { y: text }), member('c', { z: text })];
const [x, y] = [object({ x: text }), object({ y: text })];
const tagged = (...oneOf: object[]) => ({ oneOf, discriminator: { propertyName: 'type' } });

/** Alternatives that other alternatives allow as well, and unions that are written in another way. */
export const unionsRows: [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
][] = [
  // Open enums: the string allows what the enum lists.
  ['an open enum lists one value more', open('a'), open('a', 'b'), same],
  ['an open enum lists another value', open('a', 'b'), open('a', 'c'), same],
  ['an open enum becomes a string', open('a'), text, same],
  [
    'an open enum is written with the string last',
    open('a'),
    { anyOf: [{ ...text, enum: ['a', 'b'] }, text] },
    same,
  ],
  [
    'an open enum that may be null lists one value more',
    { anyOf: [text, { ...text, enum: ['a'] }, { type: 'null' }] },
    { anyOf: [text, { ...text, enum: ['a', 'b'] }, { type: 'null' }] },
    same,
  ],
  [
    'an open enum of consts lists one value more',
    { anyOf: [text, { const: 'a' }] },
    { anyOf: [text, { const: 'a' }, { const: 'b' }] },
    same,
  ],
  [
    'an array of an open enum lists one value more',
    { type: 'array', items: open('a') },
    { type: 'array', items: open('a', 'b') },
    same,
  ],
  [
    'an open enum of numbers lists one value more',
    { anyOf: [integer, { ...integer, enum: [1] }] },
    { anyOf: [integer, { ...integer, enum: [1, 2] }] },
    same,
  ],
  [
    'a map of an open enum lists one value more',
    { type: 'object', additionalProperties: open('a') },
    { type: 'object', additionalProperties: open('a', 'b') },
    same,
  ],
  [
    'an enum within the bounds of another alternative grows within them',
    {
      anyOf: [
        { ...text, maxLength: 3 },
        { ...text, enum: ['a'] },
      ],
    },
    {
      anyOf: [
        { ...text, maxLength: 3 },
        { ...text, enum: ['a', 'b'] },
      ],
    },
    same,
  ],
  [
    'an enum grows beyond the bounds of the other alternative',
    {
      anyOf: [
        { ...text, maxLength: 3 },
        { ...text, enum: ['a'] },
      ],
    },
    {
      anyOf: [
        { ...text, maxLength: 3 },
        { ...text, enum: ['a', 'long one'] },
      ],
    },
    wider,
  ],
  ['an open enum is closed', open('a', 'b'), { ...text, enum: ['a', 'b'] }, narrower],
  // A member of a union goes.
  ['one of two members of a oneOf goes', { oneOf: [x, y] }, { oneOf: [x] }, narrower],
  ['a oneOf of two becomes one of them', { oneOf: [x, y] }, x, narrower],
  [
    'one of three members of a oneOf goes',
    { oneOf: [x, y, object({ z: text })] },
    { oneOf: [x, y] },
    narrower,
  ],
  [
    'one of two named members of a oneOf goes',
    { oneOf: [{ $ref: '#/components/schemas/A' }, y] },
    { oneOf: [{ $ref: '#/components/schemas/A' }] },
    narrower,
  ],
  // The same in other words.
  ['members of a tagged union change places', tagged(a, b), tagged(b, a), same],
  [
    'two tagged unions change places',
    { anyOf: [tagged(a, b), tagged(c, member('d', { w: text }))] },
    { anyOf: [tagged(member('d', { w: text }), c), tagged(b, a)] },
    same,
  ],
  [
    'the tag of a member is written as an allOf',
    tagged(a, b),
    tagged(object({ type: { allOf: [{ const: 'a' }] }, x: text }, 'type'), b),
    same,
  ],
  [
    'the tag of a member is written as an enum of one',
    tagged(a, b),
    tagged(object({ type: { type: 'string', enum: ['a'] }, x: text }, 'type'), b),
    same,
  ],
  ['a const is written as an allOf', { const: 'a' }, { allOf: [{ const: 'a' }] }, same],
  [
    'a deprecated member is written inline',
    { anyOf: [{ $ref: '#/components/schemas/Old' }, integer] },
    { anyOf: [{ ...text, maxLength: 9, deprecated: true }, integer] },
    same,
  ],
  [
    'a member is deprecated',
    { anyOf: [text, integer] },
    { anyOf: [{ ...text, deprecated: true }, integer] },
    [
      [addition, addition],
      [none, none],
    ],
  ],
  ['a union of unions is flattened', { anyOf: [{ anyOf: [a, b] }, c] }, { anyOf: [a, b, c] }, same],
  [
    'a member of a tagged union gets a required property',
    tagged(a, b),
    tagged({ ...a, required: ['type', 'x'] }, b),
    [
      [breaking, addition],
      [addition, breaking],
    ],
  ],
  [
    'members of a oneOf that people told apart by a value are told apart by the document',
    { oneOf: [object({ kind: text, x: text }, 'kind'), object({ kind: text, y: text }, 'kind')] },
    {
      oneOf: [
        object({ kind: { const: 'a' }, x: text }, 'kind'),
        object({ kind: { const: 'b' }, y: text }, 'kind'),
      ],
    },
    narrower,
  ],
  [
    'a member is another one with further properties, and stands first',
    { oneOf: [object({ id: text, t: text, n: text, s: text }, 'id'), x] },
    { oneOf: [object({ id: text, t: text, n: text, s: text, z: text }, 'id'), x] },
    [
      [addition, addition],
      [breaking, breaking],
    ],
  ],
];
