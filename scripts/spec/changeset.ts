// pnpm spec:changeset [--base <git ref>] [--dry-run]: writes the changeset that says what the change of the spec means.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { covers, diff } from '@org/spec-diff';
import {
  changesetPath,
  coveringFiles,
  createChangeset,
  outdatedLines,
  plannedBumps,
  readChangeset,
  renderChangeset,
  waitingSummaries,
} from '../lib/changesets.ts';
import { runCommand } from '../lib/cli.ts';
import { readSettings } from '../lib/diff-settings.ts';
import { defaultBase } from '../lib/git.ts';
import { versionAt } from '../lib/package-changes.ts';
import { root } from '../lib/repo.ts';
import { readCheckedSpec, specAt } from '../lib/spec.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'spec:changeset',
  summary: 'Writes the changeset that says what the change of the spec means.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description:
        'Compare with this commit, tag or branch (default: the last release; before it, the merge base with the main branch)',
    },
    'dry-run': { type: 'boolean', description: 'Print the changeset instead of writing it' },
  },
  run: writeChangeset,
});

async function writeChangeset(flags: {
  base?: string | undefined;
  'dry-run'?: boolean | undefined;
}): Promise<void> {
  const { ref: base, name: since } =
    flags.base === undefined ? defaultBase() : { ref: flags.base, name: flags.base };
  const before = await specAt(base);
  const { document } = await readCheckedSpec();
  const { changes } = await diff(before.document, document, readSettings());
  // First: all changesets are read together, and the error of that names no file.
  const previous = readChangeset();
  const kept = base === undefined ? undefined : readChangeset(base);
  const outdated = outdatedLines(changes, previous, kept);
  if (changes.length === 0 && outdated.length === 0) {
    console.error(`The spec has not changed since ${since}: nothing to write.`);
    return;
  }
  const waiting = await waitingSummaries();
  const changeset = createChangeset(changes, versionAt(base), { written: previous, waiting, kept });
  if (!flags['dry-run']) tellOutdated(outdated);
  if (previous !== undefined && changeset.summary === '') {
    if (flags['dry-run']) console.log(`${changesetPath} would be deleted.`);
    else {
      rmSync(join(root, changesetPath));
      console.log(`Deleted ${changesetPath}: nothing in it still holds.`);
    }
    return;
  }
  const planned = await plannedBumps();
  const isCovered = Object.entries(changeset.bumps).every(([name, bump]) =>
    covers(planned[name], bump),
  );
  // What a changeset of another kind raises the version to says nothing of the spec.
  if (isCovered && previous === undefined && changeset.summary === '') {
    const files = coveringFiles(changes, waiting);
    console.log(
      `Nothing to write: ${files.join(', ')} already ${files.length === 1 ? 'covers' : 'cover'} these changes.`,
    );
    return;
  }
  const text = renderChangeset(changeset);
  if (flags['dry-run']) process.stdout.write(text);
  else if (previous && text === renderChangeset(previous))
    console.log(`${changesetPath} is up to date.`);
  else {
    writeFiles({ [join(root, changesetPath)]: text });
    console.log(`Wrote ${changesetPath}:\n\n${text}`);
    if (changes.some(({ verdict }) => verdict === 'breaking') && versionAt(base).startsWith('0.'))
      console.log(
        'The bump is minor although this breaks programs: before 1.0.0, minor versions may.',
      );
  }
}

/** Nothing goes without a word: a person may have edited a line. */
function tellOutdated(lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`Removed from ${changesetPath}, since it no longer holds:\n${lines.join('\n')}\n`);
}
