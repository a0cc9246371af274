import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import { readPreState } from '@changesets/pre';
import { readChangesets } from '@changesets/read';
import {
  type Bump,
  type Change,
  covers,
  effectiveVerdict,
  higher,
  neededBump,
  summaryOf,
  type Verdict,
  worst,
} from '@org/spec-diff';
import { CommandError } from './cli.ts';
import { fileAt } from './git.ts';
import { released, root } from './repo.ts';

/**
 * Where `pnpm spec:changeset` writes: one file, which grows with the spec until a release takes it. A prerelease moves
 * it to `.changeset/pre`, where the next one must not have the same name.
 */
export const changesetPath: string = findChangesetPath();

const onlyWords =
  'Documentation only: descriptions and examples of the API changed, its types did not.';

export interface Changeset {
  bumps: Record<string, Bump>;
  summary: string;
}

function findChangesetPath(): string {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? 'spec.md' : `spec-${i}.md`;
    if (!existsSync(join(root, '.changeset/pre', name))) return `.changeset/${name}`;
  }
}

/** The bump of each released package that the changesets in the folder come to. */
export async function plannedBumps(): Promise<Record<string, Bump | undefined>> {
  const releases = (await readChangesets(root)).flatMap((changeset) => changeset.releases);
  return Object.fromEntries(
    Object.keys(released).map((name) => [
      name,
      releases
        .filter((release) => release.name === name && release.type !== 'none')
        .map(({ type }) => type as Bump)
        .reduce<Bump | undefined>(higher, undefined),
    ]),
  );
}

/**
 * The changeset of the spec, if it is written.
 *
 * @param ref The commit to read it at. Default: the working tree
 * @throws {CommandError} if the file in the working tree is not a changeset
 */
