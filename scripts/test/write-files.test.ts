import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Clone } from '@org/test-suite/clone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFiles } from '../lib/write-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source = join(import.meta.dirname, '../lib/write-files.ts');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A program that writes files of a size, each filled with one letter. */
function program(names: readonly string[], size: number, letter: string): string[] {
  const code = `
    const { writeFiles } = await import(${JSON.stringify(source)});
    const files = ${JSON.stringify(names.map((name) => join(folder, name)))};
    const { CommandError } = await import(${JSON.stringify(join(source, '../cli.ts'))});
    try {
      writeFiles(Object.fromEntries(files.map((file) => [file, '${letter}'.repeat(${size})])));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }`;
  return ['--input-type=module', '--eval', code];
}

test('folders are created, and modes and symbolic links are kept', () => {
  writeFileSync(join(folder, 'run'), 'old');
  chmodSync(join(folder, 'run'), 0o755);
  symlinkSync('run', join(folder, 'link'));
  writeFiles({ [join(folder, 'link')]: 'new', [join(folder, 'a/b/c')]: 'new' });
  expect([read('run'), read('link'), read('a/b/c')]).toEqual(['new', 'new', 'new']);
  expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o755);
  expect(readdirSync(folder).sort()).toEqual(['a', 'link', 'run']);
});

test('a file that cannot be written leaves all as they were', () => {
  writeFileSync(join(folder, 'a'), 'old');
  expect(() => writeFiles({ [join(folder, 'a')]: 'new', [join(folder, 'a/x')]: 'new' })).toThrow(
    /^Could not write .*a\/x: .* No file was changed\.$/,
  );
  expect(read('a')).toBe('old');
  expect(readdirSync(folder).sort()).toEqual(['a']);
});

const mount = (command: string) => ['-rm', 'sh', '-c', command];
const canMount =
  spawnSync('unshare', mount('mount -t tmpfs none /mnt'), { stdio: 'ignore' }).status === 0;

test.skipIf(!canMount)('a full disk changes nothing', () => {
  const args = program(['a', 'b', 'c'], 40_000, 'n').map(
    (arg) => `'${arg.replaceAll("'", "'\\''")}'`,
  );
  const command = `
    mount -t tmpfs -o size=160k none ${folder} && cd ${folder}
    printf old > a; printf old > b
    ${process.execPath} ${args.join(' ')}
    echo "exit code $?"; cat a b; echo; ls -A`;
  // The three files fit, but not beside a fourth.
  const fits = spawnSync('unshare', mount(command), { encoding: 'utf8' });
  expect(fits.stdout).toContain('exit code 0');
  const full = spawnSync('unshare', mount(command.replace('size=160k', 'size=80k')), {
    encoding: 'utf8',
  });
  expect(full.stderr).toBe(
    `Could not write ${join(folder, 'b')}: no space left on the disk. No file was changed.\n`,
  );
  expect(full.stdout).toBe('exit code 1\noldold\na\nb\n');
});

test('a process that is killed leaves whole files, and the next one finishes its work', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `file-${i}`);
  const size = 300_000;
  for (const name of names) writeFileSync(join(folder, name), 'o'.repeat(size));
  let interrupted = 0;
  for (let round = 0; round < 6; round += 1) {
    const letter = String.fromCharCode(97 + round);
    const child = spawn(process.execPath, program(names, size, letter), { stdio: 'ignore' });
    const exited = once(child, 'exit');
    // From the first temporary file on, at a random moment.
    while (child.exitCode === null && !readdirSync(folder).some((name) => name.endsWith('.tmp'))) {
      await setTimeout(1);
    }
    await setTimeout(Math.random() * 60);
    child.kill('SIGKILL');
    const [, signal] = await exited;
    if (signal === 'SIGKILL') interrupted += 1;
    for (const name of names) expect(new Set(read(name)).size).toBe(1);
    execFileSync(process.execPath, program(names, size, letter));
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    for (const name of names) expect(read(name)).toBe(letter.repeat(size));
  }
  expect(interrupted).toBeGreaterThan(0);
}, 120_000);

describe('pnpm generate and pnpm spec:changeset', () => {
  test('write all or nothing, and recover from a full disk and from being killed', async () => {
    const clone = new Clone();
    try {
      clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: 50');
      const generate = join(clone.path, 'scripts/spec/generate.ts');
      // A limit on the size of files, in blocks, stands in for a full disk: the larger ones do not fit.
      const limited = `trap '' XFSZ; ulimit -f 20; exec "${process.execPath}" "${generate}"`;
      const { status, stderr } = spawnSync('bash', ['-c', limited], {
        cwd: clone.path,
        encoding: 'utf8',
      });
      expect(stderr).toMatch(/^Could not write .*: .*too large.* No file was changed\.$/m);
      expect(status).toBe(1);
      expect(clone.git('status', '--porcelain')).toBe(' M spec/openapi.yaml\n');

      for (let round = 0; round < 2; round += 1) {
        const child = spawn(process.execPath, [generate], { cwd: clone.path, stdio: 'ignore' });
        const exited = once(child, 'exit');
        await setTimeout(500 + Math.random() * 3000);
        child.kill('SIGKILL');
        await exited;
      }
      expect(clone.script('spec/generate.ts').code).toBe(0);
      expect(clone.script('spec/generate.ts', '--check').code).toBe(0);

      const changeset = ['spec/changeset.ts', '--base', 'HEAD'] as const;
      const written = () =>
        Object.fromEntries(
          globSync('.changeset/spec-*.md', { cwd: clone.path })
            .sort()
            .map((path) => [path, readFileSync(join(clone.path, path), 'utf8')]),
        );
      const before = written();
      for (let round = 0; round < 2; round += 1) {
        const args = [join(clone.path, 'scripts', changeset[0]), ...changeset.slice(1)];
        const child = spawn(process.execPath, args, { cwd: clone.path, stdio: 'ignore' });
        const exited = once(child, 'exit');
        await setTimeout(500 + Math.random() * 1500);
        child.kill('SIGKILL');
        await exited;
      }
      expect(clone.script(...changeset).code).toBe(0);
      const recovered = written();
      expect(recovered).not.toEqual(before);
      clone.git('checkout', '-q', '--', '.changeset');
      clone.git('clean', '-qfd', '.changeset');
      expect(clone.script(...changeset).code).toBe(0);
      expect(recovered).toEqual(written());
      expect(existsSync(join(clone.path, 'packages/types/src/index.d.ts'))).toBe(true);
      const left = readdirSync(clone.path, { recursive: true, encoding: 'utf8' });
      expect(
        left.filter((path) => path.endsWith('.tmp') && !path.includes('node_modules')),
      ).toEqual([]);
    } finally {
      clone.remove();
    }
  }, 240_000);
});
