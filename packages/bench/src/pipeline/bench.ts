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

export async function benchPipeline(tell: Tell, quick: boolean): Promise<void> {
  await commands(tell, quick ? 2 : 5);
  await largeDiffs(tell, quick ? 1 : 3);
  await builds(tell, quick ? 2 : 5);
  await growth(tell, quick ? 1 : 3);
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

/** `pnpm spec:diff` as a whole, on a document of 1,000 operations. */
async function largeDiffs(tell: Tell, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spec-diff-'));
  try {
    const before = specOf(1_000);
    const text = stringify(before, { aliasDuplicateObjects: false });
    const heads: Record<string, string> = {
      'one breaking change': text.replace('maximum: 100', 'maximum: 50'),
      'a property more in a shared schema': text.replace(
        'message:',
        'hint:\n          type: string\n        message:',
      ),
    };
    const path = (name: string) => join(folder, `${name}.yaml`);
    writeFileSync(path('base'), text);
    for (const [name, head] of Object.entries(heads)) writeFileSync(path(name), head);
    const formats = ['text', 'github'];
    const names = Object.keys(heads).flatMap((head) =>
      formats.map((format) => `${head}, ${format}`),
    );
    const samples = await interleave(names, rounds, (name) => {
      const [head = '', format = ''] = name.split(', ');
      const started = performance.now();
      const flags = ['--base', path('base'), '--head', path(head), '--format', format];
      execFileSync(process.execPath, ['scripts/spec-diff.ts', ...flags], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      return (performance.now() - started) / 1_000;
    });
    const values = medians(samples);
    const reached = Math.max(...Object.values(values)) <= 5;
    tell({ name: 'spec:diff, 1,000 operations', unit: 's', values, goal: '≤ 5 s each', reached });
  } finally {
    rmSync(folder, { recursive: true });
  }
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

/** `pnpm generate` and `pnpm build` after operations were added to this repository's spec: nothing comes from a cache. */
async function growth(tell: Tell, rounds: number): Promise<void> {
  const counts = [60, 120, 240];
  const clones = new Map(counts.map((count) => [`${count} operations`, grownClone(count)]));
  try {
    const samples = await interleave([...clones.keys()], rounds, (name) => {
      const clone = clones.get(name);
      if (!clone) throw new Error(`No clone has ${name}.`);
      const started = performance.now();
      const generated = clone.script('generate.ts');
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
