import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/api/schema.ts';
import { createIDs } from '../../src/state/generate/ids.ts';

const index = fc.nat(2 ** 31 - 1);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const schemas: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  {},
  { type: 'string' },
  { type: 'string', format: 'uuid' },
  { type: 'integer' },
  { type: 'integer', minimum: 1000 },
);

describe('an id', () => {
  test('encodes its index, whatever the seed, the schema and the scope', () => {
    fc.assert(
      fc.property(index, seed, schemas, seed, (at, one, schema, offset) => {
        const ids = createIDs('user_', one, schema, offset);
        const id = ids.at(at);
        expect(ids.indexOf(String(id))).toBe(at);
        expect(typeof id).toBe(schema.type === 'integer' ? 'number' : 'string');
      }),
    );
  });

  test('is another one for every index', () => {
    const ids = createIDs('user_', 7);
    expect(new Set(Array.from({ length: 10_000 }, (_, i) => ids.at(i))).size).toBe(10_000);
  });

  test('is a UUID of version 4 where the schema wants one', () => {
    const ids = createIDs('', 12_345, { type: 'string', format: 'uuid' });
    expect(ids.at(3)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('of another spelling is not one', () => {
    const ids = createIDs('user_', 1);
    const id = String(ids.at(5));
    for (const other of [id.toUpperCase(), ` ${id}`, `${id}0`, id.slice(5), 'user_zzzzzzz', ''])
      expect(ids.indexOf(other)).toBeUndefined();
    expect(createIDs('', 1, { type: 'integer' }).indexOf('0')).toBeUndefined();
    expect(createIDs('', 1, { type: 'integer' }).indexOf('1.5')).toBeUndefined();
  });

  test('has the same row in every scope, and its neighbor the next', () => {
    fc.assert(
      fc.property(fc.nat(1000), seed, seed, seed, (at, one, a, b) => {
        const [here, there] = [createIDs('r_', one, {}, a), createIDs('r_', one, {}, b)];
        const id = String(here.at(at));
        expect(there.rowOf(id)).toBe(here.rowOf(id));
        expect(here.rowOf(String(here.at(at + 1)))).toBe((here.rowOf(id) + 1) % 2 ** 32);
      }),
    );
  });
});
