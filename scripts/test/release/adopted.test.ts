import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';

const examples = 'packages/spec-diff/node_modules/@readme/oas-examples/3.0/yaml';
/** One in another style than ours, with every check that depends on the document, and one of another project. */
const documents = [
  {
    document: 'packages/test-suite/fixtures/library.yaml',
    steps: ['lint', 'drift', 'types', 'dead-code', 'packages', 'release'],
  },
  { document: `${examples}/petstore.yaml`, steps: ['drift', 'types'] },
];

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
  // What the tests run in the copy is what was built and tested here: the results are in the cache of this repository.
  process.env['TURBO_CACHE_DIR'] ??= join(root, '.turbo/cache');
});
afterAll(() => {
  clone.remove();
  delete process.env['TURBO_CACHE_DIR'];
});
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq', 'spec', 'packages', '.changeset');
});

function run(script: string, ...args: string[]): string {
  const { code, stdout, stderr } = clone.script(script, ...args);
  expect(code, `${script} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

test.each(documents)(
  '$document, adopted: checks, tests and the demo are green',
  ({ document, steps }) => {
    run('spec/adopt.ts', join(root, document), '--yes');
    run('spec/changeset.ts');
    const checked = run('dev/check.ts', ...steps);
    for (const step of steps) expect(checked).toMatch(new RegExp(`^✓ ${step} `, 'm'));
    // Tests of the document here, and those of the packages with the document that they were written for.
    const tested = run('dev/test.ts', 'openapi', 'types');
    expect(tested).toContain('In .test-workspace');
    expect(tested).toMatch(/^\d+ passed, 0 failed/m);
    expect(run('dev/demo.ts')).toContain('Mock listening on');
  },
  1_200_000,
);
