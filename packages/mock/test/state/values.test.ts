import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/api/schema.ts';
import { validateValue } from '../../src/prism/validate.ts';
import { fakerMethods } from '../../src/state/generate/faker.ts';
import type { Persona } from '../../src/state/generate/persona.ts';
import { compileValue } from '../../src/state/generate/values.ts';

const persona = (index: number, more: Partial<Persona> = {}): Persona => ({
  seed: index * 7919 + 1,
  index,
  exemplary: false,
  ids: {},
  ...more,
});

/** Values of a schema: as the first item has them, and as others do. */
function valuesOf(schema: Schema, count = 20, name = ''): unknown[] {
  const make = compileValue(schema, name, schema);
  return Array.from({ length: count }, (_, i) =>
    make({ persona: persona(i, { exemplary: i === 0 }), row: i, depth: 0 }, i * 104_729 + 3),
  );
}

const document = {};

function expectValid(schema: Schema, count = 20): void {
  for (const value of valuesOf(schema, count)) {
    const found = validateValue(document, value, schema).map(({ message }) => message);
    expect([value, found]).toEqual([value, []]);
  }
}

test('an example that takes long to be matched with its pattern is not used', () => {
  const example = `${'a'.repeat(60)}!`;
  const started = process.cpuUsage();
  const values = valuesOf({ type: 'string', pattern: '^([a-z]+-?)+$', examples: [example] });
  expect(values).not.toContain(example);
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});

const name = fc.constantFrom('id', 'name', 'created_at', 'owner_id', 'url', 'flag', 'kind', 'x y');

const text: fc.Arbitrary<Schema> = fc.oneof(
  fc.record(
    {
      type: fc.constant('string'),
      minLength: fc.nat(12),
      maxLength: fc.integer({ min: 12, max: 40 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc
    .constantFrom(
      ...['email', 'uri', 'uuid', 'date-time', 'date', 'time', 'hostname', 'ipv4', 'ipv6'],
      ...['duration', 'byte', 'json-pointer', 'regex', 'uri-reference', 'no-such-format'],
    )
    .map((format) => ({ type: 'string', format })),
  fc
    .constantFrom(
      ...[
        '^[a-z]{3,8}$',
        '^user_[0-9a-z]{7}$',
        '^\\d{4}-\\d{2}$',
        '^(draft|live|gone)$',
        '^#\\w+$',
      ],
      ...['^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$', '[A-Z]', '^(?:a|b)+c?$', '^.{2,5}$', '^\\S*$'],
    )
    .map((pattern) => ({ type: 'string', pattern })),
  fc
    .constantFrom('person.fullName', 'internet.email', 'lorem.sentence', 'no.such')
    .map((faker) => ({ type: 'string', 'x-faker': faker })),
  fc
    .array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })
    .map((examples) => ({ type: 'string', examples })),
);

const number: fc.Arbitrary<Schema> = fc
  .tuple(
    fc.constantFrom('integer', 'number'),
    fc.integer({ min: -500, max: 500 }),
    fc.integer({ min: 12, max: 900 }),
    fc.constantFrom('inclusive', 'exclusive', 'flag', 'open', 'least'),
    fc.option(fc.constantFrom(1, 2, 5, 0.5), { nil: undefined }),
  )
  .map(([type, least, span, bounds, multipleOf]) => ({
    type,
    ...(multipleOf !== undefined && (type === 'number' || Number.isInteger(multipleOf))
      ? { multipleOf }
      : {}),
    ...(bounds === 'inclusive' ? { minimum: least, maximum: least + span } : {}),
    ...(bounds === 'exclusive' ? { exclusiveMinimum: least, exclusiveMaximum: least + span } : {}),
    ...(bounds === 'least' ? { minimum: least } : {}),
  }));

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  text,
  number,
  fc.constant<Schema>({ type: 'boolean' }),
  fc.constant<Schema>({ type: 'integer', format: 'unixtime' }),
  fc.constantFrom<Schema>({ const: 'list' }, { const: 5 }, { const: { a: [1] } }, { const: null }),
  fc.constantFrom<Schema>({ enum: ['a', 'b'] }, { enum: [1, null] }, { enum: [null] }),
  fc.constantFrom<Schema>({ type: 'string', default: 'x' }, { type: 'integer', default: 5 }),
  fc.constantFrom<Schema>({ type: 'null' }, {}, { description: 'anything' }),
);

/** Null in every spelling. */
function nullable(schema: Schema): fc.Arbitrary<Schema> {
  const { type } = schema;
  const own = typeof type === 'string' && !schema.enum && !('const' in schema);
  return fc.constantFrom<Schema>(
    schema,
    { anyOf: [schema, { type: 'null' }] },
    { oneOf: [{ type: 'null' }, { allOf: [schema, { not: { type: 'null' } } as Schema] }] },
    ...(own ? [{ ...schema, type: [type, 'null'] }] : []),
  );
}

const { schema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  object: fc
    .record({
      properties: fc.dictionary(name, tie('schema'), { maxKeys: 5 }),
      required: fc.uniqueArray(name, { maxLength: 3 }),
      additionalProperties: fc.option(fc.oneof(fc.boolean(), tie('schema')), { nil: undefined }),
      chance: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
    })
    .map(({ properties, required, additionalProperties, chance }) => {
      const open = additionalProperties !== false;
      const [first] = Object.entries(properties);
      if (first && chance !== undefined)
        properties[first[0]] = { ...first[1], 'x-mock': { chance } };
      return {
        type: 'object',
        properties,
        required: required.filter((one) => open || Object.hasOwn(properties, one)),
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
      };
    }),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    scalar.chain(nullable),
    tie('object'),
    tie('object').chain(nullable),
    fc
      .record({ items: tie('schema'), minItems: fc.nat(3), more: fc.nat(4) })
      .map(({ items, minItems, more }) => ({
        type: 'array',
        items,
        minItems,
        maxItems: minItems + more,
      })),
    fc
      .tuple(tie('object'), tie('object'))
      .filter(([a, b]) =>
        Object.keys(b.properties ?? {}).every((key) => !(key in (a.properties ?? {}))),
      )
      .map(([a, b]) => {
        const { additionalProperties: _, ...left } = a;
        const { additionalProperties: __, ...right } = b;
        return { allOf: [left, right] };
      }),
    fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
  ),
}));

