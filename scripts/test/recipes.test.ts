import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lib/repo.ts';

// A recipe in a guide is a file of an example, which `pnpm test:examples` runs, or a region of one:
//   <!-- from examples/jest/users.test.js#retries -->
//   ```js …

const guides = globSync('docs/guides/*.md', { cwd: root });
const recipes = guides.flatMap((guide) => {
  const text = readFileSync(join(root, guide), 'utf8');
  const quoted = /<!-- from (\S+?)(?:#(\S+))? -->\n+```\w+\n(.*?)```/gs;
  return [...text.matchAll(quoted)].map(([, path = '', region, code = '']) => ({
    guide,
    path,
    region,
    code,
  }));
});

test('the guides quote examples', () => {
  expect(recipes.length).toBeGreaterThan(0);
  for (const guide of guides) {
    const markers = readFileSync(join(root, guide), 'utf8').match(/<!-- from /g) ?? [];
    expect(markers.length).toBe(recipes.filter((each) => each.guide === guide).length);
  }
});

test.for(recipes)('$guide quotes $path word for word', ({ path, region, code }) => {
  expect(code.trim()).toBe(regionOf(readFileSync(join(root, path), 'utf8'), region).trim());
});

/** The lines between `#region name` and `#endregion`, without their common indentation; all of them without a name. */
function regionOf(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim().endsWith(`#region ${name}`));
  const end = lines.findIndex((line, i) => i > start && line.trim().endsWith('#endregion'));
  if (start < 0 || end < 0) throw new Error(`Expected a region named ${name}.`);
  const region = lines.slice(start + 1, end);
  const indentation = Math.min(
    ...region.filter((line) => line.trim()).map((line) => line.search(/\S/)),
  );
  return region.map((line) => line.slice(indentation)).join('\n');
}
