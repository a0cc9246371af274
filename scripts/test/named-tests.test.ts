import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

/** Documents that name the test of each claim, as `file` › title; another title of that file. */
const documents = [
  { document: 'SECURITY.md', folder: '', least: 40 },
  { document: 'packages/codegen/README.md', folder: 'packages/codegen', least: 20 },
];

const named = documents.flatMap(({ document, folder }) => {
  const cells = readFileSync(join(root, document), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => line.split(' | '));
  return cells.flatMap((cell) => {
    const [, file, titles] = /^(?:\| )?`(\S+\.test\.\w+)` › (.+?)(?: \|)?$/.exec(cell.trim()) ?? [];
    if (!file || !titles) return [];
    let current = file;
    return titles.split('; ').map((each) => {
      // A title may be that of another file.
      const [, other, title = each] = /^`(\S+\.test\.\w+)` › (.+)$/.exec(each) ?? [];
      current = other ?? current;
      return { document, file: join(folder, current), title: title.trim() };
    });
  });
});

test.each(documents)('$document names tests', ({ document, least }) => {
  expect(named.filter((each) => each.document === document).length).toBeGreaterThan(least);
});

test.each(named)('$document: $file has the test "$title"', ({ file, title }) => {
  expect(existsSync(join(root, file))).toBe(true);
  // A title in the source may quote with any of three characters, and escape them.
  const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
  const found = [`'`, '"', '`'].some((quote) => source.includes(`${title}${quote}`));
  expect(found, `Expected a test ${JSON.stringify(title)} in ${file}`).toBe(true);
});
