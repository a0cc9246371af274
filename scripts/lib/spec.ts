import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { generateTypes } from '@org/codegen';
import type { Declarations } from '@org/spec-diff';

export const root = resolve(import.meta.dirname, '../..');

/** An error that is the reader's to mend; its message says how. */
export class SpecError extends Error {}

const nothing = {
  openapi: '3.1.0',
  info: {},
  paths: {},
};

/** The last release that this commit descends from: its tag, or undefined before the first. */
export function lastRelease(): string | undefined {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', '@org/types@*').trim();
  } catch {
    return undefined;
  }
}

/** The spec at a git ref; where there is none, an API of nothing at all. */
export async function sideAt(ref: string | undefined): Promise<Declarations> {
  if (ref === undefined) return declared(JSON.stringify(nothing));
  return bundled(`at ${ref}`, (folder) => {
    for (const path of filesAt(ref, 'spec')) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), git('show', `${ref}:${path}`));
    }
  });
}

/** The spec as it lies in the working tree. */
export function currentSide(): Promise<Declarations> {
  return bundled('in the working tree', (folder) => {
    cpSync(join(root, 'spec'), join(folder, 'spec'), {
      recursive: true,
      filter: (path) => !/[/\\](node_modules|dist)$/.test(path),
    });
  });
}

/** Bundles the spec that `fill` puts into a folder, which is gone afterwards. */
async function bundled(where: string, fill: (folder: string) => void): Promise<Declarations> {
  const folder = mkdtempSync(join(tmpdir(), 'spec-'));
  const spec = join(folder, 'spec');
  const output = join(folder, 'bundled.json');
  try {
    fill(folder);
    redocly(spec, where, 'bundle', 'openapi.yaml', '--output', output);
    return await declared(readFileSync(output, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths under a folder at a git ref. Throws where the ref or the spec is missing. */
function filesAt(ref: string, folder: string): string[] {
  try {
    git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  } catch {
    throw new SpecError(
      `There is no commit ${JSON.stringify(ref)}. Give --base a branch, a tag or a commit; a shallow clone may need: git fetch --unshallow --tags`,
    );
  }
  return git('ls-tree', '-r', '--name-only', '-z', ref, '--', folder).split('\0').filter(Boolean);
}

export function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function declared(document: string): Promise<Declarations> {
  const files = await generateTypes(document);
  return { document: JSON.parse(document), generated: Object.values(files).join('\n') };
}

/** Runs Redocly's command in a folder with a spec; what it finds wrong is told with line and column. */
export function redocly(folder: string, where: string, ...args: string[]): void {
  try {
    execFileSync(join(import.meta.dirname, '../node_modules/.bin/redocly'), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Record<string, string>;
    const reason = `${stdout}\n${stderr}`.trim() || message || '';
    throw new SpecError(
      `The spec ${where} is not as it must be:\n${reason.replaceAll(folder, 'spec')}`,
    );
  }
}
