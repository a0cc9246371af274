// node scripts/release/tag.ts <folder>: tags the versions published from the folder, also by an earlier run.
// Runs in a job that may write, so it only uses Node.js, npm and git.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { isPublished } from '../lib/registry.ts';
import { type Release, releaseFile, stagedTag } from '../lib/release.ts';
import { currentVersion, released } from '../lib/repo.ts';

await runCommand({
  name: 'release-tag',
  summary:
    'Tags this commit with the versions in a folder of `pnpm release:pack`, and pushes the tags.',
  flags: {
    staged: {
      type: 'string',
      value: '<files>',
      description:
        'Mark these as staged instead, such as "types.tgz client.tgz": they wait for approval',
    },
    approved: {
      type: 'boolean',
      description: 'Tag the staged versions that were approved since, and remove their marks',
    },
  },
  positionals: { name: '[folder]', description: 'The folder with release.json' },
  run({ staged, approved }, [folder = '']) {
    if (approved) return tagApproved();
    const packages = readRelease(folder);
    if (staged === undefined) {
      pushMissing(packages.map(({ name, version }) => `${name}@${version}`));
    } else {
      const files = staged.split(' ').filter(Boolean);
      const marked = packages.filter(({ file }) => file !== undefined && files.includes(file));
      pushMissing(marked.map(({ name, version }) => stagedTag(name, version)));
    }
  },
});

function readRelease(folder: string): Release['packages'] {
  const { packages }: Release = JSON.parse(readFileSync(join(folder, releaseFile), 'utf8'));
  for (const { name, version } of packages) {
    checkTag(`${name}@${version}`, releaseFile);
    if (version !== currentVersion()) {
      throw new CommandError(
        `Invalid ${releaseFile}: the version of this commit is ${currentVersion()}, not ${version}.`,
      );
    }
  }
  return packages;
}

/** Tags this commit. Only the tags are pushed, not the branch: main may have moved since. */
function pushMissing(tags: readonly string[]): void {
  const known = git('ls-remote', '--tags', 'origin');
  const missing = tags.filter((tag) => !known.includes(`refs/tags/${tag}\n`));
  if (missing.length === 0) {
    console.log('All tags exist.');
    return;
  }
  for (const tag of missing) git('tag', '--force', tag);
  git('push', 'origin', ...missing.map((tag) => `refs/tags/${tag}`));
  console.log(`Pushed ${missing.join(', ')}`);
}

/** The staged commit is tagged, even if main has moved since. */
function tagApproved(): void {
  const marks = git('ls-remote', '--tags', 'origin', 'refs/tags/staged/*');
  for (const [, commit = '', tag = ''] of marks.matchAll(/^(\w+)\trefs\/tags\/staged\/(.*)$/gm)) {
    checkTag(tag, 'a mark of a staged version');
    const at = tag.lastIndexOf('@');
    if (!isPublished(tag.slice(0, at), tag.slice(at + 1))) {
      console.log(`${tag} waits for approval. See: npm stage list`);
      continue;
    }
    const add = `${commit}:refs/tags/${tag}`;
    git('push', '--atomic', 'origin', add, `:refs/tags/staged/${tag}`);
    console.log(`Pushed ${tag}`);
  }
}

function checkTag(tag: string, source: string): void {
  const at = tag.lastIndexOf('@');
  if (Object.hasOwn(released, tag.slice(0, at)) && /^@\d+\.\d+\.\d+[\w.-]*$/.test(tag.slice(at)))
    return;
  throw new CommandError(`Invalid ${source}: ${JSON.stringify(tag)} is not a release.`);
}
