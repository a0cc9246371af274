import { describe, expect, test } from 'vitest';
import { expressionOf, isLinear, matchesPattern, withinTime } from '../src/index.ts';

describe('a pattern of a document', () => {
  test.each([
    ['^([a-z]+-?)+$', 'ab-cd-ef', 'ab--cd'],
    ['^(?=.*\\d)(?=.*[A-Z]).{8,}$', 'Passw0rd', 'password'],
    ['^\\p{L}+$', 'Zoë', 'Zo3'],
    ['^[a-z]+$', 'a'.repeat(10_000), 'A'],
    ['^\\d+\\-\\d+$', '1-2', '12'],
    ['^[\\w-.]+$', 'a.b-c', 'a b'],
  ])('%s means what it means in JavaScript', (pattern, good, bad) => {
    for (let i = 0; i < 2; i += 1) {
      expect([good, bad].map((text) => matchesPattern(pattern, text))).toEqual([true, false]);
    }
  });

  test.each(['(', '(?i)^a$', '(?P<year>\\d{4})', '^a++$'])(
    '%s is invalid, and matches nothing',
    (pattern) => {
      expect(matchesPattern(pattern, 'a')).toBe(false);
      expect(expressionOf(pattern)).toBeUndefined();
    },
  );

  test('cannot keep a program busy, and neither can a thousand patterns', () => {
    const started = process.cpuUsage();
    for (let i = 0; i < 1_000; i += 1) {
      expect(matchesPattern(`^([a-z]+-?)+${i}$`, `${'a'.repeat(60)}!`)).toBe(false);
    }
    expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
  }, 60_000);

  test('is tried again where others had the processor', () => {
    let tries = 0;
    const work = () => {
      tries += 1;
      // A thread that waits gets none of the time.
      if (tries === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      for (;;) if (tries > 1) return 'done';
    };
    // The wait itself cannot be interrupted, only what follows it.
    expect(withinTime(work, 100)).toBe('done');
    expect(tries).toBe(2);
  });

  test('gives an error of what is done in time to its caller', () => {
    const fails = () => {
      throw new RangeError('mine');
    };
    expect(() => withinTime(fails, 1_000)).toThrow(RangeError);
    expect(withinTime(() => 5, 1_000)).toBe(5);
  });

  test.each(['^[a-z]+$', 'abc', '^a{3}b{2}$', '^a{1000}', '^\\d{4}-\\d{2}$', '^[^/]*', '^(a|b)$'])(
    '%s needs no guard: it takes linear time',
    (pattern) => expect(isLinear(pattern)).toBe(true),
  );

  test.each([
    ...['^(a+)+$', 'a+', '^a+b+$', '^(a|b)+$', '(?:a{2,})*', '^(a{1,9}){9}', '^[a]]+a+', '^(a)\\1'],
    ...['^(?:a|b)*$', '\\[a+', '^a+|b', '^\\(a+\\)+'],
  ])('%s needs a guard', (pattern) => {
    expect(isLinear(pattern)).toBe(false);
  });
});
