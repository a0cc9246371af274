// pnpm release:version [--patch <file>]: what a release changes in the repository.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { setOutput } from '../lib/github.ts';
import { root } from '../lib/repo.ts';

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
  run({ patch }) {
    const pending = readdirSync(join(root, '.changeset')).some(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    setOutput('pending', String(pending));
    if (!pending) {
      console.log('No changesets: nothing to release.');
      return;
    }
    exec(bin('changeset'), ['version']);
    if (patch) {
      git('add', '--all', '.changeset', 'packages');
      writeFileSync(patch, git('diff', '--cached', '--binary'));
    }
  },
});
