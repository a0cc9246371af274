// pnpm test [package …]: runs the packages' test suites, and ends with one total.
import { spawn } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasTestedSpec, useSpecForTests } from '@org/test-suite/test-workspace';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { readManifest, root } from '../lib/repo.ts';
import { formatFailures, formatTotals, type Report, readReport, sum } from '../lib/reports.ts';
import { isAdopted, runInTestWorkspace } from '../lib/test-workspace.ts';
import { turbo as runTask } from '../lib/turbo.ts';

await runCommand({
  name: 'test',
  summary: "Builds stale packages, runs every package's tests, and prints the total.",
  flags: {
    force: { type: 'boolean', description: 'Also run tests whose result is cached' },
    'use-spec': {
      type: 'boolean',
      description: 'Makes spec/ the document that the tests are written for',
    },
  },
  positionals: { name: '[package …]', description: 'Only these packages: client, mock, scripts …' },
  examples: ['pnpm test', 'pnpm test client mock'],
  async run(flags, names) {
    if (flags['use-spec']) useSpecForTests();
    const suites = selectSuites(names);
    const force = flags.force ?? false;
    if (hasTestedSpec()) await testHere(suites, force);
    else await testOtherSpec(suites, force);
  },
});

async function testHere(suites: readonly Suite[], force: boolean): Promise<void> {
  const started = performance.now();
  for (const { report } of suites) rmSync(join(root, report), { force: true });

  const run = turbo(suites, force);
  const width = Math.max(...suites.map(({ name }) => name.length));
  const reports: Report[] = [];
  const waiting = new Set(suites);
  while (waiting.size > 0) {
    // Read again after the end: the last report may be written between two reads.
    const isOver = run.output !== undefined;
    for (const suite of waiting) {
      const report = tryReading(suite.report);
      if (!report) continue;
      waiting.delete(suite);
      reports.push(report);
      console.log(`${suite.name.padEnd(width)}  ${formatTotals(report)}`);
    }
    if (isOver) break;
    await Promise.race([sleep(200), run.ended]);
  }
  const code = await run.ended;

  if (code !== 0) {
    console.log(`\n${run.output ?? ''}`);
    for (const { name } of waiting) console.log(`${name}: no report; its output is above.`);
    // After the output of all tests: in it, a message is hard to find.
    console.log(formatFailures(reports.flatMap(({ failures }) => failures)));
    if (suites.length > 1) console.log('To run one package alone: pnpm test <package>');
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${formatTotals(sum(reports))} (${seconds} s)`);
  if (code !== 0) process.exitCode = 1;
}

/**
 * Runs the tests of what `spec/` has now here: every method against the mock, and the comparison with the official
 * package. All others run in a copy with the document that they were written for.
 */
async function testOtherSpec(suites: readonly Suite[], force: boolean): Promise<void> {
  const isCompared = !isAdopted();
  const here = suites.filter(({ name }) => isCompared && name === 'types');
  const there = suites.filter((suite) => !here.includes(suite)).map(({ name }) => name);
  if (here.length > 0) await testHere(here, force);
  if (there.length === 0) return;
  runTask('build', ['client', 'mock']);
  const args = ['run', '--config', 'vitest.document.config.ts'];
  try {
    exec(bin('vitest', 'scripts'), args, { cwd: join(root, 'scripts') });
  } finally {
    runInTestWorkspace('dev/test.ts', [...(force ? ['--force'] : []), ...there]);
    if (isCompared)
      console.log('\nIf you have updated the tests for your edit of spec/: pnpm test --use-spec');
  }
}

interface Suite {
  /** Name of the package's folder. */
  name: string;
  /** Name of the package. */
  filter: string;
  /** The path of its report. */
  report: string;
}

function selectSuites(names: readonly string[]): Suite[] {
  const all = globSync('{packages/*,scripts}', { cwd: root })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.scripts?.['test'] !== undefined)
    .map(({ folder, manifest }) => {
      const name = basename(folder);
      return { name, filter: manifest.name, report: `${folder}/reports/${name}.json` };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const unknown = names.filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new CommandError(`Unknown package: ${unknown.join(', ')}. Expected one of: ${known}.`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** Starts the suites. `output` is the output of failed tasks, once the run has ended. */
function turbo(suites: readonly Suite[], force: boolean) {
  const filters = suites.map(({ filter }) => `--filter=${filter}`);
  const flags = [
    '--output-logs=errors-only',
    '--log-prefix=none',
    // One suite per core: each has its own workers, and tests that wait for processes would time out.
    '--concurrency=100%',
    // A failure in one package must not hide the reports of others.
    '--continue=dependencies-successful',
    ...(force ? ['--force'] : []),
  ];
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const child = spawn(bin('turbo'), ['run', 'test', ...filters, ...flags], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...color },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const run: { ended: Promise<number>; output?: string } = {
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        run.output = output;
        resolve(code ?? 1);
      });
    }),
  };
  return run;
}

function tryReading(path: string): Report | undefined {
  try {
    return readReport(path);
  } catch {
    // Not there yet, or half written.
    return undefined;
  }
}
