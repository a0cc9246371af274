import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Clone } from '@org/test-suite/clone';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let clone: Clone;

beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

/** What each package's build depends on, as Turbo sees it. */
async function hashes(): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(
    join(root, 'node_modules/.bin/turbo'),
    ['run', 'build', 'typecheck', 'test', '--dry=json'],
    { cwd: clone.path, env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
  );
  const { tasks } = JSON.parse(stdout) as {
    tasks: { taskId: string; hash: string; command: string }[];
  };
  const real = tasks.filter(({ command }) => command !== '<NONEXISTENT>');
  return Object.fromEntries(real.map(({ taskId, hash }) => [taskId, hash]));
}

async function changedBy(file: string): Promise<string[]> {
  const before = await hashes();
  clone.append(file, '\n');
  const after = await hashes();
  return Object.keys(after).filter((task) => after[task] !== before[task]);
}

test('a change of the spec rebuilds spec, client and mock, rechecks types, and builds nothing else', async () => {
  const changed = await changedBy('spec/openapi.yaml');
  const built = changed.filter((task) => task.endsWith('#build')).sort();
  expect(built).toEqual(['@org/client#build', '@org/mock#build', '@org/spec#build']);
  expect(changed).toContain('@org/types#typecheck');
});

test('a change of a README rebuilds nothing', async () => {
  const rebuilt = (await changedBy('packages/types/README.md')).filter((task) =>
    task.endsWith('#build'),
  );
  expect(rebuilt).toEqual([]);
});

test('a change of the client does not rebuild types and spec', async () => {
  const touched = (await changedBy('packages/client/src/core/page.ts')).map(
    (task) => task.split('#')[0],
  );
  expect(touched).toContain('@org/client');
  expect(touched).not.toContain('@org/types');
  expect(touched).not.toContain('@org/spec');
});

/** What `turbo boundaries` says, with a file more than there is. */
async function boundaries(file: string, content: string): Promise<string> {
  clone.write(file, content);
  try {
    const { stdout, stderr } = await promisify(execFile)(
      join(root, 'node_modules/.bin/turbo'),
      ['boundaries'],
      { cwd: clone.path, env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' } },
    );
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `failed: ${stdout}${stderr}`;
  } finally {
    clone.remove(file);
  }
}

test.each([
  ['a file of another package', "import '../../client/src/core/page.ts';", 'leaves the package'],
  ['a package that is not in the manifest', "import '@org/spec-diff';", '@org/spec-diff'],
])('a mock that imports %s is refused', async (_, content, reason) => {
  const refused = await boundaries('packages/mock/src/trespass.ts', content);
  expect(refused).toContain('failed:');
  expect(refused).toContain('trespass.ts');
  expect(refused).toContain(reason);
});

test('the repository keeps to its boundaries', async () => {
  expect(await boundaries('packages/mock/src/fine.ts', 'export {};')).toContain('no issues found');
});
