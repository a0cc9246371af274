type Schema = Record<string, unknown>;

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const number: Schema = { type: 'number' };
const list = (items: unknown, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const object = (properties: Schema, more: Schema = {}): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...more,
});
const circle = object({ kind: { const: 'circle' }, radius: { type: 'number', minimum: 0 } });
const square = object({ kind: { const: 'square' }, side: { type: 'number', minimum: 0 } });
/** From pairs: what has a property `then` is taken for a promise. */
const when = (condition: Schema, so: Schema, schema: Schema): Schema =>
  Object.fromEntries([...Object.entries(schema), ['if', condition], ['then', so]]);
const named = (kind: string, schemas: readonly Schema[]): [string, Schema][] =>
  schemas.map((schema) => [`${kind} ${JSON.stringify(schema)}`, schema]);

const formats = [
  ...['date', 'time', 'date-time', 'duration', 'email', 'idn-email', 'hostname', 'idn-hostname'],
  ...[
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
    'uri-template',
    'iri',
    'iri-reference',
    'url',
    'uuid',
  ],
  ...['json-pointer', 'relative-json-pointer', 'regex', 'byte', 'binary', 'password', 'int32'],
  ...['int64', 'float', 'double', 'iso-time', 'iso-date-time', 'unknown', 'phone', 'color'],
];

const patterns = [
  ...['^[a-z]+$', '^[A-Z]{3}-\\d{4}$', '^\\d{3}$', '^(foo|bar)$', '^a.c$', '^[^a-z]{4}$', '\\S+'],
  ...[
    '^(?=.*\\d)[a-z\\d]{6,}$',
    '^(?!x)\\w+$',
    '^(\\w)\\1$',
    '^\\p{Lu}\\p{Ll}+$',
    '^[0-9a-f]{32}$',
  ],
  ...['^\\+?[1-9]\\d{1,14}$', '^#(?:[0-9a-f]{3}){1,2}$', '^v\\d+\\.\\d+\\.\\d+$', '^$', '.{40,}'],
  ...[
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$',
    '^(?<year>\\d{4})$',
    '^\\bword\\b$',
  ],
  ...['^[\\u4e00-\\u9fa5]{2}$', '[', '^(a|b)*c$', '^https?://', '^[A-Z][a-z]+( [A-Z][a-z]+)?$'],
];

/**
 * Schemas of a property, by what is in them: each is the `value` of items that a mock makes, and whose like people have
 * in their documents. `$ref` leads to the schemas of {@link sharedSchemas}.
 */
