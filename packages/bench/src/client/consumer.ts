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
import type { Tell } from '../report.ts';

const here = resolve(import.meta.dirname, '../..');

/** How a program lists users with it, for the type checker. */
const typed: Record<string, string> = {
  '@org/client':
    "import OrgClient from '@org/client';\nexport const page = await new OrgClient().admin.organization.users.list({ limit: 2 });",
  openai:
    "import OpenAI from 'openai';\nexport const page = await new OpenAI().admin.organization.users.list({ limit: 2 });",
  'openapi-fetch':
    "import create from 'openapi-fetch';\nimport type { paths } from '@org/types';\nexport const page = await create<paths>({}).GET('/organization/users', { params: { query: { limit: 2 } } });",
};

export async function typeCheck(tell: Tell): Promise<void> {
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

export async function installed(tell: Tell): Promise<void> {
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
