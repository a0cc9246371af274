// pnpm spec:diff [--base <git ref>] [--json]: what the change of the spec means for those who depend on it.
import { styleText } from 'node:util';
import type { Change, Verdict } from '@org/spec-diff';
import { diff } from '@org/spec-diff';
import { runCommand } from './lib/cli.ts';
import { lastRelease } from './lib/git.ts';
import { currentSpec, specAt } from './lib/spec.ts';

const colors: Record<Verdict, 'red' | 'green' | 'dim'> = {
  breaking: 'red',
  addition: 'green',
  none: 'dim',
};

function print(changes: readonly Change[], base: string | undefined): void {
  const since = base ?? 'the beginning: there is no release yet';
  if (changes.length === 0) {
    console.log(`The spec says the same as ${since}.`);
    return;
  }
  console.log(`Since ${since}:\n`);
  for (const { verdict, place, message } of changes) {
    console.log(`${styleText(colors[verdict], verdict.padEnd(8))}  ${place}\n          ${message}`);
  }
  const count = (verdict: Verdict) => changes.filter((each) => each.verdict === verdict).length;
  console.log(
    `\n${count('breaking')} breaking, ${count('addition')} additions, ${count('none')} without effect.`,
  );
}

await runCommand({
  name: 'spec:diff',
  summary: 'Reports what the change of the spec means for the users of the packages.',
  flags: {
    base: {
      type: 'string',
      value: '<git ref>',
      description: 'Compare with this commit, tag or branch (default: the last release)',
    },
    json: { type: 'boolean', description: 'Print the changes as JSON' },
  },
  async run(flags) {
    const base = flags.base ?? lastRelease();
    const changes = diff(await specAt(base), await currentSpec());
    if (flags.json) console.log(JSON.stringify(changes, null, 2));
    else print(changes, base);
  },
});
