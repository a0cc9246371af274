import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'verify-test-'));
const packed = join(folder, 'packed');
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
  expect(clone.script('release/pack-packages.ts', '--out', packed)).toMatchObject({ code: 0 });
}, 900_000);
afterAll(() => {
  clone.remove();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  [
    'the spec',
    'spec/openapi.yaml',
    'title: Organization users',
    '@org/types: package/package.json differs at byte',
  ],
  [
    'the generator',
    'packages/codegen/src/emit/text.ts',
    'Do not edit',
    '@org/client: package/src/client.gen.ts differs at byte',
  ],
  [
    'a source file',
    'packages/client/src/core/resolve-options.ts',
    'No global `fetch` found',
    '@org/client: package/dist/index.js differs at byte',
  ],
])(
  'one byte of %s is found',
  (_, path, text, expected) => {
    clone.git('checkout', '-q', '--detach', 'main');
    clone.edit(path, text, `${text}s`);
    clone.commit('Change a byte');
    const { code, stderr } = clone.script('release/verify.ts', packed);
    expect(stderr).toContain(expected);
    expect(code).toBe(1);
  },
  900_000,
);

test('bad input is told in a sentence', () => {
  expect(clone.script('release/verify.ts', 'nothing').stderr).toContain(
    'Expected a version such as 1.2.3',
  );
  expect(clone.script('release/verify.ts', '9.9.9').stderr).toContain(
    'Unknown commit "@org/types@9.9.9". Run: git fetch --tags',
  );
});
