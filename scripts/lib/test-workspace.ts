import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { borrowedPackages } from '@org/test-suite/clone';
import { updateTestWorkspace } from '@org/test-suite/test-workspace';
import { exec } from './exec.ts';
import { root } from './repo.ts';

/** Whether `pnpm adopt` has replaced the API, and with it the comparison with the official package. */
export function isAdopted(): boolean {
  return !existsSync(join(root, 'spec/openai-departures.yaml'));
}

/**
 * Runs a script in the test workspace.
 *
 * @param script Path below `scripts`: `dev/suite.ts`.
 * @returns whether it ran: false in a repository whose spec is the document of the tests
 */
export function runInTestWorkspace(script: string, args: readonly string[]): boolean {
  const folder = updateTestWorkspace();
  if (folder === undefined) return false;
  console.log('In .test-workspace, with the document that the tests were written for:');
  exec(process.execPath, [join(folder, 'scripts', script), ...args], {
    cwd: folder,
    env: {
      ...borrowedPackages,
      // One cache for both: what does not depend on the document is built once.
      TURBO_CACHE_DIR: process.env['TURBO_CACHE_DIR'] ?? join(root, '.turbo/cache'),
    },
  });
  return true;
}
