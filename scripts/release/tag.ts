// node scripts/release/tag.ts <folder>: tags what was published from the folder, now or by a run that failed half-way.
// Runs in a job that may write, so it uses nothing but Node.js and git.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { type Release, releaseFile } from '../lib/release.ts';

await runCommand({
  name: 'release-tag',
  summary:
    'Tags this commit with the versions in a folder of `pnpm release:pack`, and pushes the tags.',
  positionals: { name: '<folder>', description: 'The folder with release.json' },
  run(_, [folder = '']) {
    const release: Release = JSON.parse(readFileSync(join(folder, releaseFile), 'utf8'));
    const tags = release.packages.map(({ name, version }) => `${name}@${version}`);
    const known = git('ls-remote', '--tags', 'origin');
    const missing = tags.filter((tag) => !known.includes(`refs/tags/${tag}\n`));
    for (const tag of tags) {
      if (!/^@[a-z0-9-]+\/[a-z0-9-]+@\d+\.\d+\.\d+[\w.-]*$/.test(tag)) {
        throw new CommandError(`Invalid ${releaseFile}: ${JSON.stringify(tag)} is not a release.`);
      }
    }
    if (missing.length === 0) return console.log('All tags are there.');
    for (const tag of missing) git('tag', '--force', tag);
    // The tags alone, and not the branch: main may have moved since.
    git('push', 'origin', ...missing.map((tag) => `refs/tags/${tag}`));
    console.log(`Pushed ${missing.join(', ')}`);
  },
});
