import { readChangesets } from '@changesets/read';
import { type Bump, type Change, higher, neededBump, summaryOf, worst } from '@org/spec-diff';
import { released, root } from './repo.ts';

/** Where `pnpm spec:changeset` writes: one file, which grows with the spec until the release takes it. */
export const changesetPath = '.changeset/spec.md';

const onlyWords =
  'Documentation only: descriptions and examples of the API changed, its types did not.';

export interface Changeset {
  bumps: Record<string, Bump>;
  summary: string;
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

/** The text of the file. */
export function renderChangeset({ bumps, summary }: Changeset): string {
  const front = Object.entries(bumps).map(([name, bump]) => `'${name}': ${bump}`);
  return `---\n${front.join('\n')}\n---\n\n${summary.trim()}\n`;
}

/** Reads what {@link renderChangeset} or a person wrote; throws for anything else. */
export function parseChangeset(text: string): Changeset {
  const [, front, summary] = /^---\r?\n(.*?)\r?\n?---\r?\n?(.*)$/s.exec(text) ?? [];
  if (front === undefined || summary === undefined) {
    throw new Error('expected a list of packages between two lines of ---');
  }
  const entries = front.split(/\r?\n/).filter((line) => line.trim());
  const bumps = entries.map((line): [string, Bump] => {
    const [, name, bump] = /^['"]?([^'"]+)['"]?\s*:\s*(patch|minor|major)\s*$/.exec(line) ?? [];
    if (!name || !bump) throw new Error(`expected a package and its bump, found: ${line}`);
    return [name, bump as Bump];
  });
  return { bumps: Object.fromEntries(bumps), summary };
}
