import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looseJSON, parseJSON } from '../src/read/json.ts';

test('JSON has the value that JSON.parse gives it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJSON(text)).toEqual(JSON.parse(text));
      expect(looseJSON('a.json', text)).toBeUndefined();
    }),
    { seed: 1 },
  );
});

test.each([
  ['{"a": {"b": 1}, "a": 2}', undefined],
  ['[{"a": [1, {"b": 1, "c": 2, "b": 3}]}]', undefined],
  [
    '{"a": {"a": {"a": 1}}, "b": "a", "c": ["a", "a"]}',
    { a: { a: { a: 1 } }, b: 'a', c: ['a', 'a'] },
  ],
  ['{"a": "\\": {", "b": "a\\\\", "c": 1}', { a: '": {', b: 'a\\', c: 1 }],
  ['\uFEFF{"a": 1}', { a: 1 }],
  ['{"a": 1,}', undefined],
  ['openapi: 3.1.0', undefined],
])('%s is read as %j: undefined is left to a reader of YAML', (text, value) => {
  expect(parseJSON(text)).toEqual(value);
});
