// pnpm release:pack [--snapshot <name>] [--out <folder>]: builds and packs what the registry does not have yet.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { setOutput } from '../lib/github.ts';
import { type Release, releaseFile } from '../lib/release.ts';
import { readManifest, released, root } from '../lib/repo.ts';
import { turbo } from '../lib/turbo.ts';

await runCommand({
  name: 'release:pack',
  summary: 'Builds the released packages, and packs the versions that the registry does not have.',
  flags: {
    snapshot: {
      type: 'string',
      value: '<name>',
      description: 'Pack the pending changesets as a snapshot with this dist-tag',
    },
    out: {
      type: 'string',
      value: '<folder>',
      default: 'dist/release',
      description: 'Where the tarballs go (default: dist/release)',
    },
  },
  run({ snapshot, out }) {
    const pending = readdirSync(join(root, '.changeset')).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    if (snapshot !== undefined) {
      startSnapshot(snapshot, pending);
    } else if (pending.length > 0) {
      console.log(`Nothing to publish: ${pending.join(', ')} waits for the release pull request.`);
      return;
    }
    turbo(
      'build',
      Object.keys(released).map((name) => basename(name)),
    );
    exec(process.execPath, ['scripts/release/sbom.ts']);
    const folder = resolve(root, out);
    mkdirSync(folder, { recursive: true });
    const release: Release = {
      tag: snapshot ?? 'latest',
      packages: Object.entries(released)
        .map(([name, { folder }]) => ({ name, folder, version: readManifest(folder).version }))
        .map(({ name, version }) => {
          if (isPublished(name, version)) return { name, version };
          const file = `${basename(name)}.tgz`;
          pack(name, join(folder, file));
          console.log(`Packed ${name}@${version}: ${join(out, file)}`);
          return { name, version, file };
        }),
    };
    writeFileSync(join(folder, releaseFile), `${JSON.stringify(release, null, 2)}\n`);
    const isNeeded = release.packages.some(({ file }) => file !== undefined);
    if (!isNeeded) console.log('Nothing to publish: all versions are there.');
    if (snapshot !== undefined) writeComment(release);
    setOutput('tag', release.tag);
    setOutput('publish', String(isNeeded));
  },
});

/** What the comment on the pull request says about a snapshot. */
function writeComment({ packages }: Release): void {
  const folder = join(root, 'dist/comment');
  mkdirSync(folder, { recursive: true });
  const names = packages.map(({ name, version }) => `${name}@${version}`).join(' ');
  writeFileSync(
    join(folder, 'comment.md'),
    `### Snapshot\n\nTry this pull request:\n\n\`\`\`sh\nnpm install ${names}\n\`\`\`\n`,
  );
}

function startSnapshot(name: string, pending: readonly string[]): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new CommandError(
      `Invalid --snapshot ${JSON.stringify(name)}: expected lower-case letters, digits and dashes, such as pr-12.`,
    );
  }
  if (pending.length === 0) {
    throw new CommandError('A snapshot needs a changeset. Run: pnpm changeset');
  }
  exec(bin('changeset'), ['version', '--snapshot', name]);
}

/** pnpm packs it, so that `workspace:` and `catalog:` ranges become versions. */
function pack(name: string, target: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const args = ['--filter', name, 'pack', '--pack-destination', folder];
    exec('pnpm', args, { output: 'on-failure' });
    const [tarball = ''] = readdirSync(folder);
    copyFileSync(join(folder, tarball), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isPublished(name: string, version: string): boolean {
  try {
    const args = ['view', `${name}@${version}`, 'version'];
    return execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe' }).trim() === version;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    if (stderr.includes('E404')) return false;
    throw new CommandError(`Could not ask the registry for ${name}@${version}:\n${stderr.trim()}`);
  }
}
