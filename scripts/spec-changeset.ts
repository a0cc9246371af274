// pnpm spec:changeset [--base <git ref>] [--dry-run]: writes the changeset that says what the change of the spec means.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diff } from '@org/spec-diff';
import {
  changesetPath,
  createChangeset,
  parseChangeset,
  renderChangeset,
} from './lib/changesets.ts';
import { versionAt } from './lib/package-changes.ts';
import { reporting } from './lib/cli.ts';
import { currentSide, lastRelease, root, SpecError, sideAt } from './lib/spec.ts';

await reporting(async () => {
  const { values: flags } = parseArgs({
    options: { base: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const base = flags.base ?? lastRelease();
  const changes = diff(await sideAt(base), await currentSide());
  if (changes.length === 0) {
    console.error(`The spec says the same as ${base}: there is nothing to write.`);
    return;
  }
  const before = written();
  const text = renderChangeset(
    createChangeset(changes, versionAt(base), before === undefined ? undefined : parse(before)),
  );
  if (flags['dry-run']) process.stdout.write(text);
  else if (text === before) console.log(`${changesetPath} says it all already.`);
  else {
    writeFileSync(join(root, changesetPath), text);
    console.log(`Wrote ${changesetPath}:\n\n${text}`);
  }
});

function written(): string | undefined {
  const path = join(root, changesetPath);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function parse(text: string) {
  try {
    return parseChangeset(text);
  } catch (error) {
    throw new SpecError(`${changesetPath} is no changeset. ${(error as Error).message}`);
  }
}
