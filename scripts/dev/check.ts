// pnpm check [step …]: every check that CI runs. Runs all steps, even after a failure, and prints a summary.
import { spawn } from 'node:child_process';
import { stripVTControlCharacters, styleText } from 'node:util';
import { type Advice, adviceOn } from '../lib/advice.ts';
import { CommandError, runCommand } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';

/** The command of package.json that does each step. The first one finds out whether the spec is valid. */
const steps: Record<string, string[]> = {
  drift: ['generate', '--check'],
  lint: ['lint'],
  types: ['typecheck'],
  boundaries: ['boundaries'],
  imports: ['imports'],
  'dead-code': ['knip'],
  packages: ['packages:check'],
  release: ['spec:gate'],
  test: ['test'],
};

/** The steps that an invalid spec makes fail with the same problem. */
const needValidSpec = ['types', 'packages', 'release', 'test'];
/** And those that read it as YAML. */
const needParsedSpec = ['lint', ...needValidSpec];

await runCommand({
  name: 'check',
  summary: 'Runs every check that CI runs, and prints a summary.',
  positionals: {
    name: '[step …]',
    description: `Only these steps: ${Object.keys(steps).join(', ')}`,
  },
  examples: ['pnpm check', 'pnpm check lint types'],
  async run(_, names) {
    const unknown = names.filter((name) => !(name in steps));
    if (unknown.length > 0) {
      const known = Object.keys(steps).join(', ');
      throw new CommandError(`Unknown step: ${unknown.join(', ')}. Expected one of: ${known}.`);
    }
    const results: Result[] = [];
    let skipped: readonly string[] = [];
    for (const [name, command] of Object.entries(steps)) {
      if (names.length > 0 && !names.includes(name)) continue;
      if (skipped.includes(name)) continue;
      const result = await runStep(name, command);
      results.push(result);
      if (name === 'drift') skipped = stepsWithout(result.output);
    }
    skipped = skipped.filter((name) => names.length === 0 || names.includes(name));

    console.log();
    for (const { name, seconds, advice } of results) {
      const mark = advice ? styleText('red', '✗') : styleText('green', '✓');
      const time = seconds.toFixed(1).padStart(6);
      console.log(`${mark} ${name.padEnd(12)}${time} s${advice ? `  ${advice.text}` : ''}`);
      for (const line of advice?.problems ?? []) console.log(`    ${line}`);
    }
    if (skipped.length > 0)
      console.log(`Skipped, because the spec is invalid: ${skipped.join(', ')}`);
    process.exitCode = results.some(({ advice }) => advice) ? 1 : 0;
  },
});

/** The steps to skip after the drift step has printed this: they would fail with the same problem. */
function stepsWithout(output: string): readonly string[] {
  if (!/^Invalid spec /m.test(output)) return [];
  return /\((?:syntax|unreadable)\)$/m.test(output) ? needParsedSpec : needValidSpec;
}

interface Result {
  name: string;
  seconds: number;
  /** What it printed, without colors. */
  output: string;
  /** The fix, if it failed. */
  advice: Advice | undefined;
}

async function runStep(name: string, command: string[]): Promise<Result> {
  console.log(`\n${styleText('bold', `▶ ${name}`)}  pnpm ${command.join(' ')}`);
  const started = performance.now();
  const child = spawn('pnpm', ['--silent', 'run', ...command], {
    cwd: root,
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  let output = '';
  for (const [stream, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      target.write(chunk);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  const text = stripVTControlCharacters(output);
  return {
    name,
    seconds: (performance.now() - started) / 1000,
    output: text,
    advice: code === 0 ? undefined : adviceOn(`pnpm ${command.join(' ')}`, text),
  };
}
