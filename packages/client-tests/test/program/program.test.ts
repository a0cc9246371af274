import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startMock } from '@org/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
// Below the package, so that both packages are found; the copy uses this one as it is built.
const folder = join(root, 'reports/program');
const source = readFileSync(join(import.meta.dirname, 'program.mts'), 'utf8');
const programs = { openai: source, '@org/client': source.replace("'openai'", "'@org/client'") };
const fileOf = (name: string) => join(folder, `${name.replaceAll(/\W/g, '-')}.mts`);
const run = promisify(execFile);

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(programs)) writeFileSync(fileOf(name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(Object.keys(programs))('the program compiles with %s', async (name) => {
  const options =
    '--noEmit --strict --skipLibCheck --ignoreConfig --module nodenext --target es2022 --lib es2023,dom --types node';
  await run(join(root, 'node_modules/.bin/tsc'), [fileOf(name), ...options.split(' ')], {
    cwd: root,
  });
});

test('the program prints the same with both packages', async () => {
  const adminAPIKey = 'sk-admin-program';
  const printed: Record<string, string> = {};
  for (const name of Object.keys(programs)) {
    // The same data for each, since the program changes them.
    await using mock = await startMock({
      data: { users: 25 },
      seed: 'program',
      keys: [adminAPIKey],
    });
    const env = { ...process.env, OPENAI_ADMIN_KEY: adminAPIKey, OPENAI_BASE_URL: mock.url };
    const { stdout } = await run(process.execPath, [fileOf(name)], { cwd: root, env });
    printed[name] = stdout;
  }
  expect(printed['@org/client']).toBe(printed['openai']);
  expect(printed['openai']?.split('\n').length).toBeGreaterThan(50);
});