export const propertySchemas: readonly (readonly [name: string, schema: Schema])[] = [
  ...formats.map((format): [string, Schema] => [`format ${format}`, { ...text, format }]),
  ...patterns.map((pattern): [string, Schema] => [`pattern ${pattern}`, { ...text, pattern }]),
  ...named('string', [
    text,
    { ...text, minLength: 40 },
    { ...text, maxLength: 1 },
    { ...text, minLength: 3, maxLength: 3 },
    { ...text, maxLength: 0 },
    { ...text, minLength: 10, pattern: '^[a-c]+$' },
    { ...text, maxLength: 5, format: 'email' },
    { ...text, minLength: 60, format: 'uri' },
    { ...text, format: 'uuid', pattern: '^[0-9a-f-]{36}$' },
    { ...text, format: 'date', pattern: '^20' },
    { ...text, enum: ['one'] },
    { ...text, enum: ['a', 'b', 'c'] },
    { ...text, enum: ['', ' '] },
    { ...text, const: 'only' },
    { ...text, default: 'usual' },
    { ...text, default: 7 },
    { ...text, example: 'shown' },
    { ...text, example: 7 },
    { ...text, format: 'date-time', example: 'yesterday' },
    { ...text, enum: ['a'], example: 'b' },
    { ...text, pattern: '^\\d+$', default: 'abc' },
    { ...text, examples: ['x', 'y'] },
    { ...text, contentEncoding: 'base64' },
    { ...text, contentMediaType: 'application/json' },
  ]),
  ...named('integer', [
    integer,
    { ...integer, minimum: 1, maximum: 1 },
    { ...integer, minimum: -5, maximum: -1 },
    { ...integer, exclusiveMinimum: 0, exclusiveMaximum: 2 },
    { ...integer, multipleOf: 7 },
    { ...integer, multipleOf: 100, minimum: 150, maximum: 250 },
    { ...integer, minimum: 9_007_199_254_740_991 },
    { ...integer, format: 'int32' },
    { ...integer, format: 'int64' },
    { ...integer, format: 'int64', minimum: 5_000_000_000 },
    { ...integer, format: 'unixtime' },
    { ...integer, enum: [1, 2, 3] },
    { ...integer, minimum: 0.5, maximum: 1.5 },
    { ...integer, maximum: -1000 },
    { ...integer, default: 1.5 },
    { ...integer, const: 4 },
  ]),
  ...named('number', [
    number,
    { ...number, format: 'float' },
    { ...number, format: 'double' },
    { ...number, format: 'double', minimum: 0 },
    { ...number, format: 'float', maximum: 1 },
    { ...number, minimum: 0, maximum: 1 },
    { ...number, exclusiveMinimum: 0 },
    { ...number, exclusiveMaximum: 0 },
    { ...number, exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
    { ...number, multipleOf: 0.01 },
    { ...number, multipleOf: 0.1, minimum: 0.3, maximum: 0.3 },
    { ...number, multipleOf: 2.5 },
    { ...number, multipleOf: 1e-7, minimum: 0, maximum: 1 },
    { ...number, minimum: 1e20 },
    { ...number, minimum: -1e308, maximum: 1e308 },
    { ...number, enum: [0.1, 0.2] },
  ]),
  ...named('boolean', [{ type: 'boolean' }, { type: 'boolean', const: true }, { enum: [false] }]),
  ...named('null', [
    { type: 'null' },
    { type: ['string', 'null'] },
    { type: ['integer', 'null'], minimum: 3 },
    { enum: ['a', null] },
    { const: null },
    { anyOf: [text, { type: 'null' }] },
    { oneOf: [{ $ref: '#/components/schemas/Person' }, { type: 'null' }] },
  ]),
  ...named('any', [{}, { description: 'Anything.' }, { type: ['string', 'integer'] }]),
  ...named('any', [{ type: ['object', 'array', 'string'] }, { minLength: 2 }, { minimum: 5 }]),
  ...named('array', [
    list(text),
    list(text, { minItems: 3 }),
    list(text, { maxItems: 0 }),
    list(text, { uniqueItems: true, minItems: 2 }),
    list({ enum: ['a', 'b', 'c'] }, { uniqueItems: true, minItems: 3 }),
    list({ enum: ['a', 'b'] }, { uniqueItems: true }),
    list({ type: 'boolean' }, { uniqueItems: true, minItems: 2 }),
    list({ type: 'integer', minimum: 1, maximum: 3 }, { uniqueItems: true, minItems: 3 }),
    list(object({ a: integer }), { uniqueItems: true, minItems: 2 }),
    list(list(integer, { minItems: 2, maxItems: 2 }), { minItems: 1 }),
    list({}),
    { type: 'array' },
    { type: 'array', prefixItems: [text, integer], items: false, minItems: 2 },
    { type: 'array', prefixItems: [text, integer], minItems: 3 },
    { type: 'array', prefixItems: [text], items: { type: 'boolean' }, minItems: 3, maxItems: 3 },
    { type: 'array', prefixItems: [{ const: 'a' }, { const: 'b' }], minItems: 2, maxItems: 2 },
    list(text, { contains: { const: 'needle' } }),
    list(integer, { contains: { minimum: 5 }, minContains: 2 }),
    list({ $ref: '#/components/schemas/Person' }),
    list({ anyOf: [text, integer] }, { minItems: 2 }),
  ]),
  ...named('object', [
    { type: 'object' },
    object({}),
    object({ a: text, b: integer }),
    { type: 'object', required: ['a'] },
    { type: 'object', required: ['a', 'b'], properties: { a: text } },
    { type: 'object', required: ['a'], additionalProperties: false, properties: { a: text } },
    { type: 'object', additionalProperties: integer },
    { type: 'object', additionalProperties: integer, minProperties: 2 },
    { type: 'object', additionalProperties: integer, maxProperties: 1 },
    { type: 'object', properties: { a: text, b: text, c: text }, maxProperties: 1 },
    { type: 'object', minProperties: 3 },
    { type: 'object', additionalProperties: { $ref: '#/components/schemas/Person' } },
    { type: 'object', patternProperties: { '^x-': integer }, additionalProperties: false },
    { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, minProperties: 1 },
    { type: 'object', patternProperties: { '^\\d+$': text }, minProperties: 1 },
    { type: 'object', properties: { a: text, b: text }, dependentRequired: { a: ['b'] } },
    object({ a: text }, { dependentRequired: { a: ['b'] }, properties: { a: text, b: text } }),
    {
      type: 'object',
      properties: { a: text, b: text },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    {
      type: 'object',
      properties: { a: text, b: text },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    { type: 'object', properties: { a: text }, anyOf: [{ required: ['c'] }] },
    object({ __proto__: text, constructor: text }),
    object({ 'a.b': text, 'c/d': text, 'e~f': text, '': text }),
    { properties: { a: text } },
    { required: ['a'] },
  ]),
  ...named('composition', [
    { oneOf: [circle, square] },
    { anyOf: [circle, square] },
    { oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }] },
    {
      oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }],
      discriminator: { propertyName: 'kind' },
    },
    { allOf: [object({ a: text }), object({ b: integer })] },
    { allOf: [{ $ref: '#/components/schemas/Person' }, object({ age: integer })] },
    { allOf: [{ $ref: '#/components/schemas/Person' }], description: 'Beside.' },
    { allOf: [integer, { minimum: 3 }, { maximum: 4 }] },
    {
      allOf: [
        { ...text, pattern: '^a' },
        { ...text, pattern: 'z$' },
      ],
    },
    { oneOf: [integer, number] },
    { oneOf: [text, integer] },
    {
      oneOf: [
        { ...integer, multipleOf: 2 },
        { ...integer, multipleOf: 3 },
      ],
    },
    { anyOf: [text, list(text)] },
    {
      anyOf: [
        { ...text, maxLength: 2 },
        { ...text, minLength: 10 },
      ],
    },
    { not: text },
    { ...text, not: { const: 'a' } },
    { ...integer, not: { minimum: 5 } },
    { ...text, not: { pattern: '^[A-Z]' } },
    when({ properties: { a: { const: 1 } } }, { required: ['b'] }, object({ a: integer })),
    when(
      { required: ['a'] },
      { required: ['b'] },
      {
        type: 'object',
        properties: { a: integer },
      },
    ),
    { allOf: [object({ a: text }, { additionalProperties: false }), object({ b: text })] },
    { allOf: [object({ a: text }), object({ b: text })], unevaluatedProperties: false },
    { allOf: [object({ kind: text }), { oneOf: [circle, square] }] },
    { oneOf: [object({ a: text }), object({ a: text, b: text })] },
    { anyOf: [{ allOf: [object({ a: text })] }, { oneOf: [object({ b: text })] }] },
  ]),
  ...named('recursion', [
    { $ref: '#/components/schemas/Folder' },
    { $ref: '#/components/schemas/Tree' },
    { $ref: '#/components/schemas/Must' },
    { $ref: '#/components/schemas/Ping' },
    { $ref: '#/components/schemas/Json' },
    { $ref: '#/components/schemas/Dictionary' },
    list({ $ref: '#/components/schemas/Folder' }, { minItems: 1 }),
  ]),
  ...named('flags', [
    { ...text, readOnly: true },
    { ...text, writeOnly: true },
    object({ secret: { ...text, writeOnly: true }, id: { ...text, readOnly: true } }),
    { ...text, deprecated: true },
  ]),
];

const folder = (more: Schema) => ({
  type: 'object',
  required: ['name'],
  properties: { name: text, ...more },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** What the references of {@link propertySchemas} lead to. */
export const sharedSchemas: Readonly<Record<string, Schema>> = {
  Person: object({ name: text, mail: { ...text, format: 'email' } }),
  Circle: circle,
  Square: square,
  Folder: folder({ parent: ref('Folder') }),
  Tree: { ...folder({ children: list(ref('Tree')) }), required: ['name', 'children'] },
  // No finite value: its parent must have a parent, and so on.
  Must: { ...folder({ parent: ref('Must') }), required: ['name', 'parent'] },
  Ping: object({ pong: { anyOf: [ref('Pong'), { type: 'null' }] } }),
  Pong: object({ ping: ref('Ping') }),
  Json: {
    anyOf: [
      text,
      number,
      { type: 'boolean' },
      list(ref('Json')),
      { type: 'object', additionalProperties: ref('Json') },
    ],
  },
  Dictionary: { type: 'object', additionalProperties: ref('Dictionary') },
};
