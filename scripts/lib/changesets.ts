import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import { readPreState } from '@changesets/pre';
import { readChangesets } from '@changesets/read';
import { type Bump, type Change, higher, neededBump, summaryOf, worst } from '@org/spec-diff';
import { CommandError } from './cli.ts';
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
 * @throws {CommandError} if the file is not a changeset
 */
export function readChangeset(): Changeset | undefined {
  const path = join(root, changesetPath);
  if (!existsSync(path)) return undefined;
  try {
    return parseChangeset(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`Invalid changeset ${changesetPath}: ${(error as Error).message}`);
  }
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
 * The changeset that says what changed. What a person wrote stays: a higher bump is not lowered, sentences are not
 * removed, and what is said already is not said again.
 */
export function createChangeset(
  changes: readonly Change[],
  version: string,
  written?: Changeset,
  waiting: readonly Waiting[] = [],
): Changeset {
  const needed = neededBump(worst(changes.map(({ verdict }) => verdict)), version);
  const bumps = Object.fromEntries(
    Object.keys(released).map((name) => [name, higher(written?.bumps[name], needed) ?? needed]),
  );
  const said = written?.summary.trim() ?? '';
  const isSaid = (line: string) =>
    said.includes(line) || waiting.some(({ summary }) => summary.includes(line));
  const sentences = summaryOf(changes);
  const lines = sentences.filter((line) => !isSaid(line));
  if (sentences.length === 0 && !said && !isSaid(onlyWords)) lines.push(onlyWords);
  return { bumps, summary: [said, lines.join('\n')].filter(Boolean).join('\n') };
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
  return createChangeset(changes, '0.0.0', written, waiting).summary === said;
}

function isGenerated(line: string): boolean {
  return line === '' || line === onlyWords || /^- (\*\*Breaking:\*\* )?`/.test(line);
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
