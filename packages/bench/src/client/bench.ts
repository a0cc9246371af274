import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { inProcess, interleave, median } from '../measure.ts';
import type { Tell } from '../report.ts';
import { medians } from '../report.ts';
import { contenders } from './contenders.ts';

const here = resolve(import.meta.dirname, '..', '..');
const worker = join(import.meta.dirname, 'worker.ts');

/** How a program imports each contender, and makes a client of it. */
const programs: Record<string, string> = {
  '@org/client': "import { OrgClient } from '@org/client'; new OrgClient({ adminAPIKey: 'x' });",
  openai: "import { OpenAI } from 'openai'; new OpenAI({ adminAPIKey: 'x' });",
  'openapi-fetch': "import create from 'openapi-fetch'; create({ baseUrl: 'https://a.test' });",
  ky: "import ky from 'ky'; ky.create({ prefix: 'https://a.test' });",
};

/** How a program lists users with it, for the type checker. */
const typed: Record<string, string> = {
  '@org/client':
    "import OrgClient from '@org/client';\nexport const page = await new OrgClient().admin.organization.users.list({ limit: 2 });",
  openai:
    "import OpenAI from 'openai';\nexport const page = await new OpenAI().admin.organization.users.list({ limit: 2 });",
  'openapi-fetch':
    "import create from 'openapi-fetch';\nimport type { paths } from '@org/types';\nexport const page = await create<paths>({}).GET('/organization/users', { params: { query: { limit: 2 } } });",
};

export async function benchClient(tell: Tell, quick: boolean): Promise<void> {
  const rounds = quick ? 3 : 11;
  await bundleSize(tell);
  await bundleParts(tell);
  await coldStart(tell, rounds);
  await cpuPerCall(tell, rounds, quick ? 2_000 : 10_000);
  await walk(tell, quick ? 3 : 7, quick ? 200 : 1_000);
  await prefetch(tell, rounds);
  await typeCheck(tell);
  await installed(tell);
}

async function bundleSize(tell: Tell): Promise<void> {
  const values: Record<string, number> = {};
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: here },
      ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'neutral' },
      mainFields: ['module', 'main'],
      conditions: ['import'],
      external: ['node:*'],
    });
    values[name] = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  }
  const reached = (values['@org/client'] ?? Number.NaN) <= 9_200;
  const note = 'esbuild, minified, gzip -9';
  tell({ name: 'Bundle', unit: 'B', values, against: 'openai', goal: '≤ 9,200 B', reached, note });
}

/** What the bundle is made of: minified bytes of each source file, the largest first. */
async function bundleParts(tell: Tell): Promise<void> {
  const { metafile } = await build({
    entryPoints: [resolve(here, '../client/src/index.ts')],
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'neutral' },
    mainFields: ['module', 'main'],
    metafile: true,
    outdir: here,
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output?.inputs ?? {})
    .map(([path, { bytesInOutput }]): [string, number] => [
      /openapi-fetch|[\w-]+\.\w+$/.exec(path)?.[0] ?? path,
      bytesInOutput,
    ])
    // The build writes the version in the place of the manifest.
    .filter(([name, size]) => size > 0 && name !== 'package.json')
    .sort(([, a], [, b]) => b - a);
  const note = 'minified, before gzip';
  tell({ name: 'Bundle, part by part', unit: 'B', values: Object.fromEntries(parts), note });
}

async function coldStart(tell: Tell, rounds: number): Promise<void> {
  const all: Record<string, string> = { floor: '', ...programs };
  const samples = await interleave(Object.keys(all), rounds, (name) => {
    const args = ['--input-type=module', '-e', all[name] ?? ''];
    const started = performance.now();
    execFileSync(process.execPath, args, { cwd: here });
    return performance.now() - started;
  });
  const values = medians(samples);
  const reached = (values['@org/client'] ?? Number.NaN) <= 1.25 * (values['floor'] ?? 0);
  const goal = '≤ 1.25 × floor';
  tell({
    name: 'Cold process: import, construct',
    unit: 'ms',
    values,
    against: 'floor',
    goal,
    reached,
  });
}

/** The calls that are measured, as the figure is called. The list has a query: a limit and two addresses. */
const calls = {
  list: 'CPU per call, 20-user page',
  retrieve: 'CPU per retrieve',
  update: 'CPU per update',
};

async function cpuPerCall(tell: Tell, rounds: number, count: number): Promise<void> {
  for (const [task, name] of Object.entries(calls)) {
    const samples = await interleave(contenders, rounds, (contender) =>
      inProcess<number>(worker, [task, contender, String(count)]),
    );
    const values = medians(samples);
    const figure = { name, unit: 'µs', values, against: 'floor' };
    if (task !== 'list') tell(figure);
    else {
      const reached = (values['@org/client'] ?? Number.NaN) <= 1.8 * (values['floor'] ?? 0);
      tell({ ...figure, goal: '≤ 1.8 × floor', reached, note: 'with a limit and two addresses' });
    }
  }
}

