import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../src/change/change.ts';
import { diff } from '../src/diff.ts';
import type { Document } from '../src/document/spec.ts';
import { verdictOf, walkAll, walkOf } from './support/meanings.ts';

/** How many documents the longest properties are tried on; `FUZZ_RUNS=2000` for a thorough run. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
// The same ones each time, so that a change is judged by its own faults; `FUZZ_SEED=2` for others.
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 1) });

type Json = Record<string, unknown>;
const names = ['A', 'B', 'C', 'D'];
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.record(
    {
      type: fc.constant('string'),
      maxLength: fc.constantFrom(1, 5, 9),
      enum: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      format: fc.constantFrom('uri', 'email'),
      description: fc.constantFrom('x', 'y'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer', 'number', ['integer', 'null']),
      minimum: fc.constantFrom(0, 1, 2),
      exclusiveMaximum: fc.constantFrom(5, 10),
      format: fc.constantFrom('int32', 'int64'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.constant({ type: 'boolean' }),
  fc.constant({}),
);
type Combination = 'anyOf' | 'oneOf' | 'allOf' | 'not';

const schemaWith = (...combinations: Combination[]): fc.Arbitrary<Json> =>
  fc.letrec<{ node: Json }>((tie) => {
    const list = (maxLength: number) => fc.array(tie('node'), { minLength: 1, maxLength });
    const combined: Record<Combination, fc.Arbitrary<Json>> = {
      anyOf: list(3).map((anyOf) => ({ anyOf })),
      oneOf: list(3).map((oneOf) => ({ oneOf })),
      allOf: list(2).map((allOf) => ({ allOf })),
      not: tie('node').map((not) => ({ not })),
    };
    return {
      node: fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        leaf,
        fc.constantFrom(...names).map(ref),
        fc.record({ type: fc.constant('array'), items: tie('node') }),
        fc
          .tuple(
            fc.dictionary(fc.constantFrom('a', 'b', 'toString', '__proto'), tie('node'), {
              maxKeys: 3,
            }),
            fc.boolean(),
          )
          .map(([properties, isRequired]) => ({
            type: 'object',
            properties: { ...properties },
            required: isRequired ? Object.keys(properties) : [],
          })),
        ...combinations.map((keyword) => combined[keyword]),
      ),
    };
  }).node;

const schema = schemaWith('anyOf', 'oneOf', 'allOf', 'not');
/** Without unions, every value has one place; with them, an alternative that another one covers makes no difference. */
const plain = schemaWith();
/** Without `oneOf`, which refuses what two of its members allow: in doubt, that is breaking. */
const inclusive = schemaWith('anyOf', 'allOf', 'not');
/** Refers to itself only through a property: a schema that is its own alternative allows anything. */
const founded = inclusive.map((p) => ({ type: 'object', properties: { p } }));

const documentWith = (
  schema: fc.Arbitrary<Json>,
  component: fc.Arbitrary<Json> = schema,
): fc.Arbitrary<Document> =>
  fc
    .tuple(
      fc.tuple(component, component, component, component),
      fc.array(fc.tuple(schema, schema), { minLength: 1, maxLength: 3 }),
    )
    .map(([schemas, operations]) => ({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: Object.fromEntries(
        operations.map(([body, answer], i) => [
          `/p${i}`,
          {
            post: {
              operationId: `call${i}`,
              requestBody: { content: { 'application/json': { schema: body } } },
              responses: {
                200: { description: '', content: { 'application/json': { schema: answer } } },
              },
            },
          },
        ]),
      ),
      components: { schemas: Object.fromEntries(names.map((name, i) => [name, schemas[i]])) },
    }));

/** Every object of a document that may be edited, by a number. */
function nodesOf(value: unknown, found: Json[] = []): Json[] {
  if (typeof value !== 'object' || value === null) return found;
  if (!Array.isArray(value)) found.push(value as Json);
  for (const inner of Object.values(value)) nodesOf(inner, found);
  return found;
}

const junk = [
  null,
  5,
  'text',
  [],
  {},
  true,
  [null],
  { $ref: '#/nowhere' },
  { $ref: 5 },
  { type: 7 },
];
/** Any edit at all, whether a document is left or not. */
const edit = fc.record({
  where: fc.nat(),
  which: fc.nat(),
  what: fc.oneof(fc.constantFrom(...junk), schema),
  how: fc.constantFrom('replace', 'delete', 'add'),
});

interface Edit {
  where: number;
  which: number;
  what: unknown;
  how: string;
}

function edited(given: Document, { where, which, what, how }: Edit): Document {
  const copy = structuredClone(given);
  const nodes = nodesOf(copy);
  const node = nodes[where % nodes.length] ?? {};
  const keys = Object.keys(node);
  const key = keys[which % (keys.length || 1)] ?? 'type';
  if (how === 'delete') delete node[key];
  else if (how === 'replace') node[key] = structuredClone(what);
  else Object.assign(node, structuredClone(typeof what === 'object' ? what : {}));
  return copy;
}

