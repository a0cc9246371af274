import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type MockServer, startMock } from '@org/mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = execFileSync('git', ['ls-files', '*.md', '**/*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && !path.startsWith('.changeset/') && !path.endsWith('CHANGELOG.md'));
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** What pnpm itself does, as opposed to this repository's scripts. */
const pnpmCommands = ['install', 'exec', 'add', 'dlx', 'run', 'changeset', 'turbo', 'publish'];

describe.each(documents)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  test('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)].map(
      (m) => m[1] ?? '',
    );
    expect(links.filter((link) => !existsSync(resolve(root, dirname(path), link)))).toEqual([]);
  });

  test('names commands that exist', () => {
    const named = [...text.matchAll(/\bpnpm(?:@[\d.]+)? ([a-z][\w:-]*)/g)].map((m) => m[1] ?? '');
    expect(named.filter((name) => !(name in scripts) && !pnpmCommands.includes(name))).toEqual([]);
  });
});

const readmes = [
  'README.md',
  ...['types', 'client', 'mock'].map((name) => `packages/${name}/README.md`),
];
const snippets = readmes.flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map((match, i) => ({
    name: `${path} #${i + 1}`,
    file: `${path.replaceAll(/\W+/g, '-')}-${i + 1}.mts`,
    code: match[1] ?? '',
  })),
);

describe('the snippets of the READMEs', () => {
  // Inside the package, so that the snippets' imports resolve as they would in a consumer's project.
  const folder = join(root, 'scripts/dist/snippets');
  const run = promisify(execFile);
  let mock: MockServer;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
    mock = await startMock({ data: { users: 30 } });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await mock.close();
  });

  test('compile', async () => {
    const files = snippets.map(({ file }) => join(folder, file));
    const options =
      '--noEmit --strict --module nodenext --target es2022 --lib es2023,dom --types node';
    await run(join(root, 'scripts/node_modules/.bin/tsc'), [...files, ...options.split(' ')], {
      cwd: join(root, 'scripts'),
    });
  });

  test.each(snippets)('$name runs', async ({ file }) => {
    const env = { ...process.env, OPENAI_ADMIN_KEY: 'sk-admin-test', OPENAI_BASE_URL: mock.url };
    await run(process.execPath, [join(folder, file)], { cwd: root, env });
  });
});
