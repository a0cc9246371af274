// pnpm check [step …]: everything that CI asks. Runs every step, also after a failure, and sums up.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { styleText } from 'node:util';

/** What a step is called → the command of package.json that does it. */
const steps: Record<string, string[]> = {
  lint: ['lint'],
  drift: ['generate', '--check'],
  types: ['typecheck'],
  boundaries: ['boundaries'],
  'dead-code': ['knip'],
  packages: ['packages:check'],
  release: ['spec:gate'],
  test: ['test'],
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(
    `Unknown step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`,
  );
  process.exit(2);
}

const results = Object.entries(steps)
  .filter(([name]) => named.length === 0 || named.includes(name))
  .map(([name, command]) => {
    console.log(`\n${styleText('bold', `▶ ${name}`)}  pnpm ${command.join(' ')}`);
    const started = performance.now();
    const { status } = spawnSync('pnpm', ['run', ...command], {
      cwd: resolve(import.meta.dirname, '..'),
      stdio: 'inherit',
    });
    return { name, command, ok: status === 0, seconds: (performance.now() - started) / 1000 };
  });

console.log();
for (const { name, command, ok, seconds } of results) {
  const mark = ok ? styleText('green', '✓') : styleText('red', '✗');
  const hint = ok ? '' : `  failed: pnpm ${command.join(' ')}`;
  console.log(`${mark} ${name.padEnd(12)}${seconds.toFixed(1).padStart(6)} s${hint}`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
