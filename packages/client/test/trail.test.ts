import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extend, passed, type Trail } from '../src/core/trail.ts';

test('a trail has passed exactly the cursors that it was extended by', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 80 }), fc.string(), (cursors, other) => {
      const trail = cursors.reduce<Trail | undefined>(extend, undefined);
      for (const cursor of cursors) expect(passed(trail, cursor)).toBe(true);
      expect(passed(trail, other)).toBe(cursors.includes(other));
    }),
  );
});

test('extending a trail changes neither it nor what others made of it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 40 }), (cursors) => {
      const [left = '', right = '', ...shared] = cursors;
      const trail = shared.reduce<Trail | undefined>(extend, undefined);
      const [a, b] = [extend(trail, left), extend(trail, right)];
      expect(passed(a, left) && passed(b, right)).toBe(true);
      expect(passed(a, right) || passed(b, left)).toBe(false);
      expect(passed(trail, left) || passed(trail, right)).toBe(false);
    }),
  );
});

test('a trail of 100,000 cursors is a handful of sets', () => {
  let trail: Trail | undefined;
  for (let i = 0; i < 100_000; i += 1) trail = extend(trail, String(i));
  let sets = 0;
  for (let part = trail; part; part = part.earlier) sets += 1;
  expect(sets).toBeLessThan(20);
  expect(passed(trail, '0') && passed(trail, '99999')).toBe(true);
});
