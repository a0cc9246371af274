// pnpm release:version [--patch <file>]: makes a release's changes in the repository.
import { resolve } from 'node:path';
import { pendingChangesets } from '../lib/changesets.ts';
import { runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { setOutput } from '../lib/github.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'release:version',
  summary: 'Turns the pending changesets into versions and changelog entries.',
  flags: {
    patch: {
      type: 'string',
      value: '<file>',
      description: 'Write the changes as a patch, for `scripts/release/pull-request.ts`',
    },
  },
  async run({ patch }) {
    const isPending = (await pendingChangesets()).length > 0;
    setOutput('pending', String(isPending));
    if (!isPending) {
      console.log('No changesets: nothing to release.');
      return;
    }
    exec(bin('changeset'), ['version']);
    if (patch) {
      git('add', '--all', '.changeset', 'packages');
      writeFiles({ [resolve(patch)]: git('diff', '--cached', '--binary') });
    }
  },
});
