// pnpm spec:report --base <git ref> [--out <file>]: the report of a pull request's change of the spec.
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatGitHub } from '@org/spec-diff';
import { runCommand } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';
import { compareSpecs, markdownOf } from '../lib/spec-comparison.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'spec:report',
  summary: "Writes a report of a pull request's spec changes, and annotates the changed lines.",
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      default: 'origin/main',
      description: 'The base of the comparison (default: origin/main)',
    },
    out: {
      type: 'string',
      value: '<file>',
      default: 'dist/comment/comment.md',
      description: 'The file for the Markdown (default: dist/comment/comment.md)',
    },
  },
  async run({ base, out }) {
    // Whether each entry of spec/diff.yaml matches a change is up to `pnpm spec:gate`: the entries are about all changes
    // since the last release, and not only about those of one pull request.
    const comparison = await compareSpecs({ base, proofs: true });
    const markdown = markdownOf(comparison);
    const file = resolve(root, out);
    writeFiles({ [file]: markdown });
    const summary = process.env['GITHUB_STEP_SUMMARY'];
    if (summary) appendFileSync(summary, markdown);
    // GitHub reads these lines from the log, and shows them beside the changed lines.
    process.stdout.write(formatGitHub(comparison.report, comparison.head.locate));
    console.log(`Wrote ${out}`);
  },
});
