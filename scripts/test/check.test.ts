import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { borrowedPackages, Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { adviceOn } from '../lib/advice.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq');
});
afterAll(() => clone.remove());

/** The summary of `pnpm check`, without times. */
function check(...steps: string[]): string {
  const { stdout } = spawnSync(
    process.execPath,
    [join(clone.path, 'scripts/dev/check.ts'), ...steps],
    { cwd: clone.path, encoding: 'utf8', env: { ...process.env, ...borrowedPackages } },
  );
  return stdout.slice(stdout.search(/^[✓✗] /m)).replaceAll(/ +[\d.]+ s/g, '');
}

test('an invalid spec has to be edited, and the summary shows where', () => {
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximun: 100');
  expect(check('drift')).toMatch(
    /^✗ drift {2}edit the spec, then: pnpm generate\n {4}spec\/openapi\.yaml:\d+:\d+: Property `maximun`/,
  );
});

test('the problem of an invalid spec is printed once, and the steps that it makes fail are skipped', () => {
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: [100');
  expect(check('lint', 'drift', 'types', 'release')).toMatch(
    /^✗ drift {2}edit the spec, then: pnpm generate\n {4}spec\/openapi\.yaml:\d+:\d+: Invalid YAML .*\nSkipped, because the spec is invalid: lint, types, release\n$/,
  );
  clone.git('checkout', '-q', 'spec');
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximun: 100');
  expect(check('drift', 'types', 'release')).toContain(
    '\nSkipped, because the spec is invalid: types, release\n',
  );
  clone.remove('spec/openapi.yaml');
  expect(check('drift')).toContain('\n    spec/openapi.yaml: `openapi.yaml` does not exist.');
});

test('a stale file is fixed by pnpm generate, an orphaned one is to be deleted', () => {
  clone.edit('spec/openapi.yaml', 'maximum: 100', 'maximum: 90');
  expect(check('drift')).toBe('✗ drift  fix: pnpm generate\n');
  clone.git('checkout', '-q', 'spec');
  clone.write('packages/client/src/old.gen.ts', '');
  expect(check('drift')).toContain('✗ drift  fix: delete the files\n    Orphaned generated file');
});

test('pnpm format is suggested only for problems that it fixes', () => {
  clone.write('scripts/lib/wrong.ts', 'export const a=1\n');
  expect(check('lint')).toBe('✗ lint  fix: pnpm format\n');
  clone.write('scripts/lib/wrong.ts', 'export function f(a: any): void {\n  f(a);\n}\n');
  expect(check('lint')).toMatch(
    /^✗ lint {2}edit, then: pnpm lint\n {4}scripts\/lib\/wrong\.ts:1:22 lint\/suspicious\/noExplicitAny: Unexpected any/,
  );
  clone.write('scripts/lib/wrong.ts', 'export function f(a: any){ f(a) }\n');
  expect(check('lint')).toMatch(/^✗ lint {2}fix: pnpm format, then edit\n/);
  clone.remove('scripts/lib/wrong.ts');
  clone.write('docs/wrong.yaml', 'a:\n  - b\n c: d\n');
  expect(check('lint')).toMatch(
    /^✗ lint {2}edit, then: pnpm lint\n {4}docs\/wrong\.yaml:3:2 parse: Expected a block/,
  );
});

test.each([
  ['pnpm spec:gate', 'Undocumented.\nRun: pnpm spec:changeset', 'fix: pnpm spec:changeset'],
  ['pnpm spec:gate', 'Invalid spec at v1:\nIt is nested too deeply.', 'edit the spec, then: '],
  ['pnpm typecheck', 'packages/mock/a.ts:1:2: error', 'edit, then: pnpm typecheck'],
  ['pnpm knip', 'Unused files', 'again: pnpm knip'],
])('%s that prints %j gets the advice %j', (command, output, text) => {
  expect(adviceOn(command, output).text).toContain(text);
});
