import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git.ts';
import { released } from './repo.ts';

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
 * it moves the version of the released packages and their ranges of each other, adds to their changelogs, and removes
 * the changesets that it took, or moves them to `.changeset/pre` in a prerelease.
 */
export function problemsOf(tree: string, commit = 'HEAD'): string[] {
  const entries = changedEntries(commit, tree);
  const problems = entries.flatMap((entry) => {
    const problem = problemOf(entry, entries);
    return problem === undefined ? [] : [`${entry.path}: ${problem}`];
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
    return isAdded || keepsLines(before.blob, after.blob) ? undefined : 'a release only adds lines';
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

function keepsLines(before: string, after: string): boolean {
  const [, removed] = git('diff', '--numstat', before, after).split('\t');
  return removed === '0';
}

/** `"version": "1.2.3",`, or a range of a released package. */
const versionLine = /^\s*"([^"\\]+)": "[~^]?\d+\.\d+\.\d+(-[\w.-]+)?",?$/;

/**
 * The changes in a manifest other than versions. The lines are compared, so no duplicate key hides a value, and the
 * values, so that no key of the same name is changed elsewhere.
 */
function manifestProblem(before: string, after: string): string | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length !== now.length) return 'a release adds and removes no lines of a manifest';
  for (const [i, line] of now.entries()) {
    if (line === old[i]) continue;
    const [was, key = ''] = [old[i] ?? '', line].map((each) => versionLine.exec(each)?.[1]);
    if (was !== key || (key !== 'version' && !Object.hasOwn(released, key))) {
      return `a release changes versions only, not ${line.trim().slice(0, 80)}`;
    }
  }
  return withoutVersions(before) === withoutVersions(after)
    ? undefined
    : 'a release changes the version and the ranges of released packages only';
}

function withoutVersions(text: string): string {
  const manifest: Record<string, unknown> = JSON.parse(text);
  for (const [key, value] of Object.entries(manifest)) {
    if (!/dependencies$/i.test(key) || typeof value !== 'object') continue;
    manifest[key] = {
      ...value,
      ...Object.fromEntries(Object.keys(released).map((name) => [name, ''])),
    };
  }
  return JSON.stringify({ ...manifest, version: '' });
}
