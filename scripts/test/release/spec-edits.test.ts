import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { applyEdit, type SpecEdit, specEdits } from '@org/test-suite/spec-edits';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';
import { shareTurboCache } from '../support/shared-cache.ts';

/** `pnpm test:spec-edits`: every step; some edits alone, with all tests. */
const isFull = process.env['SPEC_EDITS'] === 'full';
const steps = ['lint', 'drift', 'types', 'boundaries', 'release'];
const allSteps = [...steps, 'imports', 'dead-code', 'packages'];
/** So many batches are checked; an edit stands in one of them. */
const batches = 4;

const edits = specEdits();
const green = edits.filter(({ ends }) => ends === undefined);
const refused = edits.filter(({ ends }) => ends === 'generate' || ends === 'check');
/** Breaking changes: calls in the tests of this API no longer compile, as those of users. */
const breaking = edits.filter(({ ends }) => ends === 'types');
const results: string[] = ['| edit | verdict | seconds |', '| --- | --- | --- |'];
let clone: Clone;

shareTurboCache();
beforeAll(() => {
  clone = new Clone();
  clone.commit('Start');
});
afterAll(() => {
  clone.remove();
  mkdirSync(join(root, 'scripts/reports'), { recursive: true });
  writeFileSync(join(root, 'scripts/reports/spec-edits.md'), `${results.join('\n')}\n`);
});
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  // What is ignored stays: the caches of Turbo.
  clone.git('clean', '-fdq', '-e', 'node_modules');
});

function record(name: string, verdict: string, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  results.push(`| ${name} | ${verdict} | ${seconds} |`);
}

/** Runs a script that has to succeed, and gives what it printed. */
function run(script: string, ...args: string[]): string {
  const { code, stdout, stderr } = clone.script(script, ...args);
  expect(code, `${script} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** What somebody does after an edit: format, generate, and write the changeset. */
function follow(made: readonly SpecEdit[]): void {
  // Edits that rename come last: the others name places as they are in the spec.
  const isRename = (edit: SpecEdit) => Number('rename' in edit || 'replace' in edit);
  for (const edit of made.toSorted((a, b) => isRename(a) - isRename(b))) applyEdit(clone, edit);
  clone.exec('.', 'biome', 'check', '--write', 'spec');
  run('spec/generate.ts');
  run('spec/changeset.ts');
}

/** The comparison with the official package names each departure; listed as it says, it passes. */
function departuresIn(made: readonly SpecEdit[]): void {
  const names = made.flatMap(({ departs = [] }) => departs);
  if (names.length === 0) return;
  const { code, stdout, stderr } = clone.script('dev/test.ts', 'types');
  const output = stdout + stderr;
  expect(code, output).toBe(1);
  expect(output).toContain('list it with its reason in spec/openai-departures.yaml');
  for (const name of names) {
    expect(output).toMatch(
      new RegExp(`^spec/\\S+:\\d+:\\d+: ${name.replaceAll(/[.[\]]/g, '\\$&')} `, 'm'),
    );
    clone.append('spec/openai-departures.yaml', `${name}: A test.\n`);
  }
}

describe.runIf(isFull)('alone', () => {
  test.each(green.filter(({ full }) => full))('$name', { timeout: 1_800_000 }, (edit) => {
    const started = performance.now();
    follow([edit]);
    departuresIn([edit]);
    run('dev/check.ts', ...allSteps);
    run('dev/test.ts');
    record(edit.name, edit.departs ? 'green, with its departures listed' : 'green', started);
  });
});

describe('in batches', () => {
  // Neighbours in the table are alike: one of each kind goes to each batch.
  const groups = Array.from({ length: batches }, (_, i) =>
    green.filter((_, place) => place % batches === i),
  );

  test.each(groups.map((group) => ({ group, names: group.map(({ name }) => name).join('; ') })))(
    '$names',
    { timeout: 1_800_000 },
    ({ group, names }) => {
      const started = performance.now();
      follow(group);
      departuresIn(group);
      run('dev/check.ts', ...(isFull ? allSteps : steps));
      run('dev/test.ts', 'types', 'client', 'client-tests', 'mock');
      record(names, 'green', started);
    },
  );
});

describe('a breaking edit names the departures, and the calls that no longer compile', () => {
  test.each(breaking)('$name', { timeout: 600_000 }, (edit) => {
    const started = performance.now();
    follow([edit]);
    run('spec/gate.ts');
    departuresIn([edit]);
    if (isFull) {
      const { code, stdout } = clone.script('dev/check.ts', 'types');
      expect(code).toBe(1);
      // The summary, at the end, says what it is.
      const summary = stdout.slice(stdout.lastIndexOf('✗ types'));
      for (const text of edit.says ?? []) expect(summary).toMatch(new RegExp(text));
    }
    record(edit.name, 'breaking: departures and calls named', started);
  });
});

describe('a refused edit is reported with its location, the reason and the fix', () => {
  test.each(refused)('$name', { timeout: 300_000 }, (edit) => {
    const started = performance.now();
    applyEdit(clone, edit);
    clone.script('spec/generate.ts');
    const args = edit.ends === 'check' ? ['--check'] : [];
    const { code, stderr } = clone.script('spec/generate.ts', ...args);
    expect(code).toBe(1);
    for (const text of edit.says ?? []) expect(stderr).toMatch(new RegExp(text));
    // Nothing was written, and no stack is shown.
    expect(stderr).not.toMatch(/^\s+at /m);
    if (edit.ends === 'generate') expect(clone.git('status', '--porcelain', 'packages')).toBe('');
    record(edit.name, `refused: ${stderr.split('\n')[1]}`, started);
  });
});
