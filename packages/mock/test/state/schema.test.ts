import { describe, expect, test } from 'vitest';
import { type Schema, shapeOf } from '../../src/api/schema.ts';

const boolean: Schema = { type: 'boolean' };

describe('null', () => {
  test.each<[string, Schema]>([
    ['a list of types', { type: ['boolean', 'null'] }],
    ['anyOf', { anyOf: [boolean, { type: 'null' }] }],
    ['oneOf, the other way round', { oneOf: [{ type: 'null' }, boolean] }],
    ['anyOf with const', { anyOf: [boolean, { const: null }] }],
    ['anyOf with enum', { anyOf: [boolean, { enum: [null] }] }],
    ['nullable, as OpenAPI 3.0 has it', { type: 'boolean', nullable: true }],
    ['anyOf inside allOf', { allOf: [{ anyOf: [boolean, { type: 'null' }] }] }],
    ['a reference', { $ref: '#/d', d: { type: ['boolean', 'null'] } } as Schema],
  ])('spelled as %s is read, and taken out', (_, schema) => {
    const shape = shapeOf(schema);
    expect(shape.nullable).toBe(true);
    expect(shape.alternatives).toHaveLength(1);
    expect([shape.alternatives[0]?.type].flat()).toEqual(['boolean']);
  });

  test.each<[string, Schema]>([
    ['a type', boolean],
    ['an enum of others', { type: ['string', 'null'], enum: ['a', 'b'] }],
    ['allOf, of which one part excludes it', { allOf: [{ type: ['boolean', 'null'] }, boolean] }],
    ['a constant', { const: 5 }],
    [
      'a type beside anyOf',
      { type: 'boolean', anyOf: [{ title: 'x' } as Schema, { type: 'null' }] },
    ],
  ])('is not read into %s', (_, schema) => {
    expect(shapeOf(schema).nullable).toBe(false);
  });

  test('that is the only value leaves no alternative', () => {
    for (const schema of [{ type: 'null' }, { const: null }, { enum: [null] }])
      expect(shapeOf(schema)).toEqual({ nullable: true, alternatives: [] });
  });
});

describe('allOf', () => {
  test('is merged: required names, properties, and the tighter bounds', () => {
    const a: Schema = { type: 'object', required: ['a'], properties: { a: boolean } };
    const b: Schema = { required: ['b'], properties: { a: { default: true }, b: boolean } };
    const [merged] = shapeOf({ allOf: [a, b] }).alternatives;
    expect(merged?.required).toEqual(['a', 'b']);
    expect(shapeOf(merged?.properties?.['a']).alternatives).toEqual([
      { type: 'boolean', default: true },
    ]);
    const [number] = shapeOf({
      allOf: [
        { type: 'number', minimum: 1, maximum: 9 },
        { type: 'integer', minimum: 5, maximum: 20 },
      ],
    }).alternatives;
    expect(number).toMatchObject({ type: 'integer', minimum: 5, maximum: 9 });
  });

  test('of types that exclude each other leaves no alternative', () => {
    expect(shapeOf({ allOf: [{ type: 'string' }, boolean] }).alternatives).toEqual([]);
  });

  test('with alternatives gives each of them what is said beside', () => {
    const { alternatives } = shapeOf({
      description: 'beside',
      anyOf: [{ type: 'string' }, { type: 'integer' }],
    });
    expect(alternatives).toEqual([
      { description: 'beside', type: 'string' },
      { description: 'beside', type: 'integer' },
    ]);
  });
});

test('a reference that does not resolve, or is circular, allows anything', () => {
  expect(shapeOf({ $ref: '#/nowhere' }).alternatives).toEqual([{}]);
  const circle = { $ref: '#' } as Schema;
  expect(shapeOf(circle).alternatives).toEqual([{}]);
});
