// pnpm spec:gate [--base <git ref>]: fails where a change of the spec or of a package has no changeset that covers it.
import {
  type Bump,
  bumpBetween,
  type Change,
  covers,
  diff,
  effectiveVerdict,
  fingerprintOf,
  higher,
  neededBump,
  placeOf,
  sentenceOf,
  worst,
} from '@org/spec-diff';
import type { PackageChange } from '@org/spec-diff/declarations';
import {
  changesetPath,
  isToldOf,
  outdatedLines,
  plannedBumps,
  readChangeset,
  waitingSummaries,
} from '../lib/changesets.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { explainProblems, readSettings, settingsPath } from '../lib/diff-settings.ts';
import { defaultBase, lastRelease } from '../lib/git.ts';
import { packageChanges, versionAt } from '../lib/package-changes.ts';
import { currentVersion } from '../lib/repo.ts';
import { readCheckedSpec, specAt } from '../lib/spec.ts';

/** The worst come first: a screen of them says enough. */
const mostLines = 20;

await runCommand({
  name: 'spec:gate',
  summary: 'Fails if a change of the spec or of a package has no changeset that covers it.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description:
        'Compare with this commit, tag or branch (default: the last release; before it, the merge base with the main branch)',
    },
  },
  run: gate,
});

async function gate(flags: { base?: string | undefined }): Promise<void> {
  const { ref: base, name: since } =
    flags.base === undefined ? defaultBase() : { ref: flags.base, name: flags.base };
  // First, since it finds out whether there is such a base.
  const before = await specAt(base);
  const settings = readSettings();
  const report = await diff(before.document, (await readCheckedSpec()).document, settings);
  const { changes } = report;
  const spec = changes.map(lineOf);
  const written = readChangeset();
  // Before the first release, all of the packages is new.
  const packages = await packageChanges(flags.base ?? lastRelease());
  const version = versionAt(base);
  // A release that is under way has taken its changesets, and moved the version instead.
  const moved = bumpBetween(version, currentVersion());
  const planned = Object.entries(await plannedBumps());
  const uncovered = (needed: Bump | undefined) =>
    planned.filter(([, bump]) => !covers(higher(bump, moved), needed));

  const needed = bumpOf(spec, version);
  const isTold = covers(moved, needed) || isToldOf(changes, written, await waitingSummaries());
  // Lines are written against the default base: another one tells nothing of them.
  const kept = base === undefined ? undefined : readChangeset(base);
  const outdated = flags.base === undefined ? outdatedLines(changes, written, kept) : [];
  const problems = [
    explain(spec, uncovered(needed), needed, 'pnpm spec:changeset') ??
      (isTold ? undefined : explainUntold(spec)),
    explain(
      packages,
      uncovered(bumpOf(packages, version)),
      bumpOf(packages, version),
      'pnpm changeset',
    ),
    outdated.length > 0 ? explainOutdated(outdated) : undefined,
    report.problems.length > 0 ? explainProblems(report.problems) : undefined,
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CommandError(problems.join('\n\n'));
  console.log(`Every change since ${since} has a changeset that covers it.`);
  const accepted = spec.filter((line) => line.accepted !== undefined);
  if (accepted.length > 0) {
    const reasons = accepted.map(
      ({ place, message, accepted: reason }) => `  ${place}: ${message} Accepted: ${reason}`,
    );
    console.log([`Breaking, but accepted in ${settingsPath}:`, ...reasons].join('\n'));
  }
}

/** A change in the words of the gate: an accepted one counts as an addition. */
interface Line extends PackageChange {
  accepted?: string | undefined;
}

function lineOf(change: Change): Line {
  const name = change.verdict === 'breaking' ? ` [${fingerprintOf(change)}]` : '';
  return {
    verdict: effectiveVerdict(change),
    place: placeOf(change),
    message: `${sentenceOf(change)}${change.accepted === undefined ? name : ''}`,
    accepted: change.accepted,
  };
}

function bumpOf(changes: readonly PackageChange[], version: string): Bump | undefined {
  if (changes.length === 0) return undefined;
  return neededBump(worst(changes.map(({ verdict }) => verdict)), version);
}

function explain(
  changes: readonly Line[],
  missing: readonly [string, Bump | undefined][],
  needed: Bump | undefined,
  command: string,
): string | undefined {
  if (missing.length === 0) return undefined;
  const names = missing.map(([name, bump]) => `${name} (now ${bump ?? 'none'})`).join(', ');
  return [
    `These changes need a changeset of at least ${needed}, for ${names}:`,
    ...listOf(changes),
    `Run: ${command}`,
  ].join('\n');
}

/** Other changesets may raise the version far enough, but say nothing of the spec. */
function explainUntold(changes: readonly Line[]): string {
  return [
    `No changeset describes these changes of the spec (${changesetPath} does, once written):`,
    ...listOf(changes),
    'Run: pnpm spec:changeset',
  ].join('\n');
}

function explainOutdated(lines: readonly string[]): string {
  return [
    `These lines of ${changesetPath} no longer hold:`,
    ...lines.map((line) => `  ${line}`),
    'Run: pnpm spec:changeset',
  ].join('\n');
}

function listOf(changes: readonly Line[]): string[] {
  const list = changes.slice(0, mostLines).map(({ verdict, place, message, accepted }) => {
    const word = accepted === undefined ? verdict : 'accepted';
    return `  ${word.padEnd(8)}  ${place}: ${message}`;
  });
  if (changes.length > mostLines) list.push(`  … and ${changes.length - mostLines} more`);
  return list;
}
