import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Guarantee|-)/.test(line))
  .map((line) => {
    const [, promise = '', held = ''] = line.split('|').map((cell) => cell.trim());
    const [, file = '', title = ''] = /^`([^`]+)` › (.+)$/.exec(held) ?? [];
    return { promise, file, title };
  });

test('SECURITY.md makes promises', () => expect(rows.length).toBeGreaterThan(20));

test.each(rows)('a test holds: $promise', ({ file, title }) => {
  expect(existsSync(join(root, file))).toBe(true);
  // A title in the source may quote with any of three characters, and escape them.
  const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
  expect(source.includes(title), `Expected a test ${JSON.stringify(title)} in ${file}`).toBe(true);
});
