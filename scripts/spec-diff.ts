// pnpm spec:diff [--base <git ref>] [--json]: what the change of the spec means for those who depend on it.
import { parseArgs, styleText } from 'node:util';
import type { Change, Verdict } from '@org/spec-diff';
import { diff } from '@org/spec-diff';
import { reporting } from './lib/cli.ts';
import { currentSide, lastRelease, sideAt } from './lib/spec.ts';

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

await reporting(async () => {
  const { values: flags } = parseArgs({
    options: { base: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const base = flags.base ?? lastRelease();
  const changes = diff(await sideAt(base), await currentSide());
  if (flags.json) console.log(JSON.stringify(changes, null, 2));
  else print(changes, base);
});