export function readChangeset(ref?: string): Changeset | undefined {
  const text = ref === undefined ? textOf(join(root, changesetPath)) : fileAt(ref, changesetPath);
  if (text === undefined) return undefined;
  try {
    return parseChangeset(text);
  } catch (error) {
    if (ref !== undefined) return undefined;
    throw new CommandError(`Invalid changeset ${changesetPath}: ${(error as Error).message}`);
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A changeset that another command or a person wrote, and that the next release takes. */
export interface Waiting {
  file: string;
  summary: string;
}

/** The changesets that wait for the next release, the one that `pnpm spec:changeset` writes aside. */
export async function waitingSummaries(): Promise<Waiting[]> {
  const changesets = await readChangesets(root);
  return changesets
    .map(({ id, summary }) => ({ file: `.changeset/${id}.md`, summary }))
    .filter(({ file }) => file !== changesetPath);
}

/**
 * The changeset that says what changed. What a person wrote stays: a bump that was raised is not lowered, and no
 * sentence of theirs is removed. Lines of an earlier run go where they no longer hold.
 *
 * @param options.kept The changeset as it was at the base of the comparison: its lines are about earlier changes
 */
export function createChangeset(
  changes: readonly Change[],
  version: string,
  {
    written,
    waiting = [],
    kept,
  }: {
    written?: Changeset | undefined;
    waiting?: readonly Waiting[];
    kept?: Changeset | undefined;
  } = {},
): Changeset {
  const sentences = summaryOf(changes);
  const before = linesOf(written);
  const outdated = new Set(outdatedLines(changes, written, kept));
  const staying = before.filter((line) => !outdated.has(line));
  const said = staying.join('\n').trim();
  const isSaid = (line: string) =>
    staying.some((other) => other.includes(line)) ||
    waiting.some(({ summary }) => summary.includes(line));
  const lines = sentences.filter((line) => !isSaid(line));
  const isOfWords = changes.length > 0 && sentences.length === 0;
  if (isOfWords && said === '' && !isSaid(onlyWords)) lines.push(onlyWords);

  const needed =
    changes.length > 0 ? neededBump(worst(changes.map(effectiveVerdict)), version) : undefined;
  const generated = staying.filter(isGenerated).filter(Boolean);
  const bumps: Record<string, Bump> = {};
  for (const name of Object.keys(released)) {
    const bump = higher(bumpOfPerson(written, name, version), needed);
    const least = higher(bump, bumpOfLines(generated, version));
    if (least) bumps[name] = least;
  }
  return { bumps, summary: [said, lines.join('\n')].filter(Boolean).join('\n') };
}

/** The generated lines whose change was reverted or replaced by another. */
export function outdatedLines(
  changes: readonly Change[],
  written: Changeset | undefined,
  kept: Changeset | undefined,
): string[] {
  const sentences = summaryOf(changes);
  const holding = [...sentences, ...linesOf(kept).filter(Boolean)];
  if (changes.length > 0 && sentences.length === 0) holding.push(onlyWords);
  // A person may have added words to a line.
  const holds = (line: string) => holding.some((sentence) => line.startsWith(sentence));
  return linesOf(written).filter((line) => line !== '' && isGenerated(line) && !holds(line));
}

/** The bump in a changeset, where it is higher than its generated lines needed: a person raised it. */
function bumpOfPerson(
  written: Changeset | undefined,
  name: string,
  version: string,
): Bump | undefined {
  const bump = written?.bumps[name];
  const lines = linesOf(written).filter((line) => line !== '');
  if (lines.some((line) => !isGenerated(line))) return bump;
  return covers(bumpOfLines(lines, version), bump) ? undefined : bump;
}

function bumpOfLines(lines: readonly string[], version: string): Bump | undefined {
  const verdicts = lines.map((line): Verdict => {
    if (line.includes('**Breaking:**') || line.includes('**breaking**')) return 'breaking';
    return line === onlyWords ? 'none' : 'addition';
  });
  return lines.length > 0 ? neededBump(worst(verdicts), version) : undefined;
}

function linesOf(changeset: Changeset | undefined): string[] {
  return changeset?.summary.trim().split('\n') ?? [];
}

/** The changesets that say something of these changes. */
export function coveringFiles(changes: readonly Change[], waiting: readonly Waiting[]): string[] {
  const sentences = [...summaryOf(changes), onlyWords];
  return waiting
    .filter(({ summary }) => sentences.some((line) => summary.includes(line)))
    .map(({ file }) => file);
}

/**
 * Whether the changesets say what changed in the spec. In {@link changesetPath}, sentences of a person count for those
 * that were generated.
 */
export function isToldOf(
  changes: readonly Change[],
  written: Changeset | undefined,
  waiting: readonly Waiting[],
): boolean {
  const said = written?.summary.trim() ?? '';
  if (said.split('\n').some((line) => !isGenerated(line))) return true;
  const { summary } = createChangeset(changes, '0.0.0', { written, waiting });
  return summary.split('\n').every((line) => said.includes(line));
}

function isGenerated(line: string): boolean {
  return (
    line === '' ||
    line === onlyWords ||
    /^- (\*\*Breaking:\*\* )?`|^- And \d+ more changes.*: see `pnpm spec:diff`\.$/.test(line)
  );
}

/** The text of the file. */
export function renderChangeset({ bumps, summary }: Changeset): string {
  const front = Object.entries(bumps).map(([name, bump]) => `'${name}': ${bump}`);
  return `---\n${front.join('\n')}\n---\n\n${summary.trim()}\n`;
}

/** Reads what {@link renderChangeset} or a person wrote; throws for anything else. */
export function parseChangeset(text: string): Changeset {
  const { releases, summary } = parseChangesetFile(text);
  const bumps = releases.flatMap(({ name, type }) => (type === 'none' ? [] : [[name, type]]));
  return { bumps: Object.fromEntries(bumps), summary };
}

/** The prerelease that `changeset pre` has started or is about to end, with its dist-tag; undefined without one. */
export async function prerelease(): Promise<{ mode: 'pre' | 'exit'; tag: string } | undefined> {
  return readPreState(root);
}

/** The files that the next `changeset version` turns into a version; none if it has nothing to do. */
export async function pendingChangesets(): Promise<string[]> {
  const files = (await readChangesets(root)).map(({ id }) => `${id}.md`);
  // A prerelease keeps the changesets that it has released already in `pre`, for the release that follows it.
  if ((await prerelease())?.mode === 'exit') return ['pre.json', ...files];
  return files.filter((file) => !file.startsWith('pre/'));
}
