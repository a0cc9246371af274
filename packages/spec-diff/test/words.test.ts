import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../src/change/change.ts';
import { formatGitHub } from '../src/report/github.ts';
import { formatMarkdown } from '../src/report/markdown.ts';
import { summaryOf } from '../src/report/summary.ts';
import { formatText } from '../src/report/text.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...['\n\n# a', '```\n', '<details>', '`', '``', ' `', '|', '\\|', '<!-- spec -->', '@someone'],
    ...['\u001b[31mred', '\u001b]0;title\u0007', '\u202eabc', '\r\n::error::x', '', ' ', '---'],
  ),
);
const change = fc.record({ step: hostile, name: hostile, from: hostile, to: hostile }).map(
  ({ step, name, from, to }): Change => ({
    id: 'path-parameter-renamed',
    verdict: 'breaking',
    path: ['GET /things', step, name],
    args: { from, to },
    surface: 'spec',
    operations: ['GET /things'],
    methods: ['client.things.list'],
    affects: ['arguments'],
  }),
);
const reportOf = (changes: Change[]) => ({
  verdict: 'breaking' as const,
  changes,
  notes: [],
  problems: [],
});
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not appear.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

test('for any document, a row of the Markdown report is one line without terminal escapes', () => {
  fc.assert(
    fc.property(change, (given) => {
      const markdown = formatMarkdown(reportOf([given]), { since: 'v1', bump: 'major' });
      expect(markdown).not.toMatch(control);
      expect(
        markdown.split('\n').filter((line) => line.startsWith('| **breaking** |')),
      ).toHaveLength(3);
      expect(markdown.match(/^<details>/gm) ?? []).toHaveLength(1);
      const text = formatText(reportOf([given]), 'v1');
      expect(text).not.toMatch(control);
      const github = formatGitHub(reportOf([given]), () => undefined);
      expect(github.trimEnd().split('\n')).toHaveLength(1);
      expect(summaryOf([given]).join('\n').split('\n')).toHaveLength(1);
    }),
  );
});
