import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readManifest, released, root } from '../lib/repo.ts';
import { blocks, documents, parseBlocks, runnable, wayOf } from './support/markdown.ts';

// The blocks themselves are run by test/examples/docs.test.ts: `pnpm test:examples docs`.
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

function isExported(name: string, file: string): boolean {
  const kinds =
    '(?:declare |default |async |abstract )*(?:function\\*?|class|const|interface|type)';
  return new RegExp(`^export ${kinds} ${name}\\b`, 'm').test(readFileSync(file, 'utf8'));
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

  test('names exports that are in the file beside them', () => {
    const wrong = text.split(/^(?=## )/m).flatMap((section) => {
      // A section may say once where its files are.
      const [, base = ''] = /below `(packages\/[\w./-]+)`/.exec(section) ?? [];
      return [...section.matchAll(/`(\w+)` in\s+`([\w./-]+\.ts)`/g)]
        .map(([, name = '', file = '']) => ({ name, file: join(root, base, file) }))
        .filter(({ name, file }) => !existsSync(file) || !isExported(name, file))
        .map(({ name, file }) => `${name} in ${relative(root, file)}`);
    });
    expect(wrong).toEqual([]);
  });

  test('names files that exist', () => {
    const named = [...text.matchAll(/`((?:packages|scripts|spec|docs|examples)\/[\w./-]+)`/g)].map(
      (m) => m[1] ?? '',
    );
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe.each(Object.values(released))('$folder/README.md, as npm shows it', ({ folder }) => {
  test('has relative links only to files of the package', () => {
    const text = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, to]) => to);
    const { files } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    expect(links.filter((link = '') => !files.includes(link))).toEqual([]);
  });
});

/** Languages that show something, and run nothing. */
const shown = ['text', 'yaml', 'json', 'diff', 'mermaid', 'dockerfile'];

// The reference is generated: its blocks are signatures.
describe.each(documents.filter((path) => path !== 'packages/client/api.md'))('%s', (path) => {
  const all = blocks(path);

  test('declares the language of each block', () => {
    const unknown = all.filter(({ language }) => ![...runnable, ...shown].includes(language));
    expect(unknown.map(({ line, language }) => `line ${line}: "${language}"`)).toEqual([]);
  });

  test('has a test for each block, or the reason why not', () => {
    for (const block of all.filter(({ language }) => runnable.includes(language))) {
      const way = wayOf(block);
      if (way !== 'elsewhere') continue;
      const [, file = ''] = /^run by (\S+)/.exec(block.marker ?? '') ?? [];
      const source = readFileSync(join(root, file), 'utf8');
      // The other test reads the block, or has each of its commands.
      if (source.includes(`blocks('${path}'`)) continue;
      const commands = block.code
        .split('\n')
        .map((line) => line.replace(/\s+#.*/, '').replace('npx -y pnpm@12.20.0', 'pnpm'))
        .filter(Boolean);
      const missing = commands.filter(
        (command) => !source.replaceAll('npx -y pnpm@12.20.0', 'pnpm').includes(command),
      );
      expect(missing, `${path}:${block.line} is not run by ${file}`).toEqual([]);
    }
  });

  test('keeps npx from installing a stranger’s package', () => {
    const text = readFileSync(join(root, path), 'utf8');
    const careless = text.match(/\bnpx (?!-y pnpm@|--no -- )\S+/g) ?? [];
    expect(careless.filter((command) => /org-mock|pnpm/.test(command))).toEqual([]);
  });
});

test.each([
  ['an unknown marker', '<!-- skip -->\n\n```ts\n1\n```', 'Unknown marker: <!-- skip -->'],
  ['a marker without a reason', '<!-- not run: -->\n```ts\n1\n```', 'Unknown marker'],
])('%s is refused', (_, text, message) => {
  const [block] = parseBlocks(text, 'x.md');
  expect(() => block && wayOf(block)).toThrow(message);
});

test.each([
  ['no marker', '```python\nprint(1)\n```', 'clone'],
  [
    'a comment that is not right before it',
    '<!-- not run: it needs a key -->\nNow\n```js\n1\n```',
    'clone',
  ],
  ['a reason', '<!-- not run: it needs a real key -->\n\n```js\n1\n```', 'never'],
])('a block with %s has a way to be run', (_, text, way) => {
  const found = parseBlocks(text, 'x.md').filter(({ language }) => runnable.includes(language));
  expect(found.map(wayOf)).toEqual([way]);
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
