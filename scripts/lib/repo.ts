import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository's folder. */
export const root: string = resolve(import.meta.dirname, '../..');

/** The packages that are released together, with one version. */
export const released = {
  '@org/types': { folder: 'packages/types', entries: ['src/index.d.ts'] },
  '@org/client': { folder: 'packages/client', entries: ['src/index.ts', 'src/fetch.ts'] },
  '@org/mock': { folder: 'packages/mock', entries: ['src/index.ts'] },
};

/** The parts of a `package.json` that the commands read. */
export interface Manifest {
  name: string;
  version: string;
  homepage: string;
  packageManager?: string;
  scripts?: Record<string, string>;
}

/** The manifest of a package; the root's without a folder. */
export function readManifest(folder = '.'): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** The version that all released packages share. */
export function currentVersion(): string {
  return readManifest(released['@org/types'].folder).version;
}
