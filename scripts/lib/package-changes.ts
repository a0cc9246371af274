import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PackageChange } from '@org/spec-diff/declarations';
import {
  bundleDeclarations,
  bundleDeclarationsAt,
  type Declarations,
} from './bundle-declarations.ts';
import { CommandError } from './cli.ts';
import { fileAt, git, textsAt } from './git.ts';
import { currentVersion, released, root } from './repo.ts';

/** The changes of the packages themselves since a git ref; before the first release, everything is new. */
export async function packageChanges(base: string | undefined): Promise<PackageChange[]> {
  const names = Object.entries(released);
  if (base === undefined) {
    return names.map(([name]) => ({
      verdict: 'addition',
      place: name,
      message: 'The package is new.',
    }));
  }
  const changed = changedSources(base);
  const changes: PackageChange[] = [];
  for (const [name, { folder, entries }] of names) {
    const bundled = bundleChanges(base, name);
    changes.push(...bundled);
    // Bundling declarations takes seconds: only those of packages that changed are read.
    if (!changed.some((path) => path.startsWith(`${folder}/`))) continue;
    const declared = await declarationChanges(base, name, { folder, entries });
    changes.push(...declared);
    if (declared.length > 0 || bundled.length > 0) continue;
    const message = 'The source changed; the declarations did not.';
    changes.push({ verdict: 'none', place: name, message });
  }
  return changes;
}

/** Consumers get bundled declarations: these are compared. The types are published as they are. */
async function declarationChanges(
  base: string,
  name: string,
  { folder, entries }: { folder: string; entries: readonly string[] },
): Promise<PackageChange[]> {
  const { compareAPI, publicAPI } = await import('@org/spec-diff/declarations');
  const bundles = bundlesOf(base, name, folder);
  if (bundles) {
    const bundled = entries.map((entry) => basename(entry).replace(/\.ts$/, '.d.ts'));
    const [then, now] = bundles.map((files) => publicAPI(bundled, (path) => files.get(path)));
    return compareAPI(name, then ?? new Map(), now ?? new Map());
  }
  const files = textsAt(base, `${folder}/src`);
  const then = publicAPI(entries, (path) => files.get(`${folder}/${path}`));
  const now = publicAPI(entries, (path) => load(join(root, folder, path)));
  return compareAPI(name, then, now);
}

/** The bundled declarations of both sides, or undefined if sources are compared instead. */
function bundlesOf(
  base: string,
  name: string,
  folder: string,
): [Declarations, Declarations] | undefined {
  if (!existsSync(join(root, folder, 'tsdown.config.ts'))) return undefined;
  // First, and not caught: it has to work, as the build has to.
  const now = bundleDeclarations(folder);
  try {
    return [bundleDeclarationsAt(base, folder), now];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(
      `Note: the declarations of ${name} at ${base} cannot be bundled, so sources are compared instead. ${error.message}`,
    );
    return undefined;
  }
}

/** Prism is part of the mock's build, so that a move of its version reaches the mock's users. */
function bundleChanges(base: string, name: string): PackageChange[] {
  if (name !== '@org/mock') return [];
  const catalog = 'pnpm-workspace.yaml';
  const versionIn = (text = '') => /"@stoplight\/prism-http": (\S+)/.exec(text)?.[1];
  const then = versionIn(fileAt(base, catalog));
  const now = versionIn(load(join(root, catalog)));
  if (then === now || then === undefined) return [];
  return [
    {
      verdict: 'none',
      place: name,
      message: `The package bundles Prism ${now} instead of ${then}.`,
    },
  ];
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
    // Says how the declarations are bundled.
    `${folder}/tsdown.config.ts`,
    // Files generated from the spec are compared by the spec.
    `:(exclude)${folder}/src/*.gen.*`,
  ]);
  const tracked = git('diff', '--name-only', '-z', base, '--', ...paths);
  const untracked = git('ls-files', '--others', '--exclude-standard', '-z', '--', ...paths);
  return `${tracked}${untracked}`.split('\0').filter(Boolean);
}

function load(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
