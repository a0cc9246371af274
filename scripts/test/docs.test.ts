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
const { scripts = {}, homepage } = readManifest();

/** A link to a file of this repository, as readers on npm need it: the path, and the heading if there is one. */
const onGitHub = new RegExp(
  `\\]\\(${homepage.replace('#readme', '')}/(?:blob|tree|raw)/main/([^)#]+)(?:#([^)]+))?\\)`,
  'g',
);

function anchorsOf(path: string): Set<string> {
  const text = readFileSync(join(root, path), 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\s-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
  const anchors = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...anchors]);
}

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

  test('links to this repository on GitHub name files that exist', () => {
    const links = [...text.matchAll(onGitHub)].map((m) => m[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  test('links to headings that exist', () => {
    const here = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => [path, anchor]);
    const elsewhere = [...text.matchAll(/\]\((?!https?:)([^)#]+\.md)#([^)]+)\)/g)].map(
      ([, file = '', anchor = '']) => [join(dirname(path), file), anchor],
    );
    const absolute = [...text.matchAll(onGitHub)].flatMap(([, file = '', anchor]) =>
      anchor ? [[file, anchor]] : [],
    );
    const links = [...here, ...elsewhere, ...absolute];
    expect(links.filter(([file = '', anchor = '']) => !anchorsOf(file).has(anchor))).toEqual([]);
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

describe.each(Object.values(released))('$folder/README.md, as npm shows it', ({ folder }) => {
  test('has relative links to files of the package alone', () => {
    const text = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, to]) => to);
    const { files } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    expect(links.filter((link = '') => !files.includes(link))).toEqual([]);
  });
});

const readmes = [
  'README.md',
  ...Object.values(released).map(({ folder }) => `${folder}/README.md`),
  ...documents.filter((path) => path.startsWith('docs/guides/')),
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
  const program = join(root, 'scripts/dev/demo.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  const comparable = (text = '') =>
    text.replace(/:\d+\/v1/, ':PORT/v1').replace(/[\d.]+ s\./, 's.');
  expect(comparable(stdout)).toBe(comparable(shown?.code));
});
