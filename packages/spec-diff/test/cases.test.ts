import { describe, expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import { asSpec } from '../src/read/parse.ts';
import { tables } from './cases/index.ts';
import { pending } from './cases/pending.ts';
import { inWords, verdictOf } from './support/meanings.ts';

const changesOf = async (before: object, after: object) =>
  inWords((await diff(asSpec(before, 'before'), asSpec(after, 'after'))).changes);

describe.each(Object.entries(tables))('%s', (_, cases) => {
  for (const { name, before, after, there, back, place } of cases) {
    const run = pending.has(name) ? test.fails : test;
    run(name, async () => {
      const [forward, backward] = [await changesOf(before, after), await changesOf(after, before)];
      expect([verdictOf(forward), verdictOf(backward)]).toEqual([there, back]);
      if (place) expect(forward.map((each) => each.place)).toContain(place);
      if (place === '') expect(forward).toEqual([]);
      for (const { message } of forward) expect(message).toMatch(/^[A-Z].*\.$/s);
    });
  }
});
