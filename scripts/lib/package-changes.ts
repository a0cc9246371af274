import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '@org/spec-diff';
import { fileAt, git, textsAt } from './git.ts';
import { currentVersion, released, root } from './repo.ts';

/** What changed in the packages themselves since a git ref; before the first release, all of it is new. */
export async function packageChanges(base: string | undefined): Promise<Change[]> {
  const names = Object.entries(released);
  if (base === undefined) {
    return names.map(([name]) => ({ verdict: 'addition', place: name, message: 'It is new.' }));
  }
  const changed = changedSources(base);
  const changes: Change[] = [];
  for (const [name, { folder, entries }] of names) {
    const bundled = bundleChanges(base, name);
    changes.push(...bundled);
    // Reading declarations takes seconds: only those of packages that changed are read.
    if (!changed.some((path) => path.startsWith(`${folder}/`))) continue;
    const declared = await declarationChanges(base, name, folder, entries);
    changes.push(...declared);
    if (declared.length > 0 || bundled.length > 0) continue;
    const message = 'Its source changed, its declarations not.';
    changes.push({ verdict: 'none', place: name, message });
  }
  return changes;
}

async function declarationChanges(
  base: string,
  name: string,
  folder: string,
  entries: readonly string[],
): Promise<Change[]> {
  const { compareAPI, publicAPI } = await import('@org/spec-diff/declarations');
  const files = textsAt(base, `${folder}/src`);
  const then = publicAPI(entries, (path) => files.get(`${folder}/${path}`));
  const now = publicAPI(entries, (path) => load(join(root, folder, path)));
  return compareAPI(name, then, now);
}

/** Prism is part of the mock's build, so that a move of its version reaches the mock's users. */
function bundleChanges(base: string, name: string): Change[] {
  if (name !== '@org/mock') return [];
  const catalog = 'pnpm-workspace.yaml';
  const versionIn = (text = '') => /"@stoplight\/prism-http": (\S+)/.exec(text)?.[1];
  const then = versionIn(fileAt(base, catalog));
  const now = versionIn(load(join(root, catalog)));
  if (then === now || then === undefined) return [];
  return [{ verdict: 'none', place: name, message: `It bundles Prism ${now} instead of ${then}.` }];
}

/**
 * The version that released packages share at a git ref; before the first release, the one that manifests start with.
 * For a base that is not a commit of this repository, such as a file, the present version.
 */
export function versionAt(base: string | undefined): string {
  if (base === undefined) return '0.0.0';
  const manifest = fileAt(
    base.split(':')[0] ?? '',
    `${released['@org/types'].folder}/package.json`,
  );
  return manifest === undefined ? currentVersion() : JSON.parse(manifest).version;
}

/** The source files of released packages that are not as they were. */
function changedSources(base: string): string[] {
  const paths = Object.values(released).flatMap(({ folder }) => [
    `${folder}/src`,
    // What is made from the spec is judged by the spec.
    `:(exclude)${folder}/src/*.gen.*`,
  ]);
  const tracked = git('diff', '--name-only', '-z', base, '--', ...paths);
  const untracked = git('ls-files', '--others', '--exclude-standard', '-z', '--', ...paths);
  return `${tracked}${untracked}`.split('\0').filter(Boolean);
}

function load(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
