import { expect, test } from 'vitest';
import { parseJSON } from '../src/lib/json.ts';

const arrays = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => '{"a":'.repeat(levels) + '1'.padEnd(levels + 1, '}');

test.each([arrays(100), objects(100), '"text"', 'null', '1e400', '{"__proto__":{"a":1}}'])(
  '%.30s is what JSON.parse makes of it',
  (text) => {
    expect(parseJSON(text)).toEqual(JSON.parse(text));
  },
);

test.each([arrays(101), objects(101), `[1,{"a":${arrays(99)}}]`, arrays(200_000)])(
  '%.30s is nested too deeply',
  (text) => {
    expect(() => parseJSON(text)).toThrow(new SyntaxError('is nested deeper than 100 levels'));
  },
);

test('invalid JSON is an error with its location', () => {
  expect(() => parseJSON('{"a')).toThrow(/^is not valid JSON: .*JSON at position 3/);
});
