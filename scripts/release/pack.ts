// pnpm release:pack [--snapshot <name>] [--out <folder>]: packs the versions that the registry lacks.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pendingChangesets, prerelease } from '../lib/changesets.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { setOutput } from '../lib/github.ts';
import { buildReleased, pack, tarballOf } from '../lib/pack.ts';
import { isPublished } from '../lib/registry.ts';
import { type Release, releaseFile, stagedTag } from '../lib/release.ts';
import { currentVersion, readManifest, released, root } from '../lib/repo.ts';
import { writeFiles } from '../lib/write-files.ts';

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
      description: 'The folder for the tarballs (default: dist/release)',
    },
    'allow-empty': {
      type: 'boolean',
      description: 'Succeed if there is nothing to publish, as the workflow does on each push',
    },
  },
  async run({ snapshot, out, 'allow-empty': allowEmpty }) {
    const pending = await pendingChangesets();
    const tag = snapshot ?? (await distTag());
    if (snapshot !== undefined) {
      await startSnapshot(snapshot, pending);
    } else if (pending.length > 0) {
      return nothing(`${waiting(pending)} for the release pull request`, allowEmpty);
    }
    buildReleased();
    const folder = resolve(root, out);
    const tarballs: Record<string, Uint8Array> = {};
    const packages = Object.entries(released).map(([name, { folder }]) => {
      const { version } = readManifest(folder);
      if (isTaken(name, version)) return { name, version };
      const file = tarballOf(name);
      tarballs[file] = pack(name);
      console.log(`Packed ${name}@${version}: ${join(out, file)}`);
      return { name, version, file };
    });
    const release: Release = { tag, packages };
    const description = `${JSON.stringify(release, null, 2)}\n`;
    const files = { ...tarballs, [releaseFile]: description };
    // A tarball of an earlier run must not be published with this one.
    for (const file of Object.keys(released).map(tarballOf))
      rmSync(join(folder, file), { force: true });
    writeFiles(
      Object.fromEntries(
        Object.entries(files).map(([file, content]) => [join(folder, file), content]),
      ),
    );
    if (snapshot !== undefined) writeComment(release);
    const isNeeded = Object.keys(tarballs).length > 0;
    setOutput('tag', tag);
    setOutput('publish', String(isNeeded));
    if (!isNeeded) nothing(`${currentVersion()} is published or staged already`, allowEmpty);
  },
});

/** Reports why nothing is packed: an error for a person, but ordinary for the workflow. */
function nothing(reason: string, isAllowed = false): void {
  const message = `Nothing to publish: ${reason}.`;
  if (!isAllowed) {
    throw new CommandError(`${message}\nTo pack the packages as they are: pnpm pack:packages`);
  }
  console.log(message);
}

function waiting(files: readonly string[]): string {
  return `${files.join(', ')} ${files.length === 1 ? 'waits' : 'wait'}`;
}

/** The dist-tag of a release: that of the prerelease which Changesets is in, else `latest`. */
async function distTag(): Promise<string> {
  const state = await prerelease();
  const version = currentVersion();
  if (!version.includes('-')) return 'latest';
  if (state === undefined) {
    throw new CommandError(
      `${version} is a prerelease, and .changeset/pre.json is missing, which names its dist-tag. Restore it from git.`,
    );
  }
  return checkTag('The tag in .changeset/pre.json', state.tag);
}

/** Everybody would install a prerelease or a snapshot under `latest`. */
function checkTag(name: string, tag: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(tag) && tag !== 'latest' && !/^v\d/.test(tag)) return tag;
  throw new CommandError(
    `Invalid dist-tag ${JSON.stringify(tag)}. ${name} must consist of lower-case letters, digits and dashes, such as next or pr-12, and must not be latest.`,
  );
}

/** The comment on the pull request about a snapshot. */
function writeComment({ packages }: Release): void {
  const names = packages.map(({ name, version }) => `${name}@${version}`).join(' ');
  writeFiles({
    [join(root, 'dist/comment/comment.md')]:
      `### Snapshot\n\nTry this pull request:\n\n\`\`\`sh\nnpm install ${names}\n\`\`\`\n`,
  });
}

async function startSnapshot(name: string, pending: readonly string[]): Promise<void> {
  checkTag('--snapshot', name);
  if (pending.length === 0) {
    throw new CommandError('A snapshot needs a changeset. Run: pnpm changeset');
  }
  // Changesets makes no snapshot in a prerelease.
  if ((await prerelease())?.mode === 'pre') exec(bin('changeset'), ['pre', 'exit']);
  exec(bin('changeset'), ['version', '--snapshot', name]);
}

/** Whether a version is on the registry, or waits there for its approval. */
function isTaken(name: string, version: string): boolean {
  if (git('tag', '--list', stagedTag(name, version)).trim() !== '') return true;
  return isPublished(name, version);
}
