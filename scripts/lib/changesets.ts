import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import { readPreState } from '@changesets/pre';
import { readChangesets } from '@changesets/read';
import {
  type Audience,
  audiences,
  type Bump,
  type Change,
  changesFor,
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

/** A released package, and its changeset by `pnpm spec:changeset`. */
export interface Target {
  /** The name of the package. */
  name: string;
  /** Whom the package is for: its changelog gets the changes that concern them. */
  audience: Audience;
  /** The changeset: it grows with the spec until a release takes it. */
  path: string;
}

export const targets: readonly Target[] = Object.entries(released).map(([name, { folder }]) => {
  const audience = audiences.find((each) => folder.endsWith(`/${each}`));
  if (audience === undefined) throw new Error(`Expected changes of the spec to concern ${name}.`);
  return { name, audience, path: findPath(audience) };
});

const onlyWords =
  'Documentation only: descriptions and examples of the API changed, its types did not.';

export interface Changeset {
  bumps: Record<string, Bump>;
  summary: string;
}

/** A prerelease moves a changeset to `.changeset/pre`, so the next one needs another name. */
function findPath(audience: Audience): string {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? `spec-${audience}.md` : `spec-${audience}-${i}.md`;
    if (!existsSync(join(root, '.changeset/pre', name))) return `.changeset/${name}`;
  }
}

/** The effects of spec changes on the users of one package. */
export interface Message {
  target: Target;
  /** The lines of the changelog. */
  lines: readonly string[];
  /** The bump that the changes need; undefined if none of them concerns the package. */
  needed: Bump | undefined;
}

/** @param version The version that the changes are released after. */
export function messageFor(target: Target, changes: readonly Change[], version: string): Message {
  const mine = changesFor(changes, target.audience);
  if (mine.length === 0) return { target, lines: [], needed: undefined };
  const lines = summaryOf(mine, target.audience);
  const needed = neededBump(worst(mine.map(effectiveVerdict)), version);
  return { target, lines: lines.length > 0 ? lines : [onlyWords], needed };
}

/** The bump of each released package by the changesets in the folder. */
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
 * A package's changeset of the spec, if it is written.
 *
 * @param ref The commit to read it at. Default: the working tree
 * @throws {CommandError} if the file in the working tree is not a changeset
 */
export function readChangeset({ path }: Target, ref?: string): Changeset | undefined {
  const text = ref === undefined ? textOf(join(root, path)) : fileAt(ref, path);
  if (text === undefined) return undefined;
  try {
    return parseChangeset(text);
  } catch (error) {
    if (ref !== undefined) return undefined;
    throw new CommandError(`Invalid changeset ${path}: ${(error as Error).message}`);
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A changeset that another command or a person wrote, and that the next release takes. */
export interface Waiting {
  file: string;
  /** The packages that it is about. */
  names: readonly string[];
  summary: string;
}

/** The changesets that wait for the next release, those that `pnpm spec:changeset` writes aside. */
export async function waitingChangesets(): Promise<Waiting[]> {
  const changesets = await readChangesets(root);
  return changesets
    .map(({ id, summary, releases }) => ({
      file: `.changeset/${id}.md`,
      names: releases.map(({ name }) => name),
      summary,
    }))
    .filter(({ file }) => !targets.some(({ path }) => path === file));
}

/**
 * The changeset that describes the changes. It keeps edits by people: a raised bump is not lowered, and none of
 * their sentences is removed. Lines of an earlier run are removed if they no longer apply.
 *
 * @param options.kept The changeset as it was at the base of the comparison: its lines are about earlier changes
 */
export function createChangeset(
  message: Message,
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
  const { name } = message.target;
  const outdated = new Set(outdatedLines(message, written, kept));
  const staying = linesOf(written).filter((line) => !outdated.has(line));
  const said = staying.join('\n').trim();
  const isSaid = (line: string) =>
    // A text by a person takes precedence over "Documentation only".
    (line === onlyWords && said !== '') ||
    staying.some((other) => other.includes(line)) ||
    waiting.some(({ names, summary }) => names.includes(name) && summary.includes(line));
  const lines = message.lines.filter((line) => !isSaid(line));

  const generated = staying.filter(isGenerated).filter(Boolean);
  const bump = higher(bumpOfPerson(written, name, version), message.needed);
  const least = higher(bump, bumpOfLines(generated, version));
  return {
    bumps: least ? { [name]: least } : {},
    summary: [said, lines.join('\n')].filter(Boolean).join('\n'),
  };
}

/** The generated lines whose change was reverted or replaced by another. */
export function outdatedLines(
  { lines }: Message,
  written: Changeset | undefined,
  kept: Changeset | undefined,
): string[] {
  const holding = [...lines, ...linesOf(kept).filter(Boolean)];
  // A person may have added words to a line.
  const holds = (line: string) => holding.some((sentence) => line.startsWith(sentence));
  return linesOf(written).filter((line) => line !== '' && isGenerated(line) && !holds(line));
}

/** The bump in a changeset, if a person raised it above the bump that its generated lines need. */
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

/** The changesets that mention these changes. */
export function coveringFiles({ lines, target }: Message, waiting: readonly Waiting[]): string[] {
  return waiting
    .filter(({ names }) => names.includes(target.name))
    .filter(({ summary }) => lines.some((line) => summary.includes(line)))
    .map(({ file }) => file);
}

/**
 * Whether the changesets say what changed in the spec. In the package's own, sentences of a person count for those that
 * were generated.
 */
export function isToldOf(
  message: Message,
  written: Changeset | undefined,
  waiting: readonly Waiting[],
): boolean {
  const said = written?.summary.trim() ?? '';
  if (said.split('\n').some((line) => !isGenerated(line))) return true;
  const { summary } = createChangeset(message, '0.0.0', { written, waiting });
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

/** Reads a changeset by {@link renderChangeset} or a person; throws for anything else. */
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
