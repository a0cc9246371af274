import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Gaps } from '../../src/state/gaps.ts';

test('skips only added items, in both directions', () => {
  const index = fc.nat(40);
  fc.assert(
    fc.property(fc.array(index, { maxLength: 40 }), index, (added, from) => {
      const gaps = new Gaps();
      for (const each of added) gaps.add(each);
      for (const step of [1, -1] as const) {
        let expected = from;
        while (added.includes(expected)) expected += step;
        expect(gaps.skip(from, step)).toBe(expected);
      }
    }),
  );
});
