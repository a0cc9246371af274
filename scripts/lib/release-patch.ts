import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git.ts';
import { released } from './repo.ts';
import { printable } from './terminal.ts';

const folders = Object.values(released).map(({ folder }) => folder);
const ordinary = '100644';
const missing = '000000';

/** One path whose entry differs between two trees. Renames are two of them: a removal and an addition. */
interface Entry {
  path: string;
  before: { mode: string; blob: string };
  after: { mode: string; blob: string };
}

/** Applies a patch to a commit without touching the working tree, and returns the tree that results. */
export function applyToTree(patch: string, commit = 'HEAD'): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const index = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    git(index, 'read-tree', commit);
    git(index, 'apply', '--cached', patch);
    return git(index, 'write-tree').trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Compares the tree of a release with the commit that it was made from, and returns what a release must not change:
 * it raises the version of the released packages, adds to their changelogs, and removes the changesets that it took, or moves them to `.changeset/pre` in a prerelease.
 */
export function problemsOf(tree: string, commit = 'HEAD'): string[] {
  const entries = changedEntries(commit, tree);
  const problems = entries.flatMap((entry) => {
    const problem = problemOf(entry, entries);
    return problem === undefined ? [] : [`${printable(entry.path)}: ${problem}`];
  });
  if (problems.length > 0) return problems;
  const versions = folders.map(
    (folder) => JSON.parse(git('show', `${tree}:${folder}/package.json`)).version,
  );
  return new Set(versions).size === 1
    ? []
    : [`The released packages share one version, not ${versions.join(', ')}.`];
}

function changedEntries(before: string, after: string): Entry[] {
  // `:<mode> <mode> <blob> <blob> <status>`, then the path.
  const fields = git('diff-tree', '-r', '-z', '--no-renames', '--full-index', before, after);
  const parts = fields.split('\0').filter(Boolean);
  return Array.from({ length: parts.length / 2 }, (_, i) => {
    const [beforeMode = '', afterMode = '', beforeBlob = '', afterBlob = ''] = (parts[2 * i] ?? '')
      .slice(1)
      .split(' ');
    return {
      path: parts[2 * i + 1] ?? '',
      before: { mode: beforeMode, blob: beforeBlob },
      after: { mode: afterMode, blob: afterBlob },
    };
  });
}

function problemOf(entry: Entry, entries: readonly Entry[]): string | undefined {
  const { path, before, after } = entry;
  const isAdded = before.mode === missing;
  const isRemoved = after.mode === missing;
  for (const { mode } of [before, after]) {
    if (mode !== missing && mode !== ordinary) {
      return `expected an ordinary file (mode ${ordinary}), not mode ${mode}`;
    }
  }
  if (/^\.changeset\/[^/]+\.md$/.test(path) && path !== '.changeset/README.md') {
    return isRemoved ? undefined : 'a release only removes changesets';
  }
  if (/^\.changeset\/pre\/[^/]+\.md$/.test(path)) {
    const from = path.replace('/pre/', '/');
    const moved = entries.find((each) => each.path === from && each.after.mode === missing);
    if (isRemoved || (isAdded && moved?.before.blob === after.blob)) return undefined;
    return `expected ${from} to be moved here, unchanged`;
  }
  if (path === '.changeset/pre.json') {
    return isRemoved ? undefined : 'a release only removes it, at the end of a prerelease';
  }
  if (folders.some((folder) => path === `${folder}/CHANGELOG.md`)) {
    if (isRemoved) return 'a release adds to a changelog';
    const old = isAdded ? git('hash-object', '-w', '/dev/null').trim() : before.blob;
    return keepsLines(old, after.blob) ? undefined : 'a release only adds lines';
  }
  if (folders.some((folder) => path === `${folder}/package.json`)) {
    if (isAdded || isRemoved) return 'a release only changes it';
    return manifestProblem(
      git('cat-file', 'blob', before.blob),
      git('cat-file', 'blob', after.blob),
    );
  }
  return 'a release does not change this file';
}

/** Binary content has no lines, so it is refused. */
function keepsLines(before: string, after: string): boolean {
  const [, removed] = git('diff', '--numstat', before, after).split('\t');
  return removed === '0';
}

/** The version of a manifest, which stands on a line of its own. */
const versionLine = /^ {2}"version": "([^"]*)"/m;
const number = '(?:0|[1-9]\\d{0,8})';
const semver = new RegExp(
  `^(${number}\\.${number}\\.${number})(-[\\da-zA-Z-]+(?:\\.[\\da-zA-Z-]+)*)?$`,
);

/** The texts are compared, so no duplicate key hides a value. */
function manifestProblem(before: string, after: string): string | undefined {
  const [old = '', now = ''] = [before, after].map((text) => versionLine.exec(text)?.[1]);
  if (before.replace(versionLine, `  "version": "${now}"`) !== after) {
    return 'a release changes the version only';
  }
  const [, was = '', label] = semver.exec(old) ?? [];
  const [, is] = semver.exec(now) ?? [];
  if (is === undefined) return `expected a version, not ${printable(now.slice(0, 80))}`;
  const order = is.localeCompare(was, 'en', { numeric: true });
  // A prerelease is followed by the next one, or by its release.
  return order > 0 || (order === 0 && label !== undefined)
    ? undefined
    : `expected a version above ${old}, not ${now}`;
}
