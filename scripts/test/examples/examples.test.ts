import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';

// Each example as a stranger has it: a folder outside of the workspace, with the packages that would be published.

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  /** Programs that the example needs beside Node.js. */
  needs?: string[];
}

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
const source = join(root, 'examples');
const names = readdirSync(source).filter((name) => existsSync(join(source, name, 'package.json')));
const tarballs: Record<string, string> = {};
const path = [
  dirname(process.execPath),
  // Nothing of the workspace is on the way: an example has what it installs.
  ...(process.env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.startsWith(root)),
].join(delimiter);
const environment = Object.fromEntries(
  ['HOME', 'TMPDIR', 'LANG', 'CI', 'NODE_EXTRA_CA_CERTS', 'NPM_CONFIG_USERCONFIG', 'SCREENSHOT']
    .map((name) => [name, process.env[name]])
    .filter(([, value]) => value !== undefined),
);

beforeAll(() => {
  for (const name of ['client', 'mock']) {
    const home = join(folder, 'tarballs', name);
    execFileSync('pnpm', ['--filter', `@org/${name}`, 'pack', '--pack-destination', home], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [file = ''] = readdirSync(home);
    tarballs[`@org/${name}`] = `file:${join(home, file)}`;
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.for(names)('examples/%s', { timeout: 300_000 }, async (name, { skip }) => {
  const home = join(folder, name);
  cpSync(join(source, name), home, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  const manifest: Manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const program of manifest.needs ?? []) {
    if (!isInstalled(program)) skip(`${program} is not installed`);
  }
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    for (const dependency of Object.keys(manifest[kind] ?? {})) {
      const tarball = tarballs[dependency];
      if (tarball) (manifest[kind] ?? {})[dependency] = tarball;
    }
  }
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest, null, 2));
  await npm(home, ['install', '--no-audit', '--no-fund', '--no-package-lock']);
  await npm(home, ['test']);
});

test('examples name every version exactly', () => {
  const ranges = names.flatMap((name) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(source, name, 'package.json'), 'utf8'));
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([dependency]) => !dependency.startsWith('@org/'))
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([dependency, version]) => `${name}: ${dependency} ${version}`);
  });
  expect(ranges).toEqual([]);
});

function isInstalled(program: string): boolean {
  return path.split(delimiter).some((entry) => existsSync(join(entry, program)));
}

/** Runs npm in an example; fails with all that it printed. */
async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const child = spawn('npm', args, {
    cwd,
    env: { ...environment, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed (exit code ${code}):\n${output}`);
}
