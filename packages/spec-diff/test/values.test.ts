import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breaking, verdictOf, walkOf } from './support/meanings.ts';
import { lostValue, near, pair, requestOf, responseOf } from './support/schema-pairs.ts';

/** How many pairs of schemas are tried; `FUZZ_RUNS=2000` for a thorough run. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
// The same ones each time, so that a change is judged by its own faults; `FUZZ_SEED=2` for others.
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 1) });

test.each([
  ['random schemas', pair],
  ['a schema and an edit of it', near],
])(
  'what a request may no longer hold, or a response may hold from now on, is always breaking: %s',
  (_, pairs) => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (given, isSwapped) => {
        const [before, after] = isSwapped
          ? [given.after, given.before]
          : [given.before, given.after];
        const lost = lostValue({ ...given, before, after });
        if (lost === undefined) return;
        const show = `lost value: ${JSON.stringify(lost.value)}`;
        const verdict = (old: object, now: object) => verdictOf(walkOf(old, now).changes);
        // The same change, seen by those who send such values, and turned round, by those who receive them.
        expect(verdict(requestOf(before, given), requestOf(after, given)), show).toBe(breaking);
        expect(verdict(responseOf(after, given), responseOf(before, given)), show).toBe(breaking);
      }),
      { numRuns: runs },
    );
  },
  300_000,
);

test('a value that takes long to be matched with a pattern is not known to fit', () => {
  const values = { type: 'string', enum: [`${'a'.repeat(60)}!`] };
  const pattern = { type: 'string', pattern: '^([a-z]+-?)+$' };
  const parts = { A: {}, B: {}, before: values, after: pattern };
  const started = process.cpuUsage();
  const { changes } = walkOf(requestOf(values, parts), requestOf(pattern, parts));
  expect(verdictOf(changes)).toBe(breaking);
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});
