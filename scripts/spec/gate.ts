// pnpm spec:gate [--base <git ref>]: fails where a change of the spec or of a package has no changeset that covers it.
import {
  type Bump,
  bumpBetween,
  type Change,
  covers,
  diff,
  higher,
  neededBump,
  worst,
} from '@org/spec-diff';
import { plannedBumps } from '../lib/changesets.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { lastRelease } from '../lib/git.ts';
import { packageChanges, versionAt } from '../lib/package-changes.ts';
import { currentVersion } from '../lib/repo.ts';
import { readSpec, specAt } from '../lib/spec.ts';

/** The worst come first: a screen of them says enough. */
const mostLines = 20;

await runCommand({
  name: 'spec:gate',
  summary: 'Fails if a change of the spec or of a package has no changeset that covers it.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description: 'Compare with this commit, tag or branch (default: the last release)',
    },
  },
  run: gate,
});

async function gate(flags: { base?: string | undefined }): Promise<void> {
  const base = flags.base ?? lastRelease();
  // First, since it finds out whether there is such a base.
  const { changes: spec } = await diff((await specAt(base)).document, (await readSpec()).document);
  const packages = await packageChanges(base);
  const version = versionAt(base);
  // A release that is under way has taken its changesets, and moved the version instead.
  const moved = bumpBetween(version, currentVersion());
  const planned = Object.entries(await plannedBumps());
  const uncovered = (needed: Bump | undefined) =>
    planned.filter(([, bump]) => !covers(higher(bump, moved), needed));

  const problems = [
    explain(spec, uncovered(bumpOf(spec, version)), bumpOf(spec, version), 'pnpm spec:changeset'),
    explain(
      packages,
      uncovered(bumpOf(packages, version)),
      bumpOf(packages, version),
      'pnpm changeset',
    ),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CommandError(problems.join('\n\n'));
  console.log(`Every change since ${base ?? 'the beginning'} has a changeset that covers it.`);
}

function bumpOf(changes: readonly Change[], version: string): Bump | undefined {
  if (changes.length === 0) return undefined;
  return neededBump(worst(changes.map(({ verdict }) => verdict)), version);
}

function explain(
  changes: readonly Change[],
  missing: readonly [string, Bump | undefined][],
  needed: Bump | undefined,
  command: string,
): string | undefined {
  if (missing.length === 0) return undefined;
  const names = missing.map(([name, bump]) => `${name} (now ${bump ?? 'none'})`).join(', ');
  const list = changes
    .slice(0, mostLines)
    .map(({ verdict, place, message }) => `  ${verdict.padEnd(8)}  ${place}: ${message}`);
  if (changes.length > mostLines) list.push(`  … and ${changes.length - mostLines} more`);
  return [
    `These changes need a changeset of at least ${needed}, for ${names}:`,
    ...list,
    `Run: ${command}`,
  ].join('\n');
}
