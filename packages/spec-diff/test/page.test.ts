import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changeIDs } from '../src/change/ids.ts';
import { policies } from '../src/settings/policies.ts';
import { changesPage } from './support/page.ts';

const path = new URL('../changes.gen.md', import.meta.url);

// To write it again: pnpm --filter @org/spec-diff exec vitest run page -u
test('changes.gen.md is up to date with the table of changes', async () => {
  await expect(await changesPage()).toMatchFileSnapshot(path.pathname);
}, 60_000);

test('changes.gen.md has each id once, with an example of both documents, and each policy', () => {
  const sections = readFileSync(path, 'utf8').split(/^### /m).slice(1);
  expect(sections.map((section) => section.split('\n')[0])).toEqual(changeIDs);
  const incomplete = sections.filter(
    (section) =>
      !/^\*\*(breaking|addition|none)\*\*/m.test(section) || !/^```diff\n.*^[-+]/ms.test(section),
  );
  expect(incomplete).toEqual([]);
  const listed = [...readFileSync(path, 'utf8').matchAll(/^\| `([^`]+)`/gm)].map(
    ([, name]) => name,
  );
  expect(listed).toEqual(Object.keys(policies));
});
