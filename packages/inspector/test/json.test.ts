import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constraintsOf, typeOf } from '../src/json/describe.ts';
import { draft } from '../src/json/draft.ts';
import { lineOf, lineOfPath, locate } from '../src/json/locate.ts';
import { prettyJSON } from '../src/json/pretty.ts';
import { tokens } from '../src/json/tokens.ts';

describe('locate', () => {
  test('every JSON text is accepted, and every value in it is found', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        const { offsets, error } = locate(text);
        expect(error).toBeUndefined();
        expect(offsets.size).toBe(countValues(JSON.parse(text)));
      }),
    );
  });

  test('a text is refused if and only if JSON.parse refuses it', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n0e-.1truefalsn') });
    fc.assert(
      fc.property(texts, (text) => {
        expect(locate(text).error === undefined).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['{\n  "a": 1,\n}', 2, 'Expected a name in double quotes, but found "}".'],
    ['{\n  "a" 1\n}', 1, 'Expected ":", but found "1".'],
    ['{\n  "a": 1\n  "b": 2\n}', 2, 'Expected a comma or "}", but found "\\"".'],
    ['[1, 2', 0, 'Expected a comma or "]", but found the end of the text.'],
    ['{}\n{}', 1, 'Expected the end of the text, but found "{".'],
    ['{"a": "x}', 0, 'Expected the string to end in its line, but found "\\"".'],
  ])('%j: the line, and what was expected', (text, line, message) => {
    const { error } = locate(text);
    expect(error?.message).toBe(message);
    expect(lineOf(text, error?.offset ?? -1)).toBe(line);
  });

  test('a text that is nested deeper than the stack is refused', () => {
    expect(locate('['.repeat(100_000)).error).toBeDefined();
  });
});

describe('lineOfPath', () => {
  const text = JSON.stringify({ id: 'x', parts: { data: [{ name: 1 }] }, 'a.b': 2 }, undefined, 2);
  const located = locate(text);
  test.each([
    ['id', 1],
    ['parts.data.0.name', 5],
    ['parts.data[0].name', 5],
    ['/parts/data/0/name', 5],
    ['parts.missing', 2],
    ['missing', 0],
    ['', 0],
  ])('%s is in line %i', (path, line) => {
    expect(lineOfPath(text, located, path)).toBe(line);
  });
});

test('the pieces of any text are that text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(
        tokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('a draft has what is required: constants and examples, else the least that is valid', () => {
  const schema = {
    type: 'object',
    required: ['object', 'id', 'count', 'tags', 'note', 'parent'],
    properties: {
      object: { const: 'thing' },
      id: { type: 'string', examples: ['thing_abc'] },
      count: { type: 'integer', minimum: 3 },
      tags: { type: 'array' },
      note: { type: ['string', 'null'] },
      parent: {
        anyOf: [{ type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
      },
      color: { type: 'string' },
    },
  };
  expect(draft(schema)).toEqual({
    object: 'thing',
    id: 'thing_abc',
    count: 3,
    tags: [],
    note: '',
    parent: { id: '' },
  });
});

test('types and constraints are told in few words', () => {
  expect(typeOf({ type: ['string', 'null'] })).toBe('string | null');
  expect(typeOf({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } })).toBe(
    '(string | null)[]',
  );
  expect(constraintsOf({ type: 'integer', minimum: 1, maximum: 100, default: 20 })).toEqual([
    '1 to 100',
    'default 20',
  ]);
  expect(constraintsOf({ enum: ['asc', 'desc'] })).toEqual(['one of "asc", "desc"']);
});

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + countValues(one), 1);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('prettyJSON', () => {
  test('any JSON text is written as JSON.stringify writes it with two spaces', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(prettyJSON(text)).toBe(JSON.stringify(JSON.parse(text), undefined, 2));
      }),
    );
  });

  test('numbers keep their digits, also those that JavaScript cannot hold', () => {
    expect(prettyJSON('{"id":9007199254740993,"sum":1.10,"far":1e400}')).toBe(
      '{\n  "id": 9007199254740993,\n  "sum": 1.10,\n  "far": 1e400\n}',
    );
  });

  test('text that is not JSON is unchanged', () => {
    expect(prettyJSON('{"a":1,')).toBe('{"a":1,');
  });
});
