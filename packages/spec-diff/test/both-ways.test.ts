import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameter, response, type Schema } from './support/documents.ts';
import { type Told, walkAll, walkOf } from './support/meanings.ts';

const walked = (before: object, after: object): Told[] => walkOf(before, after).changes;

// Bounds are drawn from one list, so that two schemas often share some and differ in others.
const bound = fc.option(fc.constantFrom(1, 2, 4, 8), { nil: undefined });
const leaf = fc
  .record({
    type: fc.constantFrom(
      'string',
      'integer',
      'number',
      'boolean',
      ['string', 'null'],
      ['integer', 'null'],
    ),
    minimum: bound,
    maximum: bound,
    minLength: bound,
    maxLength: bound,
    multipleOf: bound,
    pattern: fc.constantFrom(undefined, '^a', '^b'),
    enum: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: undefined }),
    default: fc.constantFrom(undefined, 'a', 'b'),
  })
  .map((schema) => JSON.parse(JSON.stringify(schema)) as Schema);
const tree: fc.Arbitrary<Schema> = fc.letrec<{ node: Schema }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('node') }),
    fc
      .record({
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
        required: fc.subarray(['a', 'b', 'c']),
      })
      // A name that is required but not described is not a property: it can be neither added nor removed.
      .map((schema) => ({
        ...schema,
        properties: { ...schema.properties },
        required: schema.required.filter((name) => name in schema.properties),
      })),
  ),
})).node;

describe('for all schemas', () => {
  test('nothing has changed between a schema and itself', () => {
    fc.assert(
      fc.property(tree, (schema) => {
        for (const documentWith of [parameter, response]) {
          const { changes } = walkAll(documentWith(schema), documentWith(structuredClone(schema)));
          expect(changes).toEqual([]);
        }
      }),
    );
  });

  test('the reverse comparison reverses each change, at the same places', () => {
    // A required property is another request when it comes, and when it goes: it has no opposite.
    const opposite = { breaking: ['breaking', 'addition'], addition: ['breaking'], none: ['none'] };
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        for (const documentWith of [parameter, response]) {
          const there = walked(documentWith(a), documentWith(b));
          const back = walked(documentWith(b), documentWith(a));
          expect(there.map(({ place }) => place).sort()).toEqual(
            back.map(({ place }) => place).sort(),
          );
          for (const { verdict, place } of there) {
            const other = back.filter((each) => each.place === place);
            expect(other.some((each) => opposite[verdict].includes(each.verdict))).toBe(true);
          }
        }
      }),
    );
  });

  test('the verdicts on requests and responses are opposite', () => {
    fc.assert(
      fc.property(leaf, leaf, (a, b) => {
        const withoutDefault = ({ default: _, ...schema }: Schema) => schema;
        const [x, y] = [withoutDefault(a), withoutDefault(b)];
        const asked = walked(parameter(x), parameter(y));
        const answered = walked(response(x), response(y));
        expect(asked.length).toBe(answered.length);
        asked.forEach(({ verdict }, i) => {
          const other = answered[i]?.verdict;
          if (verdict === 'addition') expect(other).toBe('breaking');
          if (verdict === 'breaking') expect(['breaking', 'addition']).toContain(other);
        });
      }),
    );
  });
});
