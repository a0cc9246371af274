// pnpm check [step …]: everything that CI asks. Runs every step, also after a failure, and sums up.
import { spawnSync } from 'node:child_process';
import { styleText } from 'node:util';
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

await runCommand({
  name: 'check',
  summary: 'Runs everything that CI asks, step by step, and sums up.',
  positionals: {
    name: '[step …]',
    description: `Only these steps: ${Object.keys(steps).join(', ')}`,
  },
  examples: ['pnpm check', 'pnpm check lint types'],
  run(_, names) {
    const unknown = names.filter((name) => !(name in steps));
    if (unknown.length > 0) {
      const known = Object.keys(steps).join(', ');
      throw new CommandError(`Unknown step: ${unknown.join(', ')}. Expected one of: ${known}.`);
    }
    const results = Object.entries(steps)
      .filter(([name]) => names.length === 0 || names.includes(name))
      .map(([name, step]) => ({ name, ...step, ...runStep(name, step) }));

    console.log();
    for (const { name, ok, seconds, command, fix } of results) {
      const mark = ok ? styleText('green', '✓') : styleText('red', '✗');
      const advice = fix ? `fix: ${fix}` : `again: pnpm ${command.join(' ')}`;
      const time = seconds.toFixed(1).padStart(6);
      console.log(`${mark} ${name.padEnd(12)}${time} s${ok ? '' : `  ${advice}`}`);
    }
    process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
  },
});

function runStep(name: string, { command }: Step): { ok: boolean; seconds: number } {
  console.log(`\n${styleText('bold', `▶ ${name}`)}  pnpm ${command.join(' ')}`);
  const started = performance.now();
  const { status, error } = spawnSync('pnpm', ['--silent', 'run', ...command], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) console.error(error.message);
  return { ok: status === 0, seconds: (performance.now() - started) / 1000 };
}
