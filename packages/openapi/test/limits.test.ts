import { expect, test } from 'vitest';
import {
  type Document,
  type Problem,
  Problems,
  refuseExcess,
  type SpecProblems,
} from '../src/index.ts';

function problemsOf(schemas: Record<string, object>): readonly Problem[] {
  const problems = new Problems(() => undefined);
  refuseExcess({ components: { schemas } } as Document, problems);
  try {
    problems.throwIfAny();
    return [];
  } catch (error) {
    return (error as SpecProblems).problems;
  }
}

const all = (name: string, times: number) => ({
  allOf: Array.from({ length: times }, () => ({ $ref: `#/components/schemas/${name}` })),
});
const nested = (levels: number) =>
  Object.fromEntries(
    Array.from({ length: levels }, (_, i) => [
      `S${i}`,
      i === 0 ? { type: 'object' } : all(`S${i - 1}`, 3),
    ]),
  );

test.each<[string, Record<string, object>, string]>([
  ['minItems', { A: { type: 'array', minItems: 1e6 } }, 'A › minItems'],
  ['minProperties', { A: { minProperties: 1e5 } }, 'A › minProperties'],
  ['minLength', { A: { properties: { b: { minLength: 1e9 } } } }, 'A › properties › b › minLength'],
  ['a repetition in a pattern', { A: { pattern: 'a{1000000000}' } }, 'A › pattern'],
  ['an open repetition in a pattern', { A: { pattern: '^[a-z]{20000,}$' } }, 'A › pattern'],
  ['repetitions in each other', { A: { pattern: '((a{100}){100}){100}' } }, 'A › pattern'],
  ['repetitions in a row', { A: { pattern: 'a{6000}b{6000}' } }, 'A › pattern'],
  ['a repetition of a class', { A: { pattern: '(?:[(]{101}){100}' } }, 'A › pattern'],
  ['a repetition in a group that is open', { A: { pattern: '(a{20000}' } }, 'A › pattern'],
  ['allOf in allOf', nested(12), 'S9 › allOf'],
])('%s above the limit is a problem with its location', (_, schemas, place) => {
  const [problem] = problemsOf(schemas);
  expect(problem).toMatchObject({ id: 'too-large', place: `components › schemas › ${place}` });
});

test('alternatives for two kinds of ids are a pattern of a usual size', () => {
  const hex = '[0-9a-f]';
  const uuid = `^${hex}{8}-${hex}{4}-[1-7]${hex}{3}-[89ab]${hex}{3}-${hex}{12}$`;
  const pattern = `${uuid}|^[0-9A-HJKMNP-TV-Z]{26}$|^(?:\\{{100}){90}$`;
  expect(problemsOf({ A: { type: 'string', pattern } })).toEqual([]);
});

test('a chain of 100 levels of three is refused at once', () => {
  const started = process.cpuUsage().user;
  expect(problemsOf(nested(100)).length).toBeGreaterThan(0);
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});

test('ordinary schemas are accepted', () => {
  const schemas = {
    A: { type: 'array', minItems: 100, items: { pattern: '^[a-f0-9]{64}$', minLength: 64 } },
    B: { pattern: '^\\{1000000\\}$', minProperties: 3 },
    Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }] },
    ...nested(5),
  };
  expect(problemsOf(schemas)).toEqual([]);
});
