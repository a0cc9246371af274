import type { Change, ChangeID, Verdict } from '@org/spec-diff';
import { type Bump, bumpBetween, covers, higher, neededBump } from '@org/spec-diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Changeset,
  createChangeset,
  messageFor,
  outdatedLines,
  parseChangeset,
  renderChangeset,
  type Target,
  targets,
  type Waiting,
} from '../lib/changesets.ts';

const change = (verdict: Verdict, id: ChangeID = 'parameter-added'): Change => ({
  id,
  verdict,
  path: ['GET /things', 'query', 'q'],
  args: {},
  surface: 'spec',
  ...{ operations: [], methods: [], affects: [] },
});
const [types, client, mock] = ['types', 'client', 'mock'].map((audience) =>
  targets.find((target) => target.audience === audience),
) as [Target, Target, Target];
const only = (bump: Bump) => ({ '@org/client': bump });

interface Before {
  written?: Changeset;
  waiting?: Waiting[];
  kept?: Changeset;
}
const changesetFor = (changes: Change[], version: string, before: Before = {}, target = client) =>
  createChangeset(messageFor(target, changes, version), version, before);

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
  test('names its package, and has one sentence per effect', () => {
    const { bumps, summary } = changesetFor(
      [
        change('breaking', 'parameter-removed'),
        change('addition'),
        change('none', 'no-longer-deprecated'),
      ],
      '1.0.0',
    );
    expect(bumps).toEqual(only('major'));
    expect(summary.split('\n')).toEqual([
      '- **Breaking:** `GET /things › query › q`: Removed.',
      '- `GET /things › query › q`: Added.',
    ]);
  });

  test('has a sentence if only texts changed', () => {
    const { bumps, summary } = changesetFor([change('none')], '0.3.0');
    expect(bumps).toEqual(only('patch'));
    expect(summary).toMatch(/descriptions/);
  });

  test('keeps edits by people: no bump is lowered, no sentence is removed or repeated', () => {
    const written = parseChangeset(
      `---\n"@org/types": patch\n'@org/client': major\n---\n\nRead this first.\n\n- \`GET /things › query › q\`: Added.\n`,
    );
    const { bumps, summary } = changesetFor(
      [change('addition'), change('addition', 'parameter-now-optional')],
      '1.0.0',
      { written },
    );
    expect(bumps).toEqual({ '@org/client': 'major' });
    expect(summary).toContain('Read this first.');
    expect(summary.match(/Added\./g)).toHaveLength(1);
    expect(summary).toContain('No longer required');
  });

  describe('written before', () => {
    const write = (...changes: Change[]) => changesetFor(changes, '1.0.0');
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
      const next = changesetFor(now, '1.0.0', { written });
      expect(next.summary).toMatch(summary);
      expect(next.bumps).toEqual(bump ? only(bump) : {});
      // And it is stable.
      expect(changesetFor(now, '1.0.0', { written: next })).toEqual(next);
      expect(outdatedLines(messageFor(client, now, '1.0.0'), next, undefined)).toEqual([]);
    });

    test('keeps earlier sentences, and their bump', () => {
      const kept = write(removed);
      const next = changesetFor([optional], '1.0.0', { written: kept, kept });
      expect(next.summary).toMatch(/Removed\.\n- .*No longer required/);
      expect(next.bumps).toEqual(only('major'));
    });

    test('keeps a bump that a person raised, and words that they added to a line', () => {
      const { summary } = write(added, optional);
      const written = { bumps: only('major'), summary: `${summary} Use it.` };
      const next = changesetFor([optional], '1.0.0', { written });
      expect(next.summary).toMatch(/^- .*No longer required.* Use it\.$/);
      expect(next.bumps).toEqual(only('major'));
    });
  });

  test('has the part that concerns the package: the spec for all, methods and the mock for one', () => {
    const of = (surface: Change['surface'], id: ChangeID, path: string): Change => ({
      ...change('addition', id),
      ...{ surface, path: [path] },
    });
    const changes = [
      of('spec', 'response-added', 'GET /things'),
      {
        ...of('client', 'method-arguments-renamed', 'client.things'),
        verdict: 'breaking' as const,
      },
      of('mock', 'collection-added', 'data'),
    ];
    const [a, b, c] = [types, client, mock].map((target) =>
      changesetFor(changes, '1.0.0', {}, target),
    );
    expect(a).toEqual({ bumps: { '@org/types': 'minor' }, summary: '- `GET /things`: Added.' });
    expect(b?.bumps).toEqual(only('major'));
    // Breaking first.
    expect(b?.summary).toMatch(
      /^- \*\*Breaking:\*\* `client\.things`: .*\n- `GET \/things`: Added\.$/,
    );
    expect(c?.bumps).toEqual({ '@org/mock': 'minor' });
    expect(c?.summary).toMatch(/^- `GET \/things`: Added\.\n- `data`: The collection was added\.$/);
    const methodsOnly = messageFor(types, changes.slice(1, 2), '1.0.0');
    expect(methodsOnly).toEqual({ target: types, lines: [], needed: undefined });
  });

  test('leaves out sentences of another changeset of the same package', () => {
    const summary = changesetFor([change('addition')], '1.0.0').summary;
    const waiting = (name: string) => [{ file: '.changeset/mine.md', names: [name], summary }];
    const next = (name: string) =>
      changesetFor([change('addition')], '1.0.0', { waiting: waiting(name) }).summary;
    expect([next('@org/client'), next('@org/mock')]).toEqual(['', summary]);
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
