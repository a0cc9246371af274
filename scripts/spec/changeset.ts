// pnpm spec:changeset [--base <git ref>] [--dry-run]: writes the changeset that says what the change of the spec means.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { covers, diff } from '@org/spec-diff';
import {
  changesetPath,
  createChangeset,
  parseChangeset,
  plannedBumps,
  renderChangeset,
  waitingSummaries,
} from '../lib/changesets.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { lastRelease } from '../lib/git.ts';
import { versionAt } from '../lib/package-changes.ts';
import { root } from '../lib/repo.ts';
import { readSpec, specAt } from '../lib/spec.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'spec:changeset',
  summary: 'Writes the changeset that says what the change of the spec means.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description: 'Compare with this commit, tag or branch (default: the last release)',
    },
    'dry-run': { type: 'boolean', description: 'Print the changeset instead of writing it' },
  },
  run: writeChangeset,
});

async function writeChangeset(flags: {
  base?: string | undefined;
  'dry-run'?: boolean | undefined;
}): Promise<void> {
  const base = flags.base ?? lastRelease();
  const { changes } = await diff((await specAt(base)).document, (await readSpec()).document);
  if (changes.length === 0) {
    console.error(`The spec has not changed since ${base}: nothing to write.`);
    return;
  }
  const before = written();
  // First: all changesets are read together, and the error of that names no file.
  const previous = before === undefined ? undefined : parse(before);
  const waiting = await waitingSummaries();
  const changeset = createChangeset(changes, versionAt(base), previous, waiting);
  const planned = await plannedBumps();
  const isCovered = Object.entries(changeset.bumps).every(([name, bump]) =>
    covers(planned[name], bump),
  );
  // Before the first release, all of the API is new, and the changeset of that release says so.
  if (isCovered && before === undefined && (base === undefined || changeset.summary === '')) {
    const files = waiting.map(({ file }) => file).join(', ');
    console.log(
      `Nothing to write: ${files} already ${waiting.length === 1 ? 'covers' : 'cover'} these changes.`,
    );
    return;
  }
  const text = renderChangeset(changeset);
  if (flags['dry-run']) process.stdout.write(text);
  else if (text === before) console.log(`${changesetPath} is up to date.`);
  else {
    writeFiles({ [join(root, changesetPath)]: text });
    console.log(`Wrote ${changesetPath}:\n\n${text}`);
  }
}

function written(): string | undefined {
  const path = join(root, changesetPath);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function parse(text: string) {
  try {
    return parseChangeset(text);
  } catch (error) {
    throw new CommandError(`Invalid changeset ${changesetPath}: ${(error as Error).message}`);
  }
}