describe('generated values', () => {
  test('are valid, whatever the schema', () => {
    fc.assert(
      fc.property(schema, (one) => expectValid(one, 6)),
      { numRuns: 600 },
    );
  });

  test('are the same for the same seed', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(valuesOf(structuredClone(one), 4)).toEqual(valuesOf(one, 4));
      }),
      { numRuns: 50 },
    );
  });

  test('of a schema that holds itself have an end', () => {
    const tree: Schema = {
      $ref: '#/definitions/tree',
      definitions: {
        tree: {
          type: 'object',
          required: ['children'],
          properties: {
            name: { type: 'string' },
            parent: { anyOf: [{ $ref: '#/definitions/tree' }, { type: 'null' }] },
            children: { type: 'array', items: { $ref: '#/definitions/tree' } },
          },
        },
      },
    } as Schema;
    expect(JSON.stringify(valuesOf(tree, 5)).length).toBeLessThan(200_000);
    const cyclic: Schema = { type: 'object', properties: { value: { type: 'integer' } } };
    Object.assign(cyclic.properties ?? {}, { next: cyclic });
    expect(JSON.stringify(valuesOf(cyclic, 5)).length).toBeLessThan(20_000);
  });

  test('twins are passed over where items must be unique', () => {
    expectValid({
      type: 'array',
      uniqueItems: true,
      minItems: 2,
      items: { enum: ['a', 'b', 'c'] },
    });
  });

  test('a pattern that cannot be parsed still gives a text', () => {
    expect(valuesOf({ type: 'string', pattern: '(?=a)b' })).toEqual(
      Array.from({ length: 20 }, () => expect.any(String)),
    );
  });
});

test('null is no value of an enum that has others', () => {
  const values = valuesOf({ type: ['string', 'null'], enum: ['a', null, 'b'] }, 200);
  expect(new Set(values)).toEqual(new Set(['a', 'b']));
  expect(valuesOf({ enum: [null] }, 2)).toEqual([null, null]);
  const color: Schema = { type: ['string', 'null'], enum: ['a', 'b', null] };
  const either: Schema = { anyOf: [{ enum: ['a', 'b'] }, { type: 'null' }] };
  for (const required of [[], ['color', 'either']]) {
    const made = valuesOf({ type: 'object', required, properties: { color, either } }, 200);
    const found = (name: string) => made.map((one) => (one as Record<string, unknown>)[name]);
    expect(found('color')).not.toContain(null);
    expect(found('either')).toContain(null);
  }
});

