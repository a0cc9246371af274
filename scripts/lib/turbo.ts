import { bin, exec } from './exec.ts';

/**
 * Runs a task of the packages with Turbo: all of them, or those named. Prints only what fails.
 *
 * @param names Names of packages without their scope: `client`.
 */
export function turbo(task: string, names: readonly string[] = []): void {
  const filters = names.map((name) => `--filter=*/${name}`);
  exec(
    bin('turbo'),
    // A failure in one package must not hide the reports of others.
    ['run', task, ...filters, '--output-logs=errors-only', '--continue=dependencies-successful'],
    { output: 'on-failure', rewrite: fromRoot },
  );
}

/** `@org/types:typecheck: test/a.ts(1,2): error …` → `packages/types/test/a.ts:1:2: error …` */
function fromRoot(output: string): string {
  return output.replaceAll(
    /^@[^/\s]+\/([\w-]+):\w+: ([^\s():]+)\((\d+),(\d+)\): /gm,
    (_, name: string, file: string, line: string, column: string) =>
      `${name === 'scripts' ? name : `packages/${name}`}/${file}:${line}:${column}: `,
  );
}
