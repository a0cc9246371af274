import { describe, expect, test } from 'vitest';
import { validateValue } from '../src/prism/validate.ts';

const document = {};
const problems = (pattern: string, value: unknown) =>
  validateValue(document, value, { type: 'string', pattern }).map(({ message }) => message);

describe('a pattern', () => {
  test.each([
    ['^([a-z]+-?)+$', `${'a'.repeat(41)}!`],
    ['(a|aa)+$', `${'a'.repeat(60)}b`],
    ['^(.*a){20}$', `${'a'.repeat(200)}!`],
    ['([a-z]+)*@', 'a'.repeat(100)],
    ['^(?=(a+)+$)', `${'a'.repeat(50)}!`],
  ])('%s is interrupted after half a second', (pattern, value) => {
    const started = process.cpuUsage();
    expect(problems(pattern, value)).toEqual([
      expect.stringContaining('takes too long to be matched with the pattern'),
    ]);
    // Alone it takes seconds, or longer than the test.
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });

  test.each([
    ['^([a-z]+-?)+$', 'ab-cd-ef', 'ab--cd'],
    ['^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$', 'a@b.test', 'a@b'],
    ['^(?=.*\\d)(?=.*[A-Z]).{8,}$', 'Passw0rd', 'password'],
    ['^\\p{L}+$', 'Zoë', 'Zo3'],
    ['^(a+)b\\1$', 'aabaa', 'aaba'],
  ])('%s means what it means in JavaScript', (pattern, good, bad) => {
    for (let i = 0; i < 2; i += 1) {
      expect(problems(pattern, good)).toEqual([]);
      expect(problems(pattern, bad)).toEqual([expect.stringContaining('must match pattern')]);
    }
  });

  test('is not taken for another one', () => {
    const schema = {
      type: 'object',
      properties: {
        a: { type: 'string', pattern: '^(a+)+$' },
        b: { type: 'string', pattern: '^(b+)+$' },
      },
    };
    expect(validateValue(document, { a: 'aa', b: 'bb' }, schema)).toEqual([]);
  });
});
