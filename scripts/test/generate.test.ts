import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const spec = 'spec/openapi.yaml';
const types = 'packages/types/src/openapi.gen.d.ts';
const operations = 'packages/mock/src/api.gen.json';
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());
beforeEach(() => {
  clone.git('reset', '-q', '--hard');
  clone.git('clean', '-fdq', 'packages');
});

test('does nothing twice', () => {
  expect(clone.script('spec/generate.ts').stdout).toContain('All generated files are up to date.');
  expect(clone.git('status', '--porcelain')).toBe('');
  expect(clone.script('spec/generate.ts', '--check').code).toBe(0);
});

test('writes the generated files for a change, and prints the changed parts', () => {
  clone.edit(spec, 'description: The name on the account.', 'description: Another name.');
  const { stdout } = clone.script('spec/generate.ts');
  expect(stdout).toContain(
    'client.admin.organization.users.list() → ConversationCursorPage<OrganizationUser>',
  );
  expect(stdout).toContain(
    'mock: list users. A list: its items are what GET /organization/users/{user_id} returns',
  );
  expect(stdout).toContain(`Wrote ${types}`);
  expect(stdout).toContain(`Wrote ${operations}`);
  expect(stdout).toContain('OrganizationUser › user › name: The `description` changed.');
  expect(clone.read(types)).toContain('Another name.');
  expect(clone.script('spec/generate.ts', '--check').code).toBe(0);
});

test('prints the path of an operation whose server is beside that of the document', () => {
  const id = '      operationId: admin.organization.users.list\n';
  clone.edit(spec, id, `${id}      servers: [{ url: https://api.openai.com/v2 }]\n`);
  const { stdout } = clone.script('spec/generate.ts');
  expect(stdout).toContain('  GET /v2/organization/users\n');
});

test('a component that nothing uses is a warning, and an error with --check', () => {
  const unused =
    '\n  schemas:\n    Invitation: { description: An invitation., type: object, properties: { id: { type: string, description: Its id. } } }\n';
  clone.edit(spec, '\n  schemas:\n', unused);
  const place =
    /^spec\/openapi\.yaml:\d+:5: Component: "Invitation" is never used\. \(no-unused-components\)$/m;
  const { code, stdout } = clone.script('spec/generate.ts');
  expect(code).toBe(0);
  expect(stdout).toMatch(place);
  expect(stdout).toContain(`Wrote ${types}`);
  const checked = clone.script('spec/generate.ts', '--check');
  expect(checked.code).toBe(1);
  expect(checked.stderr).toMatch(place);
  expect(checked.stderr).toContain('Remove unused components, or refer to them.');
});

test('--check finds stale, missing and orphaned files, writes nothing, and prints the fix', () => {
  clone.append(types, '// edited\n');
  clone.remove(operations);
  clone.write('packages/mock/src/old.gen.ts', '');
  const { code, stderr } = clone.script('spec/generate.ts', '--check');
  expect(code).toBe(1);
  expect(stderr).toContain(`Stale: ${types}`);
  expect(stderr).toContain(`Missing: ${operations}`);
  expect(stderr).toContain('delete it: packages/mock/src/old.gen.ts');
  expect(stderr).toContain('Run: pnpm generate');
  expect(clone.read(types)).toContain('// edited');
  expect(clone.has(operations)).toBe(false);
});

test.each([
  [
    'that does not parse',
    'maximum: 100',
    'maximum: [',
    /^spec\/openapi\.yaml:\d+:\d+: Invalid YAML or JSON: \D+ \(syntax\)$/m,
  ],
  ['with an unknown keyword', 'maximum: 100', 'maximun: 100', /openapi\.yaml:\d+:\d+/],
  [
    'with an example that breaks its schema',
    'has_more: false',
    'has_more: 5',
    /:\d+:\d+.*has_more/s,
  ],
  [
    'with an operationId that is not a call',
    'operationId: admin.organization.users.list',
    'operationId: ListUsers',
    /openapi\.yaml:\d+:\d+.*operationId must be the call without `client\.`/s,
  ],
  [
    'with an operationId that is the beginning of another',
    'operationId: admin.organization.users.list',
    'operationId: admin.organization.users',
    /spec\/openapi\.yaml:\d+:\d+: operationId `admin\.organization\.users` is the beginning of/,
  ],
])('a spec %s is reported with its location, and nothing is written', (_, from, to, place) => {
  clone.edit(spec, from, to);
  const before = clone.read(types) + clone.read(operations);
  const { code, stderr } = clone.script('spec/generate.ts');
  expect(code).toBe(1);
  expect(stderr).toMatch(place);
  expect(stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect(clone.read(types) + clone.read(operations)).toBe(before);
});
