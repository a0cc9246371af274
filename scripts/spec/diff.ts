// pnpm spec:diff [--base <git ref | file>] [--head <git ref | file>]: reports the effect of spec changes.
import { styleText } from 'node:util';
import {
  type Change,
  effectiveVerdict,
  formatGitHub,
  formatJSON,
  formatText,
  type Verdict,
} from '@org/spec-diff';
import { CommandError, runCommand } from '../lib/cli.ts';
import { explainProblems, settingsPath } from '../lib/diff-settings.ts';
import { type Comparison, compareSpecs, markdownOf } from '../lib/spec-comparison.ts';

const colors: Record<Verdict, 'red' | 'green' | 'dim'> = {
  breaking: 'red',
  addition: 'green',
  none: 'dim',
};

const formats: Record<string, (comparison: Comparison) => string> = {
  text: ({ report, since, base }) => {
    if (base === undefined) return 'Nothing is committed yet: the whole API is new.\n';
    return formatText(report, since, (verdict, text) => styleText(colors[verdict], text));
  },
  json: ({ report }) => formatJSON(report),
  markdown: (comparison) => markdownOf(comparison),
  github: ({ report, head }) => formatGitHub(report, head.locate),
};

await runCommand({
  name: 'spec:diff',
  summary: 'Reports the effect of spec changes on users of the spec, the client and the mock.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref | file>',
      description:
        'Compare with this spec (default: the last release; before it, the merge base with the main branch)',
    },
    head: {
      type: 'string',
      value: '<git ref | file>',
      description: 'The spec to compare (default: the working tree)',
    },
    root: {
      type: 'string',
      value: '<folder>',
      description: 'The folder that specs may refer to (default: the folder of each spec)',
    },
    config: {
      type: 'string',
      value: '<file>',
      description: `Policies and accepted changes (default: ${settingsPath}; for other specs, none)`,
    },
    path: {
      type: 'string',
      value: '<path>',
      multiple: true,
      description:
        'Only changes that reach operations on this path, where * matches any text; may be repeated',
    },
    'ignore-extension': {
      type: 'string',
      value: '<name>',
      multiple: true,
      description:
        'Leave out changes of this extension, such as x-internal or x-aws-*; may be repeated',
    },
    format: {
      type: 'string',
      value: '<format>',
      description: `One of ${Object.keys(formats).join(', ')} (default: text)`,
    },
    'fail-on': {
      type: 'string',
      value: '<verdict>',
      description:
        'Exit with 1 if a change is breaking, or at least an addition, or any (none); accepted changes are additions',
    },
    json: { type: 'boolean', description: 'The same as --format json' },
  },
  examples: [
    'pnpm spec:diff --base main',
    'pnpm spec:diff --base old.yaml --head new.json',
    'pnpm spec:diff --base v1.0.0:api/openapi.yaml --format markdown',
    "pnpm spec:diff --base old.yaml --head new.yaml --path '/users*' --fail-on breaking",
  ],
  async run(flags) {
    const name = flags.format ?? (flags.json ? 'json' : 'text');
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (!format) {
      throw new CommandError(
        `Unknown format ${JSON.stringify(name)}. Expected one of: ${Object.keys(formats).join(', ')}.`,
      );
    }
    const failOn = flags['fail-on'];
    if (failOn !== undefined && !Object.hasOwn(colors, failOn)) {
      throw new CommandError(
        `Unknown verdict ${JSON.stringify(failOn)}. Expected one of: ${Object.keys(colors).join(', ')}.`,
      );
    }
    const comparison = await compareSpecs({
      ...flags,
      paths: flags.path,
      ignoreExtensions: flags['ignore-extension'],
      proofs: name === 'json' || name === 'markdown',
    });
    const { report, isDefault, since } = comparison;
    if (name === 'json' && isDefault) console.error(`Compared with ${since}.`);
    if (name === 'json') for (const note of report.notes) console.error(`Note: ${note}`);
    process.stdout.write(format(comparison));
    const isAsBad = (change: Change) => isAtLeast(effectiveVerdict(change), failOn ?? '');
    if (failOn !== undefined && report.changes.some(isAsBad)) process.exitCode = 1;
    // After the report, which has the fingerprints.
    if (report.problems.length > 0)
      throw new CommandError(explainProblems(report.problems, flags.config));
  },
});

/** Verdicts are listed from the worst to the least. */
function isAtLeast(verdict: Verdict, limit: string): boolean {
  const order = Object.keys(colors);
  return order.indexOf(verdict) <= order.indexOf(limit);
}
