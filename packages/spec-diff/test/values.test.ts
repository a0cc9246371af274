import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf } from './support/documents.ts';
import { breaking, verdictOf, walkOf } from './support/meanings.ts';
import { isValid, type JSONSchema, valuesFor } from './support/values.ts';

/** How many pairs of schemas are tried; `FUZZ_RUNS=2000` for a thorough run. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
// The same ones each time, so that a change is judged by its own faults; `FUZZ_SEED=2` for others.
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 1) });

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
const pair = fc.record({ A: leaf, B: holder, before: schema, after: schema });

/** Edits of one schema are nearer to each other than two random ones: most of them only widen or only narrow. */
const near = fc
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

const bodyOf = (schema: JSONSchema) => ({ content: { 'application/json': { schema } } });

test.each([
  ['random schemas', pair],
  ['a schema and an edit of it', near],
])(
  'what a request may no longer hold, or a response may hold from now on, is always breaking: %s',
  (_, pairs) => {
    fc.assert(
      fc.property(pairs, fc.boolean(), ({ A, B, before, after }, isSwapped) => {
        const components = { schemas: { A, B } };
        const [old, now] = isSwapped ? [after, before] : [before, after];
        const request = (schema: JSONSchema) =>
          documentOf({ requestBody: bodyOf(schema) }, { components });
        const response = (schema: JSONSchema) =>
          documentOf(
            { responses: { 200: { description: '', ...bodyOf(schema) } } },
            { components },
          );
        const values = valuesFor([old, now, A, B]);
        const lost = values.find(
          (value) =>
            isValid(value, old, components.schemas) && !isValid(value, now, components.schemas),
        );
        if (lost === undefined) return;
        // The same change, seen by those who send such values, and turned round, by those who receive them.
        expect(verdictOf(walkOf(request(old), request(now)).changes), show(lost)).toBe(breaking);
        expect(verdictOf(walkOf(response(now), response(old)).changes), show(lost)).toBe(breaking);
      }),
      { numRuns: runs },
    );
  },
  300_000,
);

function show(value: unknown): string {
  return `lost value: ${JSON.stringify(value)}`;
}
