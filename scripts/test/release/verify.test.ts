import { execSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-test-'));
const packed = join(folder, 'packed');
/** A clone with an install of its own, since the paths in source maps depend on where `node_modules` is. */
const installed = join(folder, 'installed');
const installedRun = (command: string) =>
  execSync(command, { cwd: installed, stdio: 'pipe', encoding: 'utf8' });
let clone: Clone;

let output = '';
let before = '';

beforeAll(() => {
  clone = new Clone();
  execSync(`git clone --quiet ${JSON.stringify(root)} ${JSON.stringify(installed)}`);
  installedRun('pnpm install --frozen-lockfile --prefer-offline');
  // The working tree has a change that is not committed.
  writeFileSync(join(installed, 'README.md'), 'More.\n', { flag: 'a' });
  before = installedRun('git status --porcelain');
  output = installedRun(`pnpm pack:packages --out ${JSON.stringify(packed)}`);
}, 900_000);
afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the packages are packed as they are, and the printed commands install them', () => {
  expect(installedRun('git status --porcelain')).toBe(before);
  const commands = output.split('\n').filter((line) => line.startsWith('npm install '));
  expect(commands).toEqual([
    `npm install ${packed}/client.tgz`,
    `npm install --save-dev ${packed}/mock.tgz`,
    `npm install --save-dev ${packed}/types.tgz`,
  ]);
  const home = join(folder, 'home');
  mkdirSync(home);
  for (const command of commands) execSync(command, { cwd: home, stdio: 'pipe' });
  expect(readdirSync(join(home, 'node_modules/@org')).sort()).toEqual(['client', 'mock', 'types']);
}, 300_000);

test("packed files match the commit's build, however the tarball is compressed", () => {
  for (const name of ['types', 'client', 'mock']) {
    const path = join(packed, `${name}.tgz`);
    writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)), { level: 1 }));
  }
  const { status, stdout, stderr } = spawnSync('pnpm', ['release:verify', packed], {
    cwd: installed,
    encoding: 'utf8',
  });
  expect(stdout, stderr).toMatch(
    /✓ @org\/types .*\n✓ @org\/client .*\n✓ @org\/mock .*\nEvery file matches/,
  );
  expect(status).toBe(0);
}, 900_000);

test('one byte of the spec, the generator or a source file is found', () => {
  const changes = [
    [
      'spec/openapi.yaml',
      'title: Organization users',
      '@org/types: package/package.json differs at byte',
    ],
    [
      'packages/codegen/src/emit/text.ts',
      'Do not edit',
      '@org/client: package/src/client.gen.ts differs at byte',
    ],
    [
      'packages/client/src/core/resolve-options.ts',
      'found: pass one as',
      '@org/client: package/src/core/resolve-options.ts differs at byte',
    ],
  ] as const;
  for (const [path, text] of changes) clone.edit(path, text, `${text}s`);
  clone.commit('Change a byte of each');
  const { code, stderr } = clone.script('release/verify.ts', packed);
  for (const [, , expected] of changes) expect(stderr).toContain(expected);
  expect(code).toBe(1);
}, 900_000);

test('bad input is told in a sentence', () => {
  expect(clone.script('release/verify.ts', 'nothing').stderr).toContain(
    'Expected a version such as 1.2.3',
  );
  expect(clone.script('release/verify.ts', '9.9.9').stderr).toContain(
    'Unknown commit "@org/types@9.9.9". Run: git fetch --tags',
  );
  // Before a build, which takes minutes.
  const { stdout, stderr } = clone.script('release/verify.ts', 'docs');
  expect(stderr).toMatch(/^No tarballs in .*docs\. Expected types\.tgz/);
  expect(stdout).not.toContain('Building');
});
