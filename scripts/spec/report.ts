// pnpm spec:report --base <git ref> [--out <file>]: the report of a pull request's change of the spec.
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'spec:report',
  summary: "Writes what a pull request's change of the spec means, and annotates the spec's lines.",
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      default: 'origin/main',
      description: 'What the pull request is compared with (default: origin/main)',
    },
    out: {
      type: 'string',
      value: '<file>',
      default: 'dist/comment/comment.md',
      description: 'Where the Markdown goes (default: dist/comment/comment.md)',
    },
  },
  run({ base, out }) {
    const markdown = diff(base, 'markdown');
    const file = resolve(root, out);
    writeFiles({ [file]: markdown });
    const summary = process.env['GITHUB_STEP_SUMMARY'];
    if (summary) appendFileSync(summary, markdown);
    // GitHub reads these lines from the log, and shows them beside the changed lines.
    process.stdout.write(diff(base, 'github'));
    console.log(`Wrote ${out}`);
  },
});

function diff(base: string, format: string): string {
  const script = join(root, 'scripts/spec/diff.ts');
  return execFileSync(process.execPath, [script, '--base', base, '--format', format], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
