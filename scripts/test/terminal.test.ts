import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutLine, describe } from '../lib/terminal.ts';

test('a table row that is wider than the terminal is cut, with an ellipsis', () => {
  expect(cutLine('user_1  Ada Lovelace  ada@example.com', 20)).toBe('user_1  Ada Lovelac…');
  expect(cutLine('user_1', 6)).toBe('user_1');
  expect(cutLine('user_1')).toBe('user_1');
});

test('a description continues below its first line', () => {
  expect(describe('  --port', 'The port to listen on', 10, 32)).toBe(
    '  --port  The port to listen on',
  );
  expect(describe('  --port', 'The port to listen on', 10, 30)).toBe(
    '  --port  The port to listen\n          on',
  );
});

test('a description moves below a term that leaves no room beside it', () => {
  expect(describe('  --a-long-flag <value>', 'What it does', 23, 40)).toBe(
    '  --a-long-flag <value>\n    What it does',
  );
});

test('no line is wider than the terminal unless one word is, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 100 }), (list, width) => {
      const text = describe('  --flag', list.join(' '), 10, width);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      expect(text.split(/\s+/).filter(Boolean)).toEqual(['--flag', ...list]);
    }),
  );
});
