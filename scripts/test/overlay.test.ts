import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, expect, test } from 'vitest';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const overlay = (...actions: string[]) =>
  ['overlay: 1.0.0', 'info: { title: Ours, version: 1.0.0 }', 'actions:', ...actions, ''].join(
    '\n',
  );
const renamed = `  - target: $.paths['/organization/users'].get
    update: { operationId: admin.organization.users.listAll }`;

test('spec/overlay.yaml changes generated files, comparisons and reports, but not spec/openapi.yaml', () => {
  clone.write('spec/overlay.yaml', overlay(renamed));
  const generated = clone.script('spec/generate.ts');
  expect(generated.stderr).toBe('');
  expect(generated.stdout).toContain('client.admin.organization.users.listAll()');
  expect(clone.git('status', '--porcelain', 'spec')).toBe('?? spec/overlay.yaml\n');
  expect(clone.script('spec/generate.ts', '--check').code).toBe(0);
  const changes = JSON.parse(clone.script('spec/diff.ts', '--base', 'HEAD', '--json').stdout);
  expect(changes[0]).toMatchObject({
    id: 'operation-id-changed',
    methods: [expect.stringContaining('users.listAll')],
  });
  // A commit is read with the overlay that it has.
  clone.commit('Adopt an overlay');
  expect(clone.script('spec/diff.ts', '--base', 'HEAD', '--json').stdout).toBe('[]\n');
}, 120_000);

test('a problem in an overlay is reported with its location', () => {
  clone.write(
    'spec/overlay.yaml',
    overlay(renamed, "  - target: $.paths['/users']\n    remove: true"),
  );
  const { code, stderr } = clone.script('spec/generate.ts');
  expect(code).toBe(1);
  expect(stderr).toContain(
    "spec/overlay.yaml:6:5: `$.paths['/users']` selects nothing in the document.",
  );
  clone.write(
    'spec/overlay.yaml',
    overlay(renamed, '  - target: $.info\n    update: { titel: A }'),
  );
  expect(clone.script('spec/diff.ts').stderr).toContain('spec/overlay.yaml:7:15: ');
});
