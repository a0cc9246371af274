import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';

/** How {@link exec} runs a program. */
export interface ExecOptions {
  /** The folder it runs in. Default: the root of the repository. */
  cwd?: string;
  /** Environment variables beside those of this process. */
  env?: NodeJS.ProcessEnv;
  /** `inherit` shows its output live (default); `on-failure` shows it only if the program fails. */
  output?: 'inherit' | 'on-failure';
  /** Rewrites the output that `on-failure` shows. */
  rewrite?: (output: string) => string;
  /** The command that fixes a failure, printed after it. */
  fix?: string;
}

/** The path of a program that the root or the scripts have installed. */
export function bin(name: string, folder = '.'): string {
  return join(root, folder, 'node_modules/.bin', name);
}

/**
 * Runs a program and waits for it.
 *
 * @throws {CommandError} if it does not exit with 0, with the command that fixes it, if given.
 */
export function exec(program: string, args: readonly string[], options: ExecOptions = {}): void {
  const { cwd = root, env = {}, output = 'inherit', rewrite, fix } = options;
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env },
    encoding: 'utf8',
    stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return;
  if (output === 'on-failure') {
    const text = `${stdout ?? ''}${stderr ?? ''}`;
    process.stderr.write(rewrite?.(text) ?? text);
  }
  const name = [program.split(/[/\\]/).at(-1), ...args].join(' ');
  const reason = error?.message ?? (signal ? `killed by ${signal}` : `exit code ${status}`);
  throw new CommandError(`Failed: ${name} (${reason}).${fix ? ` Run: ${fix}` : ''}`);
}
