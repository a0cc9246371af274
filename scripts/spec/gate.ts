// pnpm spec:gate [--base <git ref>]: fails if a change of the spec or of a package has no changeset that covers it.
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
  type Changeset,
  isToldOf,
  type Message,
  messageFor,
  outdatedLines,
  plannedBumps,
  readChangeset,
  targets,
  waitingChangesets,
} from '../lib/changesets.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { explainProblems, readSettings, settingsPath } from '../lib/diff-settings.ts';
import { defaultBase, lastRelease } from '../lib/git.ts';
import { packageChanges, versionAt } from '../lib/package-changes.ts';
import { currentVersion } from '../lib/repo.ts';
import { readCheckedSpec, specAt } from '../lib/spec.ts';

/** The worst come first; one screen of them is enough. */
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
  const version = versionAt(base);
  const parts = targets.map((target) => ({
    message: messageFor(target, changes, version),
    written: readChangeset(target),
  }));
  // Before the first release, all of the packages is new.
  const packages = await packageChanges(flags.base ?? lastRelease());
  // A release that is under way has taken its changesets, and moved the version instead.
  const moved = bumpBetween(version, currentVersion());
  const planned = await plannedBumps();
  const uncovered = (needs: readonly Need[]) =>
    needs
      .map((need) => ({ ...need, planned: planned[need.name] }))
      .filter((need) => !covers(higher(need.planned, moved), need.needed));

  const needs = parts.map(({ message }) => ({ name: message.target.name, needed: message.needed }));
  const waiting = await waitingChangesets();
  const untold = parts.filter(
    ({ message, written }) =>
      !covers(moved, message.needed) && !isToldOf(message, written, waiting),
  );
  const needed = bumpOf(packages, version);
  const problems = [
    explain(spec, uncovered(needs), 'pnpm spec:changeset') ??
      (untold.length > 0 ? explainUntold(spec, untold) : undefined),
    explain(packages, uncovered(targets.map(({ name }) => ({ name, needed }))), 'pnpm changeset'),
    // Lines are written against the default base, so they cannot be checked against another one.
    ...(flags.base === undefined ? parts.map((part) => explainOutdated(part, base)) : []),
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

/** The bump that a package needs. */
interface Need {
  name: string;
  needed: Bump | undefined;
}

/** A package's part of the changes, and its changeset. */
interface Part {
  message: Message;
  written: Changeset | undefined;
}

function explain(
  changes: readonly Line[],
  missing: readonly (Need & { planned: Bump | undefined })[],
  command: string,
): string | undefined {
  if (missing.length === 0) return undefined;
  const needed = missing.map((need) => need.needed).reduce(higher);
  const names = missing.map(({ name, planned }) => `${name} (now ${planned ?? 'none'})`).join(', ');
  return [
    `These changes need a changeset of at least ${needed}, for ${names}:`,
    ...listOf(changes),
    `Run: ${command}`,
  ].join('\n');
}

/** Other changesets may raise the version far enough, but do not describe the spec's changes. */
function explainUntold(changes: readonly Line[], untold: readonly Part[]): string {
  const names = untold.map(({ message }) => message.target.name).join(', ');
  return [
    `No changeset describes these changes of the spec for users of ${names}:`,
    ...listOf(changes),
    'Run: pnpm spec:changeset',
  ].join('\n');
}

function explainOutdated({ message, written }: Part, base: string | undefined): string | undefined {
  const { target } = message;
  const kept = base === undefined ? undefined : readChangeset(target, base);
  const lines = outdatedLines(message, written, kept);
  if (lines.length === 0) return undefined;
  return [
    `These lines of ${target.path} no longer apply:`,
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
