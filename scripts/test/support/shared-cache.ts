import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { root } from '../../lib/repo.ts';

/**
 * Lets clones in a test file use the build cache of this repository: a task whose inputs are the same in a clone has the
 * result that it had here.
 */
export function shareTurboCache(): void {
  const given = process.env['TURBO_CACHE_DIR'];
  beforeAll(() => {
    process.env['TURBO_CACHE_DIR'] ??= join(root, '.turbo/cache');
  });
  afterAll(() => {
    if (given === undefined) delete process.env['TURBO_CACHE_DIR'];
  });
}
