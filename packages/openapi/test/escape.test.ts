import { describe, expect, test } from 'vitest';
import { codeSpan, tableCell, visible } from '../src/index.ts';

describe('visible', () => {
  test.each([
    ['a terminal escape', '\u001b[2J', '\\u001b[2J'],
    ['a C1 control', '\u009b31m', '\\u009b31m'],
    ['ends of lines', 'a\nb\rc\u2028d', 'a\\nb\\u000dc\\u2028d'],
    ['marks of direction', '\u202egnp\u2066', '\\u202egnp\\u2066'],
    ['a byte order mark', '\ufeffx', '\\ufeffx'],
    ['a tag of another plane', '\u{e0041}', '\\u{e0041}'],
    ['half of a character', 'a\ud800', 'a\\ud800'],
  ])('%s is an escape', (_, text, shown) => expect(visible(text)).toBe(shown));

  test('leaves what is seen, in every script', () => {
    for (const text of ['naïve', '漢字', '😀', 'مرحبا', 'a b', '*/ <b> `'])
      expect(visible(text)).toBe(text);
  });
});

test('a code span is fenced longer than any run of backticks in it', () => {
  expect(codeSpan('a')).toBe('`a`');
  expect(codeSpan('a``b`c')).toBe('```a``b`c```');
  expect(codeSpan('`')).toBe('`` ` ``');
  expect(codeSpan('')).toBe('`""`');
  expect(codeSpan('a\n\n# b')).toBe('`a\\n\\n# b`');
});

test('a cell of a table has an odd number of backslashes before each |', () => {
  expect(tableCell('a|b')).toBe('a\\|b');
  expect(tableCell('`a\\|<img src=x>`')).toBe('`a\\\\\\|<img src=x>`');
  expect(tableCell('a\\\\|b')).toBe('a\\\\\\|b');
});
