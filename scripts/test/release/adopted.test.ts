import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { root } from '../../lib/repo.ts';
import { shareTurboCache } from '../support/shared-cache.ts';

const examples = 'packages/spec-diff/node_modules/@readme/oas-examples/3.0/yaml';
/** One in another style than ours, with every check that depends on the document, and one of another project. */
const documents = [
  {
    document: 'packages/test-suite/fixtures/library.yaml',
    steps: ['lint', 'drift', 'types', 'dead-code', 'packages', 'release'],
  },
  { document: `${examples}/petstore.yaml`, steps: ['drift', 'types'] },
];

shareTurboCache();

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());
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
