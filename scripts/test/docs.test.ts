import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type MockServer, startMock } from '@org/mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { git } from '../lib/git.ts';
import { readManifest, released, root } from '../lib/repo.ts';
import { blocks } from './support/markdown.ts';

const documents = git('ls-files', '--cached', '--others', '--exclude-standard', '*.md')
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)))
  .filter((path) => !/^\.changeset\/(?!README)|CHANGELOG\.md$|^\.github\//.test(path));
const { scripts = {} } = readManifest();

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

  test('links to headings that exist', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s/g, '-');
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map((m) => slug(m[1] ?? ''));
    const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map((m) => m[1] ?? '');
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((m) => m[1] ?? '');
    expect(links.filter((link) => ![...headings, ...anchors].includes(link))).toEqual([]);
  });

  test('names commands that exist', () => {
    const named = [...text.matchAll(/\bpnpm(?:@[\d.]+)? ([a-z][\w:-]*)/g)].map((m) => m[1] ?? '');
    expect(named.filter((name) => !(name in scripts) && !pnpmCommands.includes(name))).toEqual([]);
  });

  test('names files that exist', () => {
    const named = [...text.matchAll(/`((?:packages|scripts|spec|docs|examples)\/[\w./-]+)`/g)].map(
      (m) => m[1] ?? '',
    );
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

const readmes = [
  'README.md',
  ...Object.values(released).map(({ folder }) => `${folder}/README.md`),
];
const snippets = readmes.flatMap((path) =>
  blocks(path)
    .filter(({ language }) => language === 'ts')
    .map(({ code }, i) => ({
      name: `${path} #${i + 1}`,
      file: `${path.replaceAll(/\W+/g, '-')}-${i + 1}.mts`,
      code,
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
  }, 240_000);

  test.each(snippets)('$name runs', async ({ file }) => {
    const env = { ...process.env, OPENAI_ADMIN_KEY: 'sk-admin-test', OPENAI_BASE_URL: mock.url };
    await run(process.execPath, [join(folder, file)], { cwd: root, env });
  });
});

test("the README shows the demo's output", async () => {
  const [shown] = blocks('README.md').filter(({ language }) => language === 'text');
  const program = join(root, 'scripts/demo.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  const comparable = (text = '') =>
    text.replace(/:\d+\/v1/, ':PORT/v1').replace(/[\d.]+ s\./, 's.');
  expect(comparable(stdout)).toBe(comparable(shown?.code));
});
