// node scripts/dev/pr-comment.ts <section> <file>: keeps one comment on a pull request up to date.
// Runs in a job that may comment, on the output of an untrusted job: the file is data, and its size is bounded.
import { existsSync, readFileSync } from 'node:fs';
import { CommandError, runCommand } from '../lib/cli.ts';
import { mergeSection } from '../lib/comment.ts';
import { github, variable } from '../lib/github.ts';

interface Event {
  workflow_run: {
    head_sha: string;
    head_branch: string;
    head_repository: { owner: { login: string } };
  };
}
interface PullRequest {
  number: number;
  head: { sha: string };
}
interface Comment {
  id: number;
  body: string;
  user: { type: string };
}

await runCommand({
  name: 'pr-comment',
  summary:
    'Puts a report into its section of the one comment on the pull request of a workflow run.',
  positionals: { name: '<section> <file>', description: 'Section (spec, snapshot) and report' },
  async run(_, [section = '', file = '']) {
    if (!['spec', 'snapshot'].includes(section)) {
      throw new CommandError(`Unknown section ${JSON.stringify(section)}: spec or snapshot.`);
    }
    if (!existsSync(file)) {
      console.log(`No ${file}: nothing to report.`);
      return;
    }
    const { workflow_run: run }: Event = JSON.parse(
      readFileSync(variable('GITHUB_EVENT_PATH'), 'utf8'),
    );
    // Found by GitHub's data about the run, because the report could name any pull request.
    const head = encodeURIComponent(`${run.head_repository.owner.login}:${run.head_branch}`);
    const open = await github<PullRequest[]>('GET', `/pulls?state=open&head=${head}`);
    const pullRequest = open.find((each) => each.head.sha === run.head_sha);
    if (!pullRequest) {
      console.log(`No open pull request at ${run.head_sha}: the branch has newer commits.`);
      return;
    }
    const comments = `/issues/${pullRequest.number}/comments`;
    const existing = await findComment(comments);
    const body = mergeSection(existing?.body ?? '', section, readFileSync(file, 'utf8'));
    if (existing?.body === body) return;
    if (existing) await github('PATCH', `/issues/comments/${existing.id}`, { body });
    else await github('POST', comments, { body });
    console.log(`Commented on #${pullRequest.number}.`);
  },
});

async function findComment(path: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const comments = await github<Comment[]>('GET', `${path}?per_page=100&page=${page}`);
    const own = comments.find(
      ({ user, body }) => user.type === 'Bot' && body.startsWith('<!-- pr-report -->'),
    );
    if (own || comments.length < 100) return own;
  }
}
