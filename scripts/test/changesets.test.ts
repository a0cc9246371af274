import type { Change, ChangeID, Verdict } from '@org/spec-diff';
import { type Bump, bumpBetween, covers, higher, neededBump } from '@org/spec-diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createChangeset,
  outdatedLines,
  parseChangeset,
  renderChangeset,
} from '../lib/changesets.ts';

const change = (verdict: Verdict, id: ChangeID = 'parameter-added'): Change => ({
  id,
  verdict,
  path: ['GET /things', 'query', 'q'],
  args: {},
  surface: 'spec',
  ...{ operations: [], methods: [], affects: [] },
});
const all = (bump: Bump) => ({ '@org/types': bump, '@org/client': bump, '@org/mock': bump });

describe('a bump', () => {
  test.each<[Verdict, string, Bump]>([
    ['breaking', '1.2.3', 'major'],
    ['breaking', '0.2.3', 'minor'],
    ['addition', '1.2.3', 'minor'],
    ['addition', '0.2.3', 'minor'],
    ['none', '1.2.3', 'patch'],
  ])('for %s at %s is %s', (verdict, version, bump) => {
    expect(neededBump(verdict, version)).toBe(bump);
  });

  test('is found between two versions', () => {
    expect(bumpBetween('0.1.0', '0.1.0')).toBeUndefined();
    expect(bumpBetween('0.1.0', '0.1.1')).toBe('patch');
    expect(bumpBetween('0.1.9', '0.2.0')).toBe('minor');
    expect(bumpBetween('0.9.9', '1.0.0')).toBe('major');
  });

  test('covers those below it', () => {
    expect(covers('minor', 'patch')).toBe(true);
    expect(covers('patch', 'minor')).toBe(false);
    expect(covers(undefined, undefined)).toBe(true);
    expect(covers(undefined, 'patch')).toBe(false);
    expect(higher('patch', 'major')).toBe('major');
  });
});

describe('the changeset', () => {
  test('names all packages, and has one sentence per effect', () => {
    const { bumps, summary } = createChangeset(
      [
        change('breaking', 'parameter-removed'),
        change('addition'),
        change('none', 'no-longer-deprecated'),
      ],
      '1.0.0',
    );
    expect(bumps).toEqual(all('major'));
    expect(summary.split('\n')).toEqual([
      '- **Breaking:** `GET /things › query › q`: Removed.',
      '- `GET /things › query › q`: Added.',
    ]);
  });

  test('says something where only words changed', () => {
    const { bumps, summary } = createChangeset([change('none')], '0.3.0');
    expect(bumps).toEqual(all('patch'));
    expect(summary).toMatch(/descriptions/);
  });

  test('keeps what a person wrote: no bump falls, no sentence goes or is repeated', () => {
    const written = parseChangeset(
      `---\n"@org/types": patch\n'@org/client': major\n---\n\nRead this first.\n\n- \`GET /things › query › q\`: Added.\n`,
    );
    const { bumps, summary } = createChangeset(
      [change('addition'), change('addition', 'parameter-now-optional')],
      '1.0.0',
      { written },
    );
    expect(bumps).toEqual({ '@org/types': 'minor', '@org/client': 'major', '@org/mock': 'minor' });
    expect(summary).toContain('Read this first.');
    expect(summary.match(/Added\./g)).toHaveLength(1);
    expect(summary).toContain('No longer required');
  });

  describe('written before', () => {
    const write = (...changes: Change[]) => createChangeset(changes, '1.0.0');
    const removed = change('breaking', 'parameter-removed');
    const added = change('addition');
    const optional = change('addition', 'parameter-now-optional');

    test.each<[string, Change[], Change[], Bump | undefined, RegExp]>([
      ['a change that was taken back', [removed, added], [added], 'minor', /^- `[^*]*Added\.$/],
      ['one that was made another', [removed], [optional], 'minor', /^- `[^*]*No longer required/],
      ['one of words that became one of types', [change('none')], [added], 'minor', /Added\.$/],
      ['one of types that became one of words', [added], [change('none')], 'patch', /descriptions/],
      ['all of it', [removed, added], [], undefined, /^$/],
    ])('forgets %s', (_, before, now, bump, summary) => {
      const written = write(...before);
      const next = createChangeset(now, '1.0.0', { written });
      expect(next.summary).toMatch(summary);
      expect(next.bumps).toEqual(bump ? all(bump) : {});
      // And it is stable.
      expect(createChangeset(now, '1.0.0', { written: next })).toEqual(next);
      expect(outdatedLines(now, next, undefined)).toEqual([]);
    });

    test('keeps what was said before the base, and its bump', () => {
      const kept = write(removed);
      const next = createChangeset([optional], '1.0.0', { written: kept, kept });
      expect(next.summary).toMatch(/Removed\.\n- .*No longer required/);
      expect(next.bumps).toEqual(all('major'));
    });

    test('keeps a bump that a person raised, and words that they added to a line', () => {
      const { summary } = write(added, optional);
      const written = { bumps: all('major'), summary: `${summary} Use it.` };
      const next = createChangeset([optional], '1.0.0', { written });
      expect(next.summary).toMatch(/^- .*No longer required.* Use it\.$/);
      expect(next.bumps).toEqual(all('major'));
    });
  });

  test('is read back as it was written', () => {
    const bump = fc.constantFrom<Bump>('patch', 'minor', 'major');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('@a/b', 'c'), bump), fc.string(), (bumps, text) => {
        const rendered = renderChangeset({ bumps, summary: text });
        const back = parseChangeset(rendered);
        expect(back.bumps).toEqual({ ...bumps });
        expect(back.summary.trim()).toBe(text.trim());
      }),
    );
  });

  test.each([
    ['no front matter', 'missing or invalid frontmatter'],
    ["---\n'@org/types': huge\n---\n", 'invalid version type "huge"'],
    ["---\n'@org/types': [minor]\n---\n", 'invalid release type'],
  ])('%j is refused', (text, message) => {
    expect(() => parseChangeset(text)).toThrow(message);
  });
});
