// pnpm check [step …]: everything that CI asks. Runs every step, also after a failure, and sums up.
import { spawn } from 'node:child_process';
import { stripVTControlCharacters, styleText } from 'node:util';
import { CommandError, runCommand } from '../lib/cli.ts';
import { root } from '../lib/repo.ts';

interface Step {
  /** The command of package.json that does it. */
  command: string[];
  /** The command that fixes what it finds, where there is one. */
  fix?: string;
}

const steps: Record<string, Step> = {
  lint: { command: ['lint'], fix: 'pnpm format' },
  drift: { command: ['generate', '--check'], fix: 'pnpm generate' },
  types: { command: ['typecheck'] },
  boundaries: { command: ['boundaries'] },
  imports: { command: ['imports'] },
  'dead-code': { command: ['knip'] },
  packages: { command: ['packages:check'] },
  release: { command: ['spec:gate'], fix: 'pnpm spec:changeset, or pnpm changeset' },
  test: { command: ['test'] },
};

/** So many problems of a step stand in the summary; the output has all of them. */
const mostProblems = 3;

await runCommand({
  name: 'check',
  summary: 'Runs everything that CI asks, step by step, and sums up.',
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
    for (const [name, step] of Object.entries(steps))
      if (names.length === 0 || names.includes(name)) results.push(await runStep(name, step));

    console.log();
    for (const { name, ok, seconds, command, fix, problems } of results) {
      const mark = ok ? styleText('green', '✓') : styleText('red', '✗');
      const advice = fix ? `fix: ${fix}` : `again: pnpm ${command.join(' ')}`;
      const time = seconds.toFixed(1).padStart(6);
      console.log(`${mark} ${name.padEnd(12)}${time} s${ok ? '' : `  ${advice}`}`);
      for (const line of ok ? [] : problems) console.log(`    ${line}`);
    }
    process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
  },
});

interface Result extends Step {
  name: string;
  ok: boolean;
  seconds: number;
  /** The first lines of the output that begin with a place in a file. */
  problems: string[];
}

async function runStep(name: string, step: Step): Promise<Result> {
  console.log(`\n${styleText('bold', `▶ ${name}`)}  pnpm ${step.command.join(' ')}`);
  const started = performance.now();
  const child = spawn('pnpm', ['--silent', 'run', ...step.command], {
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
  const found = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /^[\w@./-]+\.\w+:\d+:\d+/.test(line));
  const problems = [...new Set(found)];
  const left = problems.length - mostProblems;
  return {
    ...step,
    name,
    ok: code === 0,
    seconds: (performance.now() - started) / 1000,
    problems: [
      ...problems.slice(0, mostProblems),
      ...(left > 0 ? [`… and ${left} more above`] : []),
    ],
  };
}
