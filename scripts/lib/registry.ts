import { execFileSync } from 'node:child_process';
import { CommandError } from './cli.ts';

/** Whether the registry that npm is configured for has a version of a package. */
export function isPublished(name: string, version: string): boolean {
  try {
    const args = ['view', `${name}@${version}`, 'version'];
    return execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe' }).trim() === version;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    if (stderr.includes('E404')) return false;
    throw new CommandError(
      `Could not look up ${name}@${version} on the registry:\n${stderr.trim()}`,
    );
  }
}
