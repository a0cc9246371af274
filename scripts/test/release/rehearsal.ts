import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { Registry } from './registry.ts';

/** The released packages, without their scope. */
export const releasedNames = ['types', 'client', 'mock'] as const;

/** A clone of the repository, and a registry on this machine that it publishes to. */
export class Rehearsal {
  readonly clone: Clone;
  readonly registry: Registry;
  readonly #folder: string;

  private constructor(folder: string, clone: Clone, registry: Registry) {
    this.#folder = folder;
    this.clone = clone;
    this.registry = registry;
    writeFileSync(join(folder, 'npmrc'), registry.npmrc);
  }

  /** @param folder An empty folder for the registry and the settings of package managers. */
  static async start(folder: string): Promise<Rehearsal> {
    return new Rehearsal(folder, new Clone(), await Registry.start(join(folder, 'registry')));
  }

  stop(): void {
    this.registry.stop();
    this.clone.remove();
  }

  get #env(): NodeJS.ProcessEnv {
    // Without what npm and pnpm hand on of their own settings, such as the registry they were told.
    const inherited = Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name));
    return {
      ...Object.fromEntries(inherited),
      ...borrowedPackages,
      NPM_CONFIG_USERCONFIG: join(this.#folder, 'npmrc'),
      BUN_INSTALL_CACHE_DIR: join(this.#folder, 'bun'),
    };
  }

  /** Runs a program that knows only the registry on this machine; fails with its output. */
  run(cwd: string, command: string, args: readonly string[]): string {
    return this.start(cwd, command, args).stdout;
  }

  start(cwd: string, command: string, args: readonly string[]) {
    const { status, error, stdout, stderr } = spawnSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#env,
    });
    if (status !== 0) {
      const reason = error?.message ?? `exit code ${status}`;
      throw new Error(`${command} ${args.join(' ')} failed: ${reason}\n${stdout}${stderr}`);
    }
    return { stdout, output: stdout + stderr };
  }

  /** Runs one of the repository's scripts in the clone. */
  script(name: string, ...args: string[]): string {
    return this.run(this.clone.path, process.execPath, [join('scripts', name), ...args]);
  }

  /** The same for a script that asks a server of this process. */
  async scriptWhileServing(name: string, args: string[], env: object): Promise<string> {
    const program = [join('scripts', name), ...args];
    const options = { cwd: this.clone.path, env: { ...this.#env, ...env } };
    return (await promisify(execFile)(process.execPath, program, options)).stdout;
  }
}
