// pnpm release:verify <version | folder>: builds the packages from git, and compares them with published ones.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { tarballOf } from '../lib/pack.ts';
import { released, root } from '../lib/repo.ts';
import { differences, readTarball } from '../lib/tarball.ts';

await runCommand({
  name: 'release:verify',
  summary:
    'Builds the released packages again from a clean clone, and compares every file with the published or packed one.',
  flags: {
    ref: {
      type: 'string',
      value: '<git ref>',
      description: "The commit to build (default: the version's tag; HEAD for a folder)",
    },
  },
  positionals: {
    name: '<version | folder>',
    description: 'A version on the registry, or a folder of pnpm pack:packages or release:pack',
  },
  examples: ['pnpm release:verify 1.2.3', 'pnpm release:verify dist/packages'],
  async run({ ref }, [subject = '', ...others]) {
    const isVersion = /^\d+\.\d+\.\d+/.test(subject);
    const given = resolve(root, subject);
    if (others.length > 0 || subject === '' || !(isVersion || existsSync(given))) {
      throw new CommandError(
        `Expected a version such as 1.2.3, or a folder with tarballs, not ${JSON.stringify([subject, ...others].join(' '))}.`,
      );
    }
    const commit = commitOf(ref ?? (isVersion ? `@org/types@${subject}` : 'HEAD'));
    const folder = mkdtempSync(join(tmpdir(), 'verify-'));
    try {
      const tarballs = isVersion ? download(subject, join(folder, 'published')) : given;
      const names = packedIn(tarballs);
      const built = join(folder, 'built');
      build(commit, join(folder, 'clone'), built);
      await compare(names, tarballs, built, commit);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** The packages whose tarballs a folder has. */
function packedIn(folder: string): string[] {
  const names = Object.keys(released).filter((name) => existsSync(join(folder, tarballOf(name))));
  if (names.length > 0) return names;
  const expected = Object.keys(released).map(tarballOf).join(', ');
  throw new CommandError(`No tarballs in ${folder}. Expected ${expected}.`);
}

async function compare(
  names: readonly string[],
  tarballs: string,
  built: string,
  commit: string,
): Promise<void> {
  const problems: string[] = [];
  for (const name of names) {
    const [theirs, ours] = await Promise.all(
      [tarballs, built].map((folder) => readTarball(join(folder, tarballOf(name)))),
    );
    const found = differences(theirs ?? new Map(), ours ?? new Map());
    console.log(`${found.length === 0 ? '✓' : '✗'} ${name} (${theirs?.size} files)`);
    problems.push(...found.map((each) => `${name}: ${each}`));
  }
  if (problems.length > 0) {
    throw new CommandError(
      `The files differ from the build of ${commit.slice(0, 12)}:\n${problems.join('\n')}`,
    );
  }
  console.log(`Every file matches the build of ${commit.slice(0, 12)}.`);
}

function commitOf(ref: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).trim();
  } catch {
    throw new CommandError(
      `Unknown commit ${JSON.stringify(ref)}. Run: git fetch --tags, or name the commit with --ref.`,
    );
  }
}

/** The tarballs of a version, from the registry that npm is configured for. */
function download(version: string, folder: string): string {
  for (const name of Object.keys(released)) {
    const target = join(folder, tarballOf(name));
    const args = ['pack', `${name}@${version}`, '--pack-destination', dirname(target)];
    mkdirSync(folder, { recursive: true });
    exec('npm', args, { cwd: folder, output: 'on-failure' });
    const [, unscoped = ''] = name.split('/');
    const [scope = ''] = name.slice(1).split('/');
    renameSync(join(folder, `${scope}-${unscoped}-${version}.tgz`), target);
  }
  return folder;
}

/**
 * Builds and packs a commit in a clone, with dependencies of the lockfile. Generated files are made from the spec again,
 * and nothing is taken from a build cache.
 */
function build(commit: string, clone: string, out: string): void {
  console.log(`Building ${commit.slice(0, 12)} in a clean clone …`);
  git('clone', '--quiet', '--no-checkout', root, clone);
  const run = (program: string, ...args: string[]) =>
    exec(program, args, {
      cwd: clone,
      output: 'on-failure',
      env: { TURBO_FORCE: 'true', TURBO_API: '', TURBO_TOKEN: '', TURBO_TEAM: '' },
    });
  run('git', 'checkout', '--quiet', '--detach', commit);
  run('pnpm', 'install', '--frozen-lockfile', '--prefer-offline');
  run('pnpm', 'generate');
  run('pnpm', 'pack:packages', '--out', out);
}
