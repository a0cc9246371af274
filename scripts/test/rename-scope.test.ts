import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, expect, test } from 'vitest';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

test.each([['acme'], ['@Acme'], ['@a/b'], []])('the scope %j is refused', (...args) => {
  const { code, stderr } = clone.script('dev/rename-scope.ts', ...args.filter(Boolean));
  expect(code).toBe(1);
  expect(stderr).toContain('such as @acme');
});

test('a working tree with changes is refused', () => {
  clone.append('README.md', '\n');
  expect(clone.script('dev/rename-scope.ts', '@acme').stderr).toContain(
    'Expected a clean working tree',
  );
  clone.git('checkout', '-q', 'README.md');
});

test('a rename that is killed is finished by the same command', async () => {
  const program = join(clone.path, 'scripts/dev/rename-scope.ts');
  const child = spawn(process.execPath, [program, '@renamed', '--skip-install'], {
    cwd: clone.path,
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  // As soon as a file has the new name.
  while (clone.git('status', '--porcelain') === '') await setTimeout(5);
  child.kill('SIGKILL');
  await exited;
  expect(clone.has('.git/rename-scope.json')).toBe(true);
  const other = clone.script('dev/rename-scope.ts', '@other');
  expect(other.stderr).toContain('Finish it first: pnpm rename-scope @renamed');
  // Finished by the next test.
});

test('a renamed repository has no trace of the old scope, and its commands work', () => {
  const [old = ''] = JSON.parse(clone.git('show', 'HEAD:packages/types/package.json')).name.split(
    '/',
  );
  const { code, stdout, stderr } = clone.script(
    'dev/rename-scope.ts',
    '@renamed',
    '--skip-install',
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain(`Renamed ${old} to @renamed`);
  expect(clone.has('.git/rename-scope.json')).toBe(false);
  const files = clone.git('grep', '-lI', '').trim().split('\n');
  const trace = new RegExp(`${old}(?![\\w-])|github\\.com/${old.slice(1)}/`);
  expect(files.filter((path) => trace.test(clone.read(path)))).toEqual([]);
  expect(clone.read('packages/client/package.json')).toContain(
    'https://github.com/renamed/organization-users/tree/main/packages/client#readme',
  );

  // What `pnpm install` would do to the links; the lockfile needs no change.
  for (const folder of globSync(`{scripts,packages/*}/node_modules/${old}`, { cwd: clone.path })) {
    const target = join(clone.path, folder.replace(old, '@renamed'));
    if (!existsSync(target)) renameSync(join(clone.path, folder), target);
  }
  execFileSync('pnpm', ['install', '--lockfile-only', '--frozen-lockfile', '--prefer-offline'], {
    cwd: clone.path,
    stdio: 'pipe',
  });
  expect(clone.script('spec/generate.ts', '--check').stdout).toContain('up to date');
  clone.exec('.', 'biome', 'check', '.');
  clone.exec('packages/codegen', 'tsc');
}, 600_000);
