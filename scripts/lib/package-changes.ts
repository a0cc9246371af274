import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '@org/spec-diff';
import { compareAPI, publicAPI } from '@org/spec-diff';
import { git, root } from './spec.ts';

/** The packages that are released together, and the files that their consumers import. */
export const released = {
  '@org/types': { folder: 'packages/types', entries: ['src/index.d.ts'] },
  '@org/client': { folder: 'packages/client', entries: ['src/index.ts', 'src/fetch.ts'] },
  '@org/mock': { folder: 'packages/mock', entries: ['src/index.ts'] },
};

/** What changed in the packages themselves since a git ref; before the first release, all of it is new. */
export function packageChanges(base: string | undefined): Change[] {
  return Object.entries(released).flatMap(([name, { folder, entries }]) => {
    if (base === undefined) return [{ verdict: 'addition', place: name, message: 'It is new.' }];
    const then = publicAPI(entries, (path) => show(base, `${folder}/${path}`));
    const now = publicAPI(entries, (path) => load(join(root, folder, path)));
    const changes = compareAPI(name, then, now);
    if (changes.length > 0 || !touched(base, folder)) return changes;
    return [{ verdict: 'none', place: name, message: 'Its source changed, its declarations not.' }];
  });
}

/** The version at a git ref that all of them share; before the first release, the one that manifests start with. */
export function versionAt(base: string | undefined): string {
  const path = 'packages/types/package.json';
  const manifest = base === undefined ? '{"version":"0.0.0"}' : show(base, path);
  return JSON.parse(manifest ?? '{}').version;
}

export function currentVersion(): string {
  return JSON.parse(readFileSync(join(root, 'packages/types/package.json'), 'utf8')).version;
}

function touched(base: string, folder: string): boolean {
  const source = `${folder}/src`;
  // What is made from the spec is judged by the spec.
  const paths = [source, `:(exclude)${source}/*.gen.*`];
  const tracked = git('diff', '--name-only', base, '--', ...paths);
  return (
    (tracked + git('ls-files', '--others', '--exclude-standard', '--', ...paths)).trim() !== ''
  );
}

function show(ref: string, path: string): string | undefined {
  try {
    return git('show', `${ref}:${path}`);
  } catch {
    return undefined;
  }
}

function load(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
