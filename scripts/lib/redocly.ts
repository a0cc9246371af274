import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandError } from './cli.ts';
import { root } from './repo.ts';

/**
 * Runs a command of Redocly CLI (`lint`, `bundle`) in a folder that holds the spec.
 *
 * @param where Where this spec comes from, for the error: `in the working tree`, `at v1.2.0`.
 * @throws {CommandError} with Redocly's findings, each with line and column.
 */
export function redocly(folder: string, where: string, ...args: string[]): void {
  try {
    execFileSync(join(root, 'scripts/node_modules/.bin/redocly'), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Record<string, string>;
    const findings = `${stdout}\n${stderr}`.trim() || message || '';
    throw new CommandError(`Invalid spec ${where}:\n${findings.replaceAll(folder, 'spec')}`);
  }
}
