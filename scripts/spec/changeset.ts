// pnpm spec:changeset [--base <git ref>] [--dry-run]: writes the changesets for spec changes.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { covers, diff, effectiveVerdict } from '@org/spec-diff';
import {
  type Changeset,
  coveringFiles,
  createChangeset,
  type Message,
  messageFor,
  outdatedLines,
  plannedBumps,
  readChangeset,
  renderChangeset,
  targets,
  waitingChangesets,
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
  summary:
    'Writes a changeset for each package that describes the effect of spec changes on its users.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description:
        'Compare with this commit, tag or branch (default: the last release; before it, the merge base with the main branch)',
    },
    'dry-run': { type: 'boolean', description: 'Print the changesets instead of writing them' },
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
  const version = versionAt(base);
  const parts = targets.map((target) => {
    const message = messageFor(target, changes, version);
    // First: all changesets are read together, and the error of that names no file.
    const written = readChangeset(target);
    const kept = base === undefined ? undefined : readChangeset(target, base);
    return { message, written, kept, outdated: outdatedLines(message, written, kept) };
  });
  if (changes.length === 0 && parts.every(({ outdated }) => outdated.length === 0)) {
    console.error(`The spec has not changed since ${since}: nothing to write.`);
    return;
  }
  const waiting = await waitingChangesets();
  const planned = await plannedBumps();
  const covering = new Set<string>();
  let hasWritten = false;
  for (const part of parts) {
    const { message, written } = part;
    const changeset = createChangeset(message, version, { ...part, waiting });
    // The bump of a changeset of another kind says nothing about the spec.
    const isCovered = covers(planned[message.target.name], message.needed);
    if (written === undefined && changeset.summary === '' && isCovered) {
      for (const file of coveringFiles(message, waiting)) covering.add(file);
    } else if (writePart(part, changeset, flags['dry-run'] ?? false)) hasWritten = true;
  }
  const isBreaking = changes.some((change) => effectiveVerdict(change) === 'breaking');
  if (hasWritten && isBreaking && version.startsWith('0.')) {
    console.log(
      'The bump is minor although a change is breaking: before 1.0.0, minor versions may break programs.',
    );
  }
  if (covering.size === 0) return;
  const verb = covering.size === 1 ? 'covers' : 'cover';
  console.log(`Nothing to write: ${[...covering].join(', ')} already ${verb} these changes.`);
}

/** A package's current changeset, and its required content. */
interface Part {
  message: Message;
  written: Changeset | undefined;
  outdated: readonly string[];
}

/** @returns whether a changeset was written */
function writePart(
  { message, written, outdated }: Part,
  changeset: Changeset,
  isDry: boolean,
): boolean {
  const { path } = message.target;
  if (!isDry) tellOutdated(path, outdated);
  if (written !== undefined && changeset.summary === '') {
    if (isDry) console.log(`${path} would be deleted.`);
    else {
      rmSync(join(root, path));
      console.log(`Deleted ${path}: none of its lines applies any more.`);
    }
    return false;
  }
  const text = renderChangeset(changeset);
  if (isDry) console.log(`${path}:\n\n${text}`);
  else if (written && text === renderChangeset(written)) console.log(`${path} is up to date.`);
  else {
    writeFiles({ [join(root, path)]: text });
    console.log(`Wrote ${path}:\n\n${text}`);
    return true;
  }
  return false;
}

/** Removed lines are printed, because a person may have edited them. */
function tellOutdated(path: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`Removed from ${path}, since it no longer applies:\n${lines.join('\n')}\n`);
}
