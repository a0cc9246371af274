import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '@org/spec-diff';
import { compareAPI, publicAPI } from '@org/spec-diff/declarations';
import { fileAt, git } from './git.ts';
import { released, root } from './repo.ts';

/** What changed in the packages themselves since a git ref; before the first release, all of it is new. */
export function packageChanges(base: string | undefined): Change[] {
  return Object.entries(released).flatMap(([name, { folder, entries }]) => {
    if (base === undefined) return [{ verdict: 'addition', place: name, message: 'It is new.' }];
    const then = publicAPI(entries, (path) => fileAt(base, `${folder}/${path}`));
    const now = publicAPI(entries, (path) => load(join(root, folder, path)));
    const changes = [...compareAPI(name, then, now), ...bundleChanges(base, name)];
    if (changes.length > 0 || !touched(base, folder)) return changes;
    return [{ verdict: 'none', place: name, message: 'Its source changed, its declarations not.' }];
  });
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

/** The version that released packages share at a git ref; before the first release, the one that manifests start with. */
export function versionAt(base: string | undefined): string {
  const path = `${released['@org/types'].folder}/package.json`;
  const manifest = base === undefined ? '{"version":"0.0.0"}' : fileAt(base, path);
  return JSON.parse(manifest ?? '{}').version;
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

function load(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
