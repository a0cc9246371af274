import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeKey, formatPointer, parsePointer, unescapeKey, valueAt } from '../src/index.ts';

test('every key survives escaping, also one that looks escaped', () => {
  fc.assert(fc.property(fc.string(), (key) => unescapeKey(escapeKey(key)) === key));
});

test('a path is read from the pointer that was written of it', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (path) => {
      expect(parsePointer(formatPointer(path))).toEqual(path);
    }),
  );
});

describe('a pointer', () => {
  test.each([
    ['to the whole document', '', []],
    ['to the whole document, as a fragment', '#', []],
    ['to an empty key', '/', ['']],
    ['with escaped characters', '/paths/~1a~1{b}/x~01', ['paths', '/a/{b}', 'x~1']],
    [
      'that is percent-encoded as a fragment',
      '#/components/schemas/a%20b',
      ['components', 'schemas', 'a b'],
    ],
    ['that is not percent-encoded', '/a%20b', ['a%20b']],
    ['with a broken encoding', '#/a%zz', ['a%zz']],
  ])('%s', (_, pointer, path) => {
    expect(parsePointer(pointer)).toEqual(path);
  });
});

test('a value is found by own keys only', () => {
  const document = { list: [{ a: 1 }], 'a/b': 2 };
  expect(valueAt(document, ['list', 0, 'a'])).toBe(1);
  expect(valueAt(document, ['list', '0', 'a'])).toBe(1);
  expect(valueAt(document, ['a/b'])).toBe(2);
  expect(valueAt(document, ['constructor'])).toBeUndefined();
  expect(valueAt(document, ['__proto__', 'toString'])).toBeUndefined();
});
