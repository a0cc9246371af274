import { describe, expect, test } from 'vitest';
import type { Change, Verdict } from '../src/change/change.ts';
import { formatGitHub } from '../src/report/github.ts';
import { formatMarkdown } from '../src/report/markdown.ts';

/** GitHub refuses longer comments. */
const longestComment = 65_536;
/** GitHub shows so many annotations of each level per step, and fifty per job. */
const mostPerLevel = 10;

const change = (i: number, verdict: Verdict, more: Partial<Change> = {}): Change => ({
  id: 'path-parameter-renamed',
  verdict,
  path: [`GET /things/${i}`, 'query', 'q'],
  args: { from: `a${i}`, to: `b${i}` },
  surface: 'spec',
  operations: [`GET /things/${i}`],
  methods: [`client.things${i}.list`],
  affects: ['arguments'],
  ...more,
});
const many = (count: number, verdict: Verdict, more: (i: number) => Partial<Change> = () => ({})) =>
  Array.from({ length: count }, (_, i) => change(i, verdict, more(i)));
const reportOf = (changes: Change[], notes: string[] = []) => ({
  ...{ verdict: 'breaking' as const, changes, notes, problems: [] },
});
const annotate = (changes: Change[], notes: string[] = []) => {
  const lines = formatGitHub(reportOf(changes, notes), () => undefined).split('\n');
  return { errors: lines.filter((line) => line.startsWith('::error')), all: lines.slice(0, -1) };
};
const long = 'x'.repeat(10_000);

describe('a comment on a pull request', () => {
  test.each<[string, Change[], string[], string]>([
    ['5,000 breaking changes', many(5_000, 'breaking'), [], ''],
    ['5,000 additions', many(5_000, 'addition'), [], ''],
    [
      '5,000 changes of every kind and surface',
      (['breaking', 'addition', 'none'] as const).flatMap((verdict) =>
        (['spec', 'client', 'mock'] as const).flatMap((surface) =>
          many(556, verdict, () => ({ surface })),
        ),
      ),
      [],
      '',
    ],
    [
      'values of 10,000 characters',
      many(500, 'breaking', (i) => ({ args: { from: `${i}${long}` } })),
      [],
      '',
    ],
    ['a long changeset', many(10, 'breaking'), [], `- ${long}\n`.repeat(20)],
    ['1,000 notes', many(10, 'breaking'), Array.from({ length: 1_000 }, () => long), ''],
  ])(
    'is not longer than GitHub takes, and says how much it leaves out: %s',
    (_, changes, notes, changeset) => {
      const report = reportOf(changes, notes);
      const options = { since: 'v1', bump: 'major', changeset } as const;
      const markdown = formatMarkdown(report, options);
      expect(markdown.length).toBeLessThanOrEqual(24_000);
      expect(
        formatMarkdown(report, { ...options, limit: longestComment }).length,
      ).toBeLessThanOrEqual(longestComment);
      if (changes.length >= 500)
        expect(markdown).toMatch(/\d+ more rows left out: run `pnpm spec:diff`\./);
      // Nothing is left open at the cut.
      const count = (pattern: RegExp) => markdown.match(pattern)?.length ?? 0;
      expect(count(/<details>/g)).toBe(count(/<\/details>/g));
      expect(count(/^`{3,}/gm) % 2).toBe(0);
    },
  );

  test('has the breaking changes first, and what a schema reaches once', () => {
    const path = (i: number) => ['components', 'schemas', 'Thing', `p${i}`];
    const operations = ['GET /a', 'GET /b'];
    const shared = many(3, 'breaking', (i) => ({ path: path(i), operations }));
    const markdown = formatMarkdown(reportOf([...many(3, 'addition'), ...shared]), {
      ...{ since: 'v1', bump: 'major' },
    });
    expect(markdown.indexOf('**breaking**')).toBeLessThan(markdown.indexOf('<details>'));
    expect(markdown.match(/<br>reaches/g)).toHaveLength(1);
  });
});

describe('annotations', () => {
  test('are as many as GitHub shows, for each level', () => {
    const { errors, all } = annotate([...many(30, 'breaking'), ...many(30, 'addition')]);
    expect(errors).toHaveLength(mostPerLevel);
    expect(all).toHaveLength(2 * mostPerLevel);
    expect(errors.at(-1)).toContain('Changes in 21 other places are not shown here');
  });

  test('are one for each change where they fit', () => {
    const { errors, all } = annotate(
      [...many(10, 'breaking'), ...many(3, 'addition')],
      ['A note.'],
    );
    expect([errors.length, all.length]).toEqual([10, 14]);
  });

  test('are one for each schema where they would not fit otherwise, with every change', () => {
    const path = (i: number) => ['components', 'schemas', `Thing${i % 3}`, `p${i}`];
    const { errors } = annotate(many(30, 'breaking', (i) => ({ path: path(i) })));
    expect(errors).toHaveLength(3);
    for (let i = 0; i < 30; i += 1) expect(errors.join('\n')).toContain(`Thing${i % 3} › p${i}: `);
    expect(errors[0]).toContain('title=10 × breaking%3A components › schemas › Thing0');
  });

  test('leave out changes of words', () => {
    expect(annotate(many(30, 'none')).all).toEqual([]);
  });
});
