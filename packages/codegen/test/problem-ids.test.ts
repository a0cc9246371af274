import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

test('docs/problems.md explains every problem, and no other', () => {
  const sources = globSync('packages/{codegen,openapi}/src/**/*.ts', { cwd: root });
  const used = sources.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const added = text.matchAll(
      /\.add\(\s*(?:place === 'cookie' \? )?'([a-z-]+)'(?: : '([a-z-]+)')?,/g,
    );
    const made = text.matchAll(/\bid: (?:isReference \? )?'([a-z-]+)'(?: : ruleId)?,\s*message/g);
    return [...added, ...made].flatMap(([, ...ids]) => ids.filter((id) => id !== undefined));
  });
  const page = readFileSync(join(root, 'docs/problems.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
  expect(explained).toEqual([...new Set(used)].sort());
});