async function walk(tell: Tell, rounds: number, pages: number): Promise<void> {
  const memory: Record<string, number[]> = {};
  const samples = await interleave(contenders, rounds, (name) => {
    const args = ['walk', name, String(pages)];
    const result = inProcess<{ time: number; memory: number }>(worker, args, ['--expose-gc']);
    memory[name] = [...(memory[name] ?? []), result.memory];
    return result.time;
  });
  const times = medians(samples);
  const time = (times['@org/client'] ?? Number.NaN) / (times['floor'] ?? Number.NaN);
  const name = `${pages.toLocaleString('en')} pages × 100 users`;
  tell({
    name,
    unit: 'ms',
    values: times,
    against: 'floor',
    goal: '≤ 1.25 × floor',
    reached: time <= 1.25,
  });
  const values = Object.fromEntries(
    Object.entries(memory).map(([key, each]) => [key, median(each)]),
  );
  const more = (values['@org/client'] ?? Number.NaN) - (values['floor'] ?? 0);
  const goal = '≤ floor + 2 MB';
  tell({ name: `${name}: memory`, unit: 'MB', values, goal, reached: more <= 2 });
}

/** A server and a consumer that take as long as each other, with and without asking ahead. */
async function prefetch(tell: Tell, rounds: number): Promise<void> {
  const { OrgClient } = await import('@org/client');
  const { createMock } = await import('@org/mock');
  const mock = createMock({ data: { users: 200 }, latency: 20 });
  const client = new OrgClient({ adminAPIKey: 'x', fetch: mock.fetch });
  const samples = await interleave(['without prefetch', 'with prefetch'], rounds, async (name) => {
    const started = performance.now();
    const ahead = name === 'with prefetch' ? { prefetch: true } : {};
    const first = await client.admin.organization.users.list({ limit: 10 }, ahead);
    for await (const page of first.iterPages()) {
      if (page.data.length === 0) throw new Error('An empty page.');
      await new Promise((done) => setTimeout(done, 20));
    }
    return performance.now() - started;
  });
  const values = medians(samples);
  const gain = (values['without prefetch'] ?? 0) / (values['with prefetch'] ?? Number.NaN);
  const note = `${gain.toFixed(2)} × the speed`;
  const name = '20 pages, server and consumer 20 ms each';
  tell({ name, unit: 'ms', values, goal: '≥ 1.8 × the speed', reached: gain >= 1.8, note });
}

async function typeCheck(tell: Tell): Promise<void> {
  const folder = join(here, 'dist', 'typecheck');
  const measured: Record<string, Record<string, number>> = {};
  for (const [name, program] of Object.entries({ empty: 'export {};', ...typed })) {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'program.mts');
    writeFileSync(file, program);
    const options =
      '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom --skipLibCheck --extendedDiagnostics --ignoreConfig';
    const output = execFileSync(
      join(here, 'node_modules/.bin/tsc'),
      [file, ...options.split(' '), '--types', ''],
      { cwd: here, encoding: 'utf8' },
    );
    const read = (label: string) =>
      Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1]);
    measured[name] = {
      Files: read('Files'),
      'Lines of Definitions': read('Lines of Definitions') || read('Lines'),
      Instantiations: read('Instantiations'),
    };
    rmSync(folder, { recursive: true });
  }
  const { empty = {}, ...others } = measured;
  const goals: Record<string, number> = {
    Files: 12,
    'Lines of Definitions': 1_500,
    Instantiations: 1_000,
  };
  for (const [label, goal] of Object.entries(goals)) {
    const values = Object.fromEntries(
      Object.entries(others).map(([name, counts]) => [
        name,
        (counts[label] ?? 0) - (empty[label] ?? 0),
      ]),
    );
    const reached = (values['@org/client'] ?? Number.NaN) <= goal;
    const name = `A consumer's tsc: ${label.toLowerCase()}, beyond an empty file`;
    tell({ name, unit: '', values, goal: `≤ ${goal.toLocaleString('en')}`, reached });
  }
}

async function installed(tell: Tell): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const counts: Record<string, number> = {};
  const sizes: Record<string, number> = {};
  try {
    const root = resolve(here, '../..');
    execFileSync('pnpm', ['--filter', '@org/client', 'pack', '--pack-destination', folder], {
      cwd: root,
      stdio: 'ignore',
    });
    const tarballs = readdirSync(folder).map((file) => join(folder, file));
    const version = (name: string): string =>
      JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version;
    const wanted: Record<string, string[]> = {
      '@org/client': tarballs,
      openai: [`openai@${version('openai')}`],
      'openapi-fetch': [`openapi-fetch@${version('openapi-fetch')}`],
    };
    for (const [name, specs] of Object.entries(wanted)) {
      const home = join(folder, name.replace('/', '-'));
      mkdirSync(home);
      writeFileSync(join(home, 'package.json'), '{ "private": true }');
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...specs], {
        cwd: home,
        stdio: 'ignore',
      });
      const lock = execFileSync('npm', ['ls', '--all', '--parseable'], {
        cwd: home,
        encoding: 'utf8',
      });
      counts[name] = lock.trim().split('\n').length - 1;
      sizes[name] = sizeOf(join(home, 'node_modules')) / 1000;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const own = '@org/client';
  tell({
    name: 'Installed packages',
    unit: '',
    values: counts,
    goal: '≤ 3',
    reached: (counts[own] ?? 9) <= 3,
  });
  const reached = (sizes[own] ?? Number.NaN) <= 600;
  tell({
    name: 'Installed size',
    unit: 'kB',
    values: sizes,
    against: 'openai',
    goal: '≤ 600 kB',
    reached,
  });
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
