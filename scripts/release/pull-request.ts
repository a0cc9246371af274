// node scripts/release/pull-request.ts <patch>: opens the pull request whose merge is the release, or updates it.
// Runs in a job that may write, so it only uses Node.js and git.
import { resolve } from 'node:path';
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { github, variable } from '../lib/github.ts';
import { applyToTree, problemsOf } from '../lib/release-patch.ts';

const branch = 'release';
const title = 'Release';
const body = [
  'Merging this pull request publishes the versions below.',
  'It is made from the changesets on `main`, and updated with each merge.',
].join('\n');

await runCommand({
  name: 'release-pull-request',
  summary:
    'Opens or updates the release pull request from a patch that `pnpm release:version` wrote.',
  positionals: { name: '<patch>', description: 'The patch' },
  async run(_, [patch = '']) {
    const tree = apply(resolve(patch));
    // The result of the patch is checked, because a patch can express one change in several ways.
    const problems = problemsOf(tree);
    if (problems.length > 0) {
      throw new CommandError(
        `Expected versions, changelogs and changesets only. The patch also changes:\n${problems.join('\n')}`,
      );
    }
    const commit = git(
      ...['-c', 'user.name=github-actions[bot]'],
      ...['-c', 'user.email=41898282+github-actions[bot]@users.noreply.github.com'],
      ...['commit-tree', tree, '-p', 'HEAD', '-m', title],
    ).trim();
    git('push', '--force', 'origin', `${commit}:refs/heads/${branch}`);

    const [owner] = variable('GITHUB_REPOSITORY').split('/');
    const open = await github<{ number: number }[]>(
      'GET',
      `/pulls?state=open&base=main&head=${owner}:${branch}`,
    );
    if (open[0]) {
      console.log(`Updated pull request #${open[0].number}.`);
      return;
    }
    const created = await github<{ number: number }>('POST', '/pulls', {
      title,
      body,
      head: branch,
      base: 'main',
    });
    console.log(`Opened pull request #${created.number}.`);
  },
});

function apply(patch: string): string {
  try {
    return applyToTree(patch);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new CommandError(`The patch does not apply to this commit:\n${stderr.trim()}`);
  }
}
