import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { diff } from '../src/diff.ts';
import { parseSpec } from '../src/read/parse.ts';

// Documents that other people wrote, for other tools: polymorphism, callbacks, circles, 3.0 and 3.1.
const folder = join(fileURLToPath(import.meta.resolve('@readme/oas-examples/package.json')), '..');
const paths = globSync('3.*/json/**/*.json', { cwd: folder }).sort();
const specAt = (path: string) => parseSpec(readFileSync(join(folder, path), 'utf8'), path);

test.each(paths)('%s has no change against itself', async (path) => {
  expect(await diff(specAt(path), specAt(path))).toMatchObject({ verdict: 'none', changes: [] });
});

test.each(paths.map((path, index) => [path, paths.at(index - 1) ?? '']))(
  '%s has a verdict against %s',
  async (path, other) => {
    const { changes, notes } = await diff(specAt(other), specAt(path));
    expect(changes).not.toEqual([]);
    expect(notes.join()).not.toContain('The TypeScript check failed');
  },
);