describe('x-faker', () => {
  test.each(Object.keys(fakerMethods))('%s gives a value', (method) => {
    const argument = { [method]: [['a', 'b']] };
    for (const value of valuesOf({ 'x-faker': argument }, 5)) expect(value ?? '').not.toBe('');
  });

  test('a value that breaks the schema gives way to one that does not', () => {
    expectValid({ type: 'string', maxLength: 5, 'x-faker': 'internet.email' });
    expectValid({ type: 'integer', 'x-faker': 'person.fullName' });
  });

  test('a method that the mock does not have gives a value by type', () => {
    for (const value of valuesOf({ type: 'integer', 'x-faker': 'finance.pin' }))
      expect(value).toEqual(expect.any(Number));
  });
});

describe('x-mock', () => {
  const share = (values: unknown[], isIt: (value: unknown) => boolean) =>
    values.filter(isIt).length / values.length;
  const property = (one: Schema, required: string[] = []) =>
    valuesOf({ type: 'object', required, properties: { it: one } }, 2_000).map(
      (value) => (value as { it?: unknown }).it,
    );

  test.each([0, 0.03, 0.5, 0.97, 1])('a flag of the chance %d is true that often', (chance) => {
    const values = property({ type: 'boolean', 'x-mock': { chance } }, ['it']);
    expect(share(values, (value) => value === true)).toBeCloseTo(chance, 1);
  });

  test.each([0, 0.3, 1])('a property of the chance %d is set that often', (chance) => {
    const optional = property({ type: 'string', 'x-mock': { chance } });
    expect(share(optional, (value) => typeof value === 'string')).toBeCloseTo(chance, 1);
    const nullableOne = property({ type: ['string', 'null'], 'x-mock': { chance } }, ['it']);
    expect(share(nullableOne, (value) => typeof value === 'string')).toBeCloseTo(chance, 1);
    expect(nullableOne).not.toContain(undefined);
  });

  test('times come after those that they name, and after the beginning', () => {
    const time = (mock: object = {}) => ({ type: 'integer', format: 'unixtime', 'x-mock': mock });
    const values = valuesOf(
      {
        type: 'object',
        required: ['last', 'joined', 'created', 'updated_at'],
        properties: {
          last: time({ after: 'joined' }),
          joined: time({ after: 'created' }),
          created: time(),
          updated_at: { type: 'integer' },
        },
      },
      200,
    ) as Record<string, number>[];
    for (const { created = 0, joined = 0, last = 0, updated_at = 0 } of values) {
      expect(created).toBeGreaterThan(1_500_000_000);
      expect(joined).toBeGreaterThan(created);
      expect(last).toBeGreaterThan(joined);
      expect(updated_at).toBeGreaterThan(created);
      expect(last * 1000).toBeLessThan(Date.now());
    }
  });

  test('a property is set where its flag is true, and only there', () => {
    const flag: Schema = { type: 'boolean', 'x-mock': { chance: 0.5 } };
    const values = valuesOf(
      {
        type: 'object',
        required: ['banned'],
        properties: {
          banned_at: { type: ['integer', 'null'], format: 'unixtime' },
          reason: { type: 'string', 'x-mock': { when: 'banned' } },
          banned: flag,
        },
      },
      300,
    ) as { banned: boolean; banned_at?: number; reason?: string }[];
    for (const { banned, banned_at, reason } of values) {
      expect(typeof banned_at === 'number').toBe(banned);
      expect(typeof reason === 'string').toBe(banned);
    }
  });

  test('a property that is added to the spec changes no value of the others', () => {
    const one: Schema = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
    };
    const more: Schema = { ...one, properties: { z: { type: 'boolean' }, ...one.properties } };
    const without = valuesOf(more).map((value) => {
      const { z: _, ...rest } = value as { z?: unknown };
      return rest;
    });
    expect(without).toEqual(valuesOf(one));
  });
});
