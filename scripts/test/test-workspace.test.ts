import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shareTurboCache } from './support/shared-cache.ts';

const fixture = 'packages/test-suite/fixtures/spec';

shareTurboCache();
let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq');
});

/** The path of the test workspace, as a program in the clone finds it; empty if it needs none. */
function workspace(): string {
  clone.write(
    'scripts/print-workspace.mts',
    `import { updateTestWorkspace } from '@org/test-suite/test-workspace';
     console.log(updateTestWorkspace() ?? '');`,
  );
  const { code, stdout, stderr } = clone.script('print-workspace.mts');
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trim();
}

test('the tests run in place with the document that they were written for', () => {
  expect(workspace()).toBe('');
  expect(clone.read(`${fixture}/openapi.yaml`)).toBe(clone.read('spec/openapi.yaml'));
});

test.each(['spec/diff.yaml', 'spec/openai-departures.yaml'])(
  'a decision in %s does not change the document',
  (file) => {
    clone.append(file, '# A comment.\n');
    expect(workspace()).toBe('');
  },
);

test.each<[string, () => void]>([
  ['an edit', () => clone.edit('spec/openapi.yaml', 'title: ', 'title: Our ')],
  ['another file', () => clone.write('spec/parts.yaml', 'a: 1\n')],
  [
    'an overlay',
    () =>
      clone.write(
        'spec/overlay.yaml',
        'overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions: []\n',
      ),
  ],
])('after %s, they have a workspace with the original document, and what it gives', (_, edit) => {
  edit();
  const folder = workspace();
  expect(folder).toBe(`${clone.path}/.test-workspace`);
  for (const path of ['spec/openapi.yaml', 'packages/client/tsconfig.json', 'package.json'])
    expect(clone.read(`.test-workspace/${path}`)).toBe(clone.git('show', `HEAD:${path}`));
  expect(clone.has('.test-workspace/spec/parts.yaml')).toBe(false);
  // As it was generated, byte for byte: so Turbo finds the results of the same tests.
  expect(clone.read('.test-workspace/packages/mock/src/api.gen.json')).toBe(
    clone.git('show', 'HEAD:packages/mock/src/api.gen.json'),
  );
  // It is no part of the repository.
  expect(clone.git('status', '--porcelain')).not.toContain('.test-workspace');
  // A workspace needs no other.
  expect(clone.script('../.test-workspace/scripts/dev/test.ts', '--help').code).toBe(0);
});

test('an edit can become the document of the tests', () => {
  clone.edit('spec/openapi.yaml', 'title: ', 'title: Our ');
  clone.write('spec/parts.yaml', 'a: 1\n');
  const { code, stdout } = clone.script('dev/test.ts', '--use-spec', 'openapi');
  expect([code, stdout]).toEqual([0, expect.stringContaining('0 failed')]);
  expect(stdout).not.toContain('.test-workspace');
  expect(clone.read(`${fixture}/openapi.yaml`)).toBe(clone.read('spec/openapi.yaml'));
  expect(clone.read(`${fixture}/parts.yaml`)).toBe('a: 1\n');
});

test('pnpm test lists what failed after the output of all tests', () => {
  clone.edit('packages/types/package.json', '"test": "vitest run"', '"test": "node fail.mjs"');
  clone.write(
    'packages/types/fail.mjs',
    `import { mkdirSync, writeFileSync } from 'node:fs';
     const test = { status: 'failed', fullName: 'adds', failureMessages: ['Error: 1 is not 2\\n    at x'] };
     const file = { status: 'failed', name: process.cwd() + '/test/add.test.mts', assertionResults: [test] };
     mkdirSync('reports', { recursive: true });
     writeFileSync('reports/types.json', JSON.stringify({
       numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [file],
     }));
     process.exit(1);`,
  );
  const { code, stdout } = clone.script('dev/test.ts', 'types');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /\n✗ packages\/types\/test\/add\.test\.mts › adds\n1 is not 2\n\n\n0 passed, 1 failed \(\d+ s\)\n$/,
  );
});
