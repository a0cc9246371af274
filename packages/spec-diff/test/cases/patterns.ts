import type { Schema } from '../support/documents.ts';
import { different, type Meaning, narrower, same, wider } from '../support/meanings.ts';

const text = { type: 'string' };
const [integer, number] = [{ type: 'integer' }, { type: 'number' }];
const like = (pattern: string) => ({ ...text, pattern });
const [small, large] = [-2_147_483_648, 2_147_483_647];

/** Patterns, formats and multiples: whether they allow more, fewer or the same values. */
export const patternsRows: [
  name: string,
  before: Schema,
  after: Schema,
  meaning: [Meaning, Meaning],
][] = [
  ['a pattern is written with a quantifier', like('^[a-z]+$'), like('^[a-z]{1,}$'), same],
  ['a pattern is written with a class', like('^[0-9]+$'), like('^\\d+$'), same],
  ['a pattern lists its classes in another order', like('^[A-Za-z]+$'), like('^[a-zA-Z]+$'), same],
  ['a pattern loses a group', like('^(?:abc)$'), like('^abc$'), same],
  ['a pattern lists its alternatives in another order', like('^(a|b)$'), like('^(b|a)$'), same],
  ['a pattern begins with anything', like('^[\\s\\S]*a'), like('a'), same],
  ['a pattern allows shorter texts', like('^[a-z]{3}$'), like('^[a-z]{2,3}$'), wider],
  ['a pattern loses an anchor', like('^a$'), like('^a'), wider],
  ['a pattern has one of its anchors in an alternative', like('^a|b$'), like('b$'), narrower],
  ['a pattern of words gets longer', like('^\\w{1,200}$'), like('^\\w{1,300}$'), wider],
  ['a pattern with a lookahead changes', like('^(?=a)\\w+$'), like('^a\\w*$'), different],
  ['a pattern loses a backreference', like('^(a|b)\\1$'), like('^(aa|bb)$'), same],
  ['a pattern with a backreference changes', like('^(a+)b\\1$'), like('^a+ba+$'), different],
  ['a pattern becomes invalid', like('^a'), like('^(a'), different],
  [
    'a pattern has too many states',
    like('^(a|b)*a(a|b){99}$'),
    like('^[ab]*a[ab]{99}$'),
    different,
  ],
  ['a password is hidden', text, { ...text, format: 'password' }, same],
  [
    'a format of integers comes that the bounds keep',
    { ...integer, minimum: 0, maximum: 100 },
    { ...integer, minimum: 0, maximum: 100, format: 'int32' },
    same,
  ],
  [
    'a format of integers comes that one of the bounds does not keep',
    { ...integer, minimum: 0 },
    { ...integer, minimum: 0, format: 'int32' },
    narrower,
  ],
  [
    'a format of integers goes that the bounds are',
    { ...integer, minimum: small, maximum: large, format: 'int32' },
    { ...integer, minimum: small, maximum: large },
    same,
  ],
  [
    'a multipleOf gets finer',
    { ...number, multipleOf: 0.1 },
    { ...number, multipleOf: 0.01 },
    wider,
  ],
  [
    'a tiny multipleOf becomes a huge one',
    { ...number, multipleOf: 1e-300 },
    { ...number, multipleOf: 1e300 },
    different,
  ],
  [
    'two multiples in allOf become one',
    { ...integer, allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] },
    { ...integer, multipleOf: 12 },
    same,
  ],
  [
    'a maximum falls between two multiples',
    { ...integer, multipleOf: 5, maximum: 12 },
    { ...integer, multipleOf: 5, maximum: 10 },
    same,
  ],
  [
    'a maximum falls below a multiple',
    { ...integer, multipleOf: 5, maximum: 12 },
    { ...integer, multipleOf: 5, maximum: 9 },
    narrower,
  ],
  [
    'a minimum of integers is rounded',
    { ...integer, minimum: 1.5 },
    { ...integer, minimum: 2 },
    same,
  ],
  [
    'a minimum of numbers is rounded',
    { ...number, minimum: 1.5 },
    { ...number, minimum: 2 },
    narrower,
  ],
  ['an enum of null becomes its type', { enum: [null] }, { type: 'null' }, same],
  [
    'a constant null becomes a type',
    { oneOf: [text, { const: null }] },
    { type: ['string', 'null'] },
    same,
  ],
];
