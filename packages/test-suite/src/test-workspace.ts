import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { linkPackages, listFiles } from './clone.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The files of `spec/` that the tests were written for. */
export const testedSpec = 'packages/test-suite/fixtures/spec';

/** The files in `spec/` that are about no document. */
export const specTools: ReadonlySet<string> = new Set(
  ['bundle.ts', 'package.json', 'turbo.json'].map((name) => `spec/${name}`),
);

/** Decisions about comparisons, which tests need not know. */
const decisions = new Set(['spec/diff.yaml', 'spec/openai-departures.yaml']);

/** Whether `spec/` has the document that the tests were written for. */
export function hasTestedSpec(): boolean {
  const [own, tested] = [documentIn('spec'), documentIn(testedSpec)];
  return (
    own.size === tested.size &&
    [...own].every(([path, text]) => tested.get(path)?.equals(text) === true)
  );
}

/** Makes `spec/` the document that the tests are written for. */
export function useSpecForTests(): void {
  for (const path of documentIn(testedSpec).keys()) rmSync(join(root, testedSpec, path));
  for (const path of [...documentIn('spec').keys(), ...decisions].map(nameInSpec))
    if (existsSync(join(root, 'spec', path)))
      cpSync(join(root, 'spec', path), join(root, testedSpec, path));
}

function nameInSpec(path: string): string {
  return path.replace(/^spec\//, '');
}

/** The files of a document, by their path in its folder. */
function documentIn(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const path of globSync('**/*.{yaml,yml,json}', {
    cwd: join(root, folder),
    exclude: ['node_modules/**', 'dist/**', 'reports/**', '.turbo/**'],
  })) {
    if (specTools.has(`spec/${path}`) || decisions.has(`spec/${path}`)) continue;
    found.set(path, readFileSync(join(root, folder, path)));
  }
  return found;
}

/** What the compiler reads of a package, and what it reads under another document than that of the tests. */
const compiled: Record<string, { always: string; adopted: string }> = {
  'packages/bench/tsconfig.json': { always: '"src"', adopted: '"src/spec-diff"' },
  'packages/client/tsconfig.json': { always: '"src", "test",', adopted: '"src",' },
  'packages/client-tests/tsconfig.json': {
    always: '"test", "*.config.ts"',
    adopted: '"*.config.ts"',
  },
  'packages/mock/tsconfig.json': { always: '"src", "test",', adopted: '"src",' },
  'packages/types/test/tsconfig.json': { always: '"."', adopted: '"support"' },
  'scripts/tsconfig.json': { always: '"test/**/*.ts",', adopted: '"test/document/**/*.ts",' },
};

/** Configurations of the compiler that leave out what needs the document of the tests, by path. */
export function configsWithoutTests(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(compiled).map(([path, { always, adopted }]) => [
      path,
      readFileSync(join(root, path), 'utf8').replace(`[${always}`, `[${adopted}`),
    ]),
  );
}

/**
 * Makes or updates the test workspace: a copy of the repository with the document that the tests were written for, and
 * with what is generated from it. What is written by hand is the same in both.
 *
 * @returns its folder; undefined where `spec/` has the document of the tests
 */
export function updateTestWorkspace(): string | undefined {
  if (hasTestedSpec()) return undefined;
  const target = join(root, '.test-workspace');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: target });
  if (!existsSync(join(target, '.git'))) {
    mkdirSync(target, { recursive: true });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Test');
    git('config', 'user.email', 'test@example.com');
  }
  const sources = sourcesOf(target);
  const stale = [...sources].filter(([path, source]) => !isSame(source, join(target, path)));
  const others = listFiles(target).filter((path) => !sources.has(path));
  // Git has no file of this name: it tells that the last update was completed.
  const done = join(target, '.git/is-complete');
  if (stale.length === 0 && others.every(isGenerated) && existsSync(done)) return target;

  rmSync(done, { force: true });
  for (const path of others) rmSync(join(target, path));
  for (const [path, source] of stale) copy(source, join(target, path));
  if (!existsSync(join(target, 'node_modules')))
    symlinkSync('../node_modules', join(target, 'node_modules'), 'dir');
  if (stale.some(([path]) => path === 'pnpm-lock.yaml')) linkPackages(root, target);
  execFileSync(process.execPath, [join(target, 'scripts/spec/generate.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'Update', '--allow-empty', '--no-verify');
  writeFileSync(done, '');
  return target;
}

/** A file to copy, or the text that a file is to have. */
type Source = { from: string } | { text: string };

/** The files of the test workspace but for those that are generated. */
function sourcesOf(target: string): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const path of listFiles(root)) {
    if (path.startsWith(`${testedSpec}/`))
      sources.set(`spec/${path.slice(testedSpec.length + 1)}`, { from: join(root, path) });
    if (!isGenerated(path) && (!path.startsWith('spec/') || specTools.has(path)))
      sources.set(path, { from: join(root, path) });
  }
  for (const [path, { always, adopted }] of Object.entries(compiled)) {
    const text = readFileSync(join(root, path), 'utf8');
    const isWhole = text.includes(`[${always}`);
    sources.set(path, { text: isWhole ? text : text.replace(`[${adopted}`, `[${always}`) });
  }
  // What `pnpm generate` noted in this manifest is about the document.
  const manifest = 'packages/types/package.json';
  if (existsSync(join(target, manifest))) {
    const { spec } = JSON.parse(readFileSync(join(target, manifest), 'utf8'));
    const own = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
    sources.set(manifest, { text: `${JSON.stringify({ ...own, spec }, null, 2)}\n` });
  }
  return sources;
}

/** Whether `pnpm generate` makes it from the document. */
function isGenerated(path: string): boolean {
  if (path === 'packages/spec-diff/changes.gen.md') return false;
  return /\.gen\.\w+(\.\w+)?$/.test(path) || path === 'packages/client/api.md';
}

function isSame(source: Source, file: string): boolean {
  if (!existsSync(file)) return false;
  const content = 'from' in source ? readFileSync(source.from) : Buffer.from(source.text);
  return content.equals(readFileSync(file));
}

function copy(source: Source, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if ('from' in source) cpSync(source.from, file);
  else writeFileSync(file, source.text);
}
