import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CommandError } from './cli.ts';
import { exec } from './exec.ts';
import { released, root } from './repo.ts';
import { turbo } from './turbo.ts';

/** The tarball of a released package in a folder of packed packages: `client.tgz`. */
export function tarballOf(name: string): string {
  return `${basename(name)}.tgz`;
}

/** Builds the released packages, with their bills of materials. */
export function buildReleased(): void {
  turbo(
    'build',
    Object.keys(released).map((name) => basename(name)),
  );
  exec(process.execPath, ['scripts/release/sbom.ts'], { output: 'on-failure' });
}

/**
 * Packs a released package as it is built, and returns the tarball. pnpm packs it, so that `workspace:` and `catalog:`
 * ranges become versions.
 *
 * @throws {CommandError} if pnpm fails or makes no tarball
 */
export function pack(name: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    exec('pnpm', ['--filter', name, 'pack', '--pack-destination', folder], {
      cwd: root,
      output: 'on-failure',
    });
    const [tarball] = readdirSync(folder);
    if (tarball === undefined) throw new CommandError(`pnpm created no tarball of ${name}.`);
    return readFileSync(join(folder, tarball));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
