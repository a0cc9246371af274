// pnpm generate [--check]: lint → bundle → everything that is made from the spec.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateOperations } from './generate/operations.ts';
import { generateTypes } from './generate/types.ts';

const root = resolve(import.meta.dirname, '..');
const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

execFileSync('pnpm', ['--filter', '@org/spec', 'run', '/^(lint|build)$/'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const bundled = readFileSync(resolve(root, 'spec/dist/openapi.json'), 'utf8');
const files = {
  ...(await generateTypes(bundled)),
  ...(await generateOperations(bundled)),
  ...typesManifest(bundled),
};

const stale = Object.entries(files).filter(([path, content]) => read(path) !== content);
if (flags.check && stale.length > 0) {
  for (const [path] of stale) console.error(`Stale: ${path}`);
  console.error('Generated files are stale. Run: pnpm generate');
  process.exit(1);
}
for (const [path, content] of stale) {
  writeFileSync(resolve(root, path), content);
  console.log(`Wrote ${path}`);
}
if (stale.length === 0) console.log('Everything generated is up to date.');

/** The manifest of `@org/types` records which spec its declarations were made from. */
function typesManifest(document: string): Record<string, string> {
  const path = 'packages/types/package.json';
  const manifest = JSON.parse(readFileSync(resolve(root, path), 'utf8'));
  manifest.spec = {
    version: JSON.parse(document).info.version,
    sha256: createHash('sha256').update(document).digest('hex'),
  };
  return { [path]: `${JSON.stringify(manifest, null, 2)}\n` };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
