import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { addCollection, type Spec } from '@org/test-suite/growth';
import { parse, stringify } from 'yaml';
import { inProcess, interleave, median } from '../measure.ts';
import type { Tell } from '../report.ts';
import { medians } from '../report.ts';
import { specOf } from './generator.ts';

const root = resolve(import.meta.dirname, '../../../..');
const worker = join(import.meta.dirname, 'worker.ts');
const unionsWorker = join(import.meta.dirname, 'unions-worker.ts');

export async function benchPipeline(tell: Tell, quick: boolean): Promise<void> {
  await commands(tell, quick ? 2 : 5);
  await largeDiffs(tell, quick ? 1 : 3);
  await builds(tell, quick ? 2 : 5);
  await growth(tell, quick ? 1 : 3);
  await sizes(tell, quick ? [10, 100] : [10, 100, 1_000], quick ? 1 : 3);
  unions(tell, quick ? [100, 200] : [200, 400]);
}

/** The commands, on this repository's own spec. */
async function commands(tell: Tell, rounds: number): Promise<void> {
  const values = await timed(rounds, process.execPath, {
    'generate --check': ['scripts/spec/generate.ts', '--check'],
    'spec:diff': ['scripts/spec/diff.ts', '--base', 'HEAD'],
    'spec:gate': ['scripts/spec/gate.ts'],
  });
  tell({ name: "The repository's own spec", unit: 'ms', values });
}

/** `pnpm spec:diff` as a whole, on a document of 1,000 operations. */
async function largeDiffs(tell: Tell, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'));
  try {
    const write = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };
    const text = stringify(specOf(1_000), { aliasDuplicateObjects: false });
    const base = write('base.yaml', text);
    const bound = write('bound.yaml', text.replace('maximum: 100', 'maximum: 50'));
    const added = 'hint:\n          type: string\n        message:';
    const shared = write('shared.yaml', text.replace('message:', added));
    const flags = (head: string, format: string) => [
      ...['scripts/spec/diff.ts', '--base', base, '--head', head, '--format', format],
    ];
    const values = await timed(rounds, process.execPath, {
      'a bound, text': flags(bound, 'text'),
      'a bound, github': flags(bound, 'github'),
      'a shared schema, text': flags(shared, 'text'),
      'a shared schema, github': flags(shared, 'github'),
    });
    const reached = Math.max(...Object.values(values)) <= 5_000;
    const goal = '≤ 5,000 ms each';
    tell({ name: 'spec:diff, 1,000 operations', unit: 'ms', values, goal, reached });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function builds(tell: Tell, rounds: number): Promise<void> {
  const turbo = join(root, 'node_modules/.bin/turbo');
  const values = await timed(rounds, turbo, {
    cold: ['run', 'build', '--force'],
    cached: ['run', 'build'],
  });
  tell({ name: 'Build', unit: 'ms', values, against: 'cold' });
}

/** Milliseconds that a program takes with each of these arguments. */
async function timed(
  rounds: number,
  program: string,
  runs: Record<string, string[]>,
): Promise<Record<string, number>> {
  const samples = await interleave(Object.keys(runs), rounds, (name) => {
    const started = performance.now();
    execFileSync(program, runs[name] ?? [], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
    return performance.now() - started;
  });
  return medians(samples);
}

/** `pnpm generate` and `pnpm build` after operations were added to this repository's spec: without a cache. */
async function growth(tell: Tell, rounds: number): Promise<void> {
  const counts = [60, 120, 240];
  const clones = new Map(counts.map((count) => [`${count} operations`, grownClone(count)]));
  try {
    const samples = await interleave([...clones.keys()], rounds, (name) => {
      const clone = clones.get(name);
      if (!clone) throw new Error(`No clone has ${name}.`);
      const started = performance.now();
      const generated = clone.script('spec/generate.ts');
      if (generated.code !== 0) throw new Error(generated.stderr);
      const packages = ['--filter=@org/client', '--filter=@org/mock'];
      clone.exec('.', 'turbo', 'run', 'build', '--force', ...packages);
      return (performance.now() - started) / 1_000;
    });
    const values = medians(samples);
    const [, some = Number.NaN, many = Number.NaN] = Object.values(values);
    tell({
      name: 'generate + build, operations added to the spec',
      unit: 's',
      values,
      goal: '120 operations in less than 20 s, and 240 in at most twice the time',
      reached: some < 20 && many <= 2 * some,
    });
  } finally {
    for (const clone of clones.values()) clone.remove();
  }
}

/** A clone whose spec has so many operations more, in collections of five. */
function grownClone(operations: number): Clone {
  const clone = new Clone();
  const spec: Spec = parse(clone.read('spec/openapi.yaml'));
  for (let i = 0; i < operations / 5; i += 1) {
    const name = `gadgets${i}`;
    addCollection(spec, {
      id: `admin.organization.${name}`,
      path: `/organization/${name}`,
      type: `Gadget${i}`,
    });
  }
  clone.write('spec/openapi.yaml', stringify(spec));
  return clone;
}

/** Steps on generated specs: the time per operation must not grow with the number of operations. */
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

/** CPU time of each step, and the memory of all, for schemas that are unions of unions. */
function unions(tell: Tell, counts: readonly number[]): void {
  for (const count of counts) {
    const { times, memory } = inProcess<{ times: Record<string, number>; memory: number }>(
      unionsWorker,
      [String(count)],
    );
    const name = `${count} schemas that are unions of unions`;
    const reached = (times['generate'] ?? Number.NaN) <= 30_000;
    tell({ name, unit: 'ms of CPU', values: times, goal: 'generate ≤ 30,000 ms', reached });
    const values = { 'all steps': memory };
    const isSmall = memory <= 700;
    tell({ name: `${name}: memory`, unit: 'MB', values, goal: '≤ 700 MB', reached: isSmall });
  }
}
