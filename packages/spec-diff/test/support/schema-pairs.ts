import fc from 'fast-check';
import { documentOf } from './documents.ts';
import { isValid, type JSONSchema, valuesFor } from './values.ts';

/** A schema before and after, and the components that both may refer to. */
export interface SchemaPair {
  A: JSONSchema;
  B: JSONSchema;
  before: JSONSchema;
  after: JSONSchema;
}

/**
 * Schemas with unions, intersections, negations and references. Left out is what verdicts are a matter of opinion on,
 * so that they do not follow from sets of values alone:
 * - objects of other property names: a property that comes is an addition, although values of another type were
 *   allowed under its name, and one that goes is breaking;
 * - schemas that allow anything, which are objects of other property names too;
 * - `oneOf`, which refuses values of several members: an overlap that only values with properties of both are in
 *   counts for nothing.
 */
const leaf: fc.Arbitrary<JSONSchema> = fc.oneof(
  fc.record(
    {
      type: fc.constant('string'),
      maxLength: fc.constantFrom(0, 1, 2),
      minLength: fc.constantFrom(0, 1, 2),
      enum: fc.subarray(['', 'a', 'bb'], { minLength: 1 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer', 'number', ['integer', 'null'], ['number', 'string']),
      minimum: fc.constantFrom(0, 1, 2),
      exclusiveMinimum: fc.constantFrom(0, 1),
      maximum: fc.constantFrom(1, 2, 3),
    },
    { requiredKeys: ['type'] },
  ),
  fc.constantFrom({ type: 'boolean' }, { type: 'null' }, { const: 'a' }, { enum: ['a', 1, null] }),
);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schema = fc.letrec<{ node: JSONSchema }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    fc.constantFrom(ref('A'), ref('B')),
    fc.record({ type: fc.constant('array'), items: tie('node') }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.record({ a: tie('node'), b: leaf }),
      required: fc.subarray(['a', 'b']),
    }),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie('node'), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    leaf.map((not) => ({ type: ['string', 'number', 'null'], not })),
  ),
})).node;

/** May hold itself, but is not itself: that would say nothing. */
const holder = fc.record({ type: fc.constant('array'), items: schema });
/** Two random schemas. */
export const pair: fc.Arbitrary<SchemaPair> = fc.record({
  A: leaf,
  B: holder,
  before: schema,
  after: schema,
});

/** Edits of one schema are nearer to each other than two random ones: most of them only widen or only narrow. */
export const near: fc.Arbitrary<SchemaPair> = fc
  .record({ A: leaf, B: holder, base: schema, other: schema, kind: fc.nat(5) })
  .map(({ A, B, base, other, kind }) => {
    const edits: JSONSchema[] = [
      { anyOf: [base, other] },
      { allOf: [base, other] },
      { anyOf: [other, base, ref('A')] },
      { type: 'array', items: { anyOf: [base, other] } },
      { allOf: [{ anyOf: [base, other] }, { anyOf: [other, base] }] },
      { anyOf: [{ allOf: [base, other] }, base] },
    ];
    const before = kind === 3 ? { type: 'array', items: base } : base;
    return { A, B, before, after: edits[kind] ?? base };
  });

const bodyOf = (schema: JSONSchema): object => ({ content: { 'application/json': { schema } } });

/** A document that sends the schema. */
export function requestOf(schema: JSONSchema, { A, B }: SchemaPair): object {
  return documentOf({ requestBody: bodyOf(schema) }, { components: { schemas: { A, B } } });
}

/** A document that receives the schema. */
export function responseOf(schema: JSONSchema, { A, B }: SchemaPair): object {
  const responses = { 200: { description: '', ...bodyOf(schema) } };
  return documentOf({ responses }, { components: { schemas: { A, B } } });
}

/** A value that was allowed before and is not after, of those that are worth trying; wrapped, as it may be null. */
export function lostValue({ A, B, before, after }: SchemaPair): { value: unknown } | undefined {
  const named = { A, B };
  for (const value of valuesFor([before, after, A, B])) {
    if (isValid(value, before, named) && !isValid(value, after, named)) return { value };
  }
  return undefined;
}
