// node scripts/release/pull-request.ts <patch>: opens the pull request whose merge is the release, or updates it.
// Runs in a job that may write, so it uses nothing but Node.js and git.
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { github, variable } from '../lib/github.ts';

const branch = 'release';
const title = 'Release';
const body = [
  'Merging this pull request publishes the versions below.',
  'It is made from the changesets on `main`, and updated with each merge.',
].join('\n');

/** What a release may touch: versions, changelogs, and the changesets it has taken. */
const allowed = /^(packages\/[^/]+\/(package\.json|CHANGELOG\.md)|\.changeset\/[^/]+\.md)$/;

await runCommand({
  name: 'release-pull-request',
  summary:
    'Opens or updates the release pull request from a patch that `pnpm release:version` wrote.',
  positionals: { name: '<patch>', description: 'The patch' },
  async run(_, [patch = '']) {
    const touched = git('apply', '--numstat', '-z', patch)
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split('\t').at(-1) ?? '');
    const odd = touched.filter((path) => !allowed.test(path));
    if (odd.length > 0) {
      throw new CommandError(
        `Expected versions, changelogs and changesets only. The patch also touches: ${odd.join(', ')}`,
      );
    }
    git('switch', '--force-create', branch);
    git('apply', '--index', patch);
    git(
      ...['-c', 'user.name=github-actions[bot]'],
      ...['-c', 'user.email=41898282+github-actions[bot]@users.noreply.github.com'],
      ...['commit', '--message', title],
    );
    git('push', '--force', 'origin', branch);

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
