import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { inProcess, interleave, median } from '../measure.ts';
import type { Tell } from '../report.ts';
import { medians } from '../report.ts';

const root = resolve(import.meta.dirname, '../../../..');
const worker = join(import.meta.dirname, 'worker.ts');

export async function benchPipeline(tell: Tell, quick: boolean): Promise<void> {
  await commands(tell, quick ? 2 : 5);
  await builds(tell, quick ? 2 : 5);
  await sizes(tell, quick ? [10, 100] : [10, 100, 1_000], quick ? 1 : 3);
}

/** The commands, on this repository's own spec. */
async function commands(tell: Tell, rounds: number): Promise<void> {
  const programs: Record<string, string[]> = {
    'generate --check': ['scripts/generate.ts', '--check'],
    'spec:diff': ['scripts/spec-diff.ts', '--base', 'HEAD'],
    'spec:gate': ['scripts/spec-gate.ts'],
  };
  const samples = await interleave(Object.keys(programs), rounds, (name) => {
    const started = performance.now();
    execFileSync(process.execPath, programs[name] ?? [], { cwd: root, stdio: 'ignore' });
    return performance.now() - started;
  });
  tell({ name: "The repository's own spec", unit: 'ms', values: medians(samples) });
}

async function builds(tell: Tell, rounds: number): Promise<void> {
  const turbo = join(root, 'node_modules/.bin/turbo');
  const flags: Record<string, string[]> = { cold: ['--force'], cached: [] };
  const samples = await interleave(Object.keys(flags), rounds, (name) => {
    const started = performance.now();
    execFileSync(turbo, ['run', 'build', ...(flags[name] ?? [])], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
    return performance.now() - started;
  });
  tell({ name: 'Build', unit: 'ms', values: medians(samples), against: 'cold' });
}

/** Steps on generated specs: what each operation costs must not grow with their number. */
async function sizes(tell: Tell, counts: readonly number[], rounds: number): Promise<void> {
  type Result = { times: Record<string, number>; memory: number };
  const results = new Map<number, Result[]>();
  await interleave(counts.map(String), rounds, (name) => {
    const result = inProcess<Result>(worker, [name]);
    results.set(Number(name), [...(results.get(Number(name)) ?? []), result]);
    return 0;
  });
  const table = (read: (result: Result) => number) =>
    Object.fromEntries(
      counts.map((count) => [`${count} operations`, median((results.get(count) ?? []).map(read))]),
    );
  for (const step of ['generate', 'spec:diff', 'type-check']) {
    const values = table((result) => result.times[step] ?? Number.NaN);
    const [few = 0, many = Number.NaN] = Object.values(values).slice(-2);
    const reached = many <= 15 * few;
    const goal = 'ten times the operations, at most fifteen times the time';
    tell({ name: `${step}, generated specs`, unit: 'ms', values, goal, reached });
  }
  tell({ name: 'Memory at its highest', unit: 'MB', values: table(({ memory }) => memory) });
}