/** Ways to write the same schema in another way. */
const refactorings: ((node: Json, document: Json) => Json)[] = [
  (node) => ({ allOf: [node] }),
  (node) => ({ anyOf: [node] }),
  (node) => ({ oneOf: [node] }),
  (node) =>
    Array.isArray(node['anyOf']) ? { ...node, anyOf: [...node['anyOf']].reverse() } : node,
  (node) =>
    Array.isArray(node['oneOf']) ? { ...node, oneOf: [...node['oneOf']].reverse() } : node,
  (node) =>
    Array.isArray(node['allOf']) ? { ...node, allOf: [...node['allOf']].reverse() } : node,
  (node) => Object.fromEntries(Object.entries(node).reverse()),
  (node, { components }) => {
    const [, name] = /schemas\/(\w)$/.exec(String(node['$ref'])) ?? [];
    const target = name && ((components as Json)['schemas'] as Json)[name];
    return target && !JSON.stringify(target).includes('$ref')
      ? structuredClone(target as Json)
      : node;
  },
  (node, { components }) => {
    ((components as Json)['schemas'] as Json)['Extracted'] = node;
    return ref('Extracted');
  },
  ({ type, ...rest }) =>
    Array.isArray(type) && !rest['enum']
      ? { anyOf: type.map((each) => (each === 'null' ? { type: each } : { type: each, ...rest })) }
      : { ...(type !== undefined && { type }), ...rest },
  ({ enum: values, ...rest }) =>
    Array.isArray(values) ? { ...rest, oneOf: values.map((value) => ({ const: value })) } : rest,
];

/** The schemas of a document, and how to put another in the place of each. */
function placesOf(given: Json): { node: Json; put: (node: Json) => void }[] {
  const places: { node: Json; put: (node: Json) => void }[] = [];
  const visit = (holder: Json | Json[], key: string | number) => {
    const node = (holder as Json)[key] as Json;
    if (typeof node !== 'object' || node === null) return;
    places.push({
      node,
      put: (other) => {
        (holder as Json)[key] = other;
      },
    });
    for (const name of ['items', 'not']) if (node[name]) visit(node, name);
    for (const name of ['anyOf', 'oneOf', 'allOf']) {
      const members = node[name] as Json[] | undefined;
      for (const i of members?.keys() ?? []) visit(members ?? [], i);
    }
    const properties = node['properties'] as Json | undefined;
    for (const name of Object.keys(properties ?? {})) visit(properties ?? {}, name);
  };
  const { paths, components } = given as {
    paths: Record<string, { post: Json }>;
    components: { schemas: Json };
  };
  for (const name of Object.keys(components.schemas)) visit(components.schemas, name);
  for (const { post } of Object.values(paths)) {
    const { requestBody, responses } = post as {
      requestBody: { content: Json };
      responses: { 200: { content: Json } };
    };
    for (const { content } of [requestBody, responses[200]])
      visit(content['application/json'] as Json, 'schema');
  }
  return places;
}

/** A document whose first operation sends or receives this. */
function withSchema(given: Document, direction: 'request' | 'response', schema: Json): Document {
  const copy = structuredClone(given) as Json;
  const { post } = (copy['paths'] as Record<string, { post: Json }>)['/p0'] as { post: Json };
  const content = { 'application/json': { schema: structuredClone(schema) } };
  if (direction === 'request') post['requestBody'] = { content };
  else post['responses'] = { 200: { description: '', content } };
  return copy;
}

const breakingOnes = (changes: readonly Change[]) =>
  changes.filter(({ verdict }) => verdict === 'breaking');

const document = documentWith(schema);

describe('for all documents', () => {
  test('nothing has changed between a document and itself', () => {
    fc.assert(
      fc.property(document, (given) => {
        expect(walkAll(given, structuredClone(given)).changes).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  }, 300_000);

  test('parts that are skipped as equal compare as equal', () => {
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 2 }), (given, edits) => {
        const other = edits.reduce(edited, given);
        const [quick, whole] = [walkOf(given, other), walkAll(given, other)];
        expect(quick.changes).toEqual(whole.changes);
        expect(quick.notes).toEqual(whole.notes);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  }, 300_000);

  test('no edit makes it throw, and a document that was edited is the same as itself', () => {
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 4 }), (given, edits) => {
        const other = edits.reduce(edited, given);
        expect(walkOf(given, other).changes).toBeInstanceOf(Array);
        expect(walkAll(other, structuredClone(other)).changes).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 300_000);

  test('a change that is an addition in one direction is breaking in the other', () => {
    fc.assert(
      fc.property(documentWith(plain), fc.nat(), plain, (given, where, other) => {
        const copy = structuredClone(given);
        const places = placesOf(copy);
        places[where % places.length]?.put(other);
        const [there, back] = [walkOf(given, copy).changes, walkOf(copy, given).changes];
        if (verdictOf(there) === 'addition') expect(verdictOf(back)).not.toBe('addition');
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  }, 300_000);

  test('adding an alternative is never breaking in requests, nor removing one in responses', () => {
    fc.assert(
      fc.property(documentWith(inclusive, founded), inclusive, inclusive, (given, one, other) => {
        const wide = { anyOf: [one, other] };
        const sent = (body: Json) => withSchema(given, 'request', body);
        const received = (answer: Json) => withSchema(given, 'response', answer);
        expect(breakingOnes(walkOf(sent(one), sent(wide)).changes)).toEqual([]);
        expect(breakingOnes(walkOf(received(wide), received(one)).changes)).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 300_000);

  test('a schema that is written in another way is never breaking', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(), (given, where, which) => {
        const copy = structuredClone(given);
        const places = placesOf(copy);
        const place = places[where % places.length];
        const refactor = refactorings[which % refactorings.length];
        if (place && refactor) place.put(refactor(place.node, copy));
        expect(breakingOnes(walkOf(given, copy).changes)).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 300_000);

  test('neither judge throws, and TypeScript agrees that a refactoring is none', async () => {
    await fc.assert(
      fc.asyncProperty(document, edit, fc.nat(), fc.nat(), async (given, change, where, which) => {
        expect((await diff(given, edited(given, change))).changes).toBeInstanceOf(Array);
        const copy = structuredClone(given);
        const places = placesOf(copy);
        const place = places[where % places.length];
        const refactor = refactorings[which % refactorings.length];
        if (place && refactor) place.put(refactor(place.node, copy));
        expect(breakingOnes((await diff(given, copy)).changes)).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / 50) },
    );
  }, 300_000);
});
