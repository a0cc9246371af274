// pnpm release:publish [--snapshot <name>]: builds and publishes what the registry does not have yet.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from './lib/cli.ts';
import { bin, exec } from './lib/exec.ts';
import { root } from './lib/repo.ts';

await runCommand({
  name: 'release:publish',
  summary: 'Builds and publishes the versions that the registry does not have yet.',
  flags: {
    snapshot: {
      type: 'string',
      value: '<name>',
      description: 'Publish the pending changesets as a snapshot with this dist-tag',
    },
  },
  run({ snapshot }) {
    if (snapshot !== undefined && !/^[a-z][a-z0-9-]*$/.test(snapshot)) {
      throw new CommandError(
        `Invalid --snapshot ${JSON.stringify(snapshot)}: expected lower-case letters, digits and dashes, such as pr-12.`,
      );
    }
    const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md'));
    if (snapshot === undefined && pending.length > 0) {
      console.log(
        `Nothing to publish: ${pending.join(', ')} waits for the release's pull request.`,
      );
      return;
    }
    if (snapshot !== undefined) {
      if (pending.length === 0) {
        throw new CommandError('A snapshot needs a changeset. Run: pnpm changeset');
      }
      exec(bin('changeset'), ['version', '--snapshot', snapshot]);
    }
    exec(bin('turbo'), ['run', 'build', '--filter=./packages/*']);
    const tag = snapshot === undefined ? [] : ['--no-git-tag', '--tag', snapshot];
    exec(bin('changeset'), ['publish', ...tag]);
    if (snapshot === undefined && process.env['GITHUB_ACTIONS'] === 'true') {
      exec('git', ['push', '--follow-tags']);
    }
  },
});
