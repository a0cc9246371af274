import { bin, exec } from './exec.ts';

/**
 * Runs a task of the packages with Turbo: all of them, or those named. Prints only what fails.
 *
 * @param names Names of packages without their scope: `client`.
 */
export function turbo(task: string, names: readonly string[] = []): void {
  const filters = names.map((name) => `--filter=*/${name}`);
  exec(bin('turbo'), ['run', task, ...filters, '--output-logs=errors-only', '--log-prefix=none'], {
    output: 'on-failure',
  });
}
