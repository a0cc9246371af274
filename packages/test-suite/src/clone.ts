import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where this repository lies. */
const root = resolve(import.meta.dirname, '../../..');

/** Environment of processes in a clone: its node_modules are links to ours, which pnpm must not reinstall. */
export const borrowedPackages = { pnpm_config_verify_deps_before_run: 'false' };

/** The files of a repository that are there and not ignored, committed or not. */
export function listFiles(folder: string): string[] {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: folder, encoding: 'utf8' });
  // What is deleted, and not committed, is listed as well.
  return files.split('\0').filter((file) => file && existsSync(join(folder, file)));
}

/** Copies the links of each package as they are, so that the packages find their neighbours in the copy. */
export function linkPackages(from: string, to: string): void {
  for (const folder of globSync('{scripts,spec,packages/*}', { cwd: from })) {
    if (!existsSync(join(from, folder, 'node_modules'))) continue;
    const target = join(to, folder, 'node_modules');
    rmSync(target, { recursive: true, force: true });
    cpSync(join(from, folder, 'node_modules'), target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.includes('.vite'),
    });
  }
}

/** A copy of the working tree, with its own history and the same installed packages. */
export class Clone {
  readonly path = mkdtempSync(join(tmpdir(), 'clone-'));

  constructor() {
    for (const file of listFiles(root)) {
      cpSync(join(root, file), join(this.path, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'), 'dir');
    linkPackages(root, this.path);
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'user.name', 'Test');
    this.git('config', 'user.email', 'test@example.com');
    this.commit('Start');
  }

  git(...args: string[]): string {
    return this.#run('git', args);
  }

  commit(message: string): void {
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message, '--allow-empty', '--no-verify');
  }

  /** Runs one of the scripts, and gives its exit code and all that it printed. */
  script(name: string, ...args: string[]): { code: number; stdout: string; stderr: string } {
    try {
      const stdout = this.#run(process.execPath, [join(this.path, 'scripts', name), ...args]);
      return { code: 0, stdout, stderr: '' };
    } catch (error) {
      const { status, stdout, stderr } = error as {
        status: number;
        stdout: string;
        stderr: string;
      };
      return { code: status, stdout, stderr };
    }
  }

  /** Runs a command of a package's own, in its folder. */
  exec(folder: string, command: string, ...args: string[]): string {
    const program = join(this.path, folder, 'node_modules/.bin', command);
    try {
      return this.#run(program, args, join(this.path, folder));
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} failed in ${folder}:\n${stdout}${stderr}`, { cause: error });
    }
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.path, path), text);
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.path, path), text);
  }

  /** Replaces a text that has to be there. */
  edit(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from))
      throw new Error(`Expected ${path} to contain ${JSON.stringify(from)}.`);
    this.write(path, text.replace(from, to));
  }

  has(path: string): boolean {
    return existsSync(join(this.path, path));
  }

  remove(path = ''): void {
    rmSync(join(this.path, path), { recursive: true, force: true });
  }

  #run(command: string, args: string[], cwd = this.path): string {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...borrowedPackages, TURBO_TELEMETRY_DISABLED: '1' },
    });
  }
}
