// pnpm generate [--check]: lint → bundle → everything that is made from the spec.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createLocate, generate, type Operation, SpecProblems } from '@org/codegen';
import { type Change, type Document, walk } from '@org/spec-diff';
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { redocly } from '../lib/redocly.ts';
import { root } from '../lib/repo.ts';
import { specAt } from '../lib/spec.ts';

await runCommand({
  name: 'generate',
  summary: 'Lints and bundles the spec, and writes everything that is generated from it.',
  flags: {
    check: {
      type: 'boolean',
      description: 'Write nothing; fail if a generated file is stale, missing or orphaned',
    },
  },
  run,
});

async function run(flags: { check?: boolean | undefined }): Promise<void> {
  const spec = resolve(root, 'spec');
  const here = 'in the working tree';
  redocly(spec, here, 'lint', 'openapi.yaml');
  redocly(spec, here, 'bundle', 'openapi.yaml', '--output', 'dist/openapi.json');
  const bundled = readFileSync(resolve(spec, 'dist/openapi.json'), 'utf8');
  // All of it is made before any of it is written.
  const { model, files: generated } = await generate(
    JSON.parse(bundled),
    createLocate(spec, 'openapi.yaml'),
  ).catch(explain);
  const files = { ...generated, ...typesManifest(bundled) };

  const stale = Object.entries(files).filter(([path, content]) => read(path) !== content);
  const orphans = generatedFiles().filter((path) => !(path in files));
  if (flags.check) {
    if (stale.length + orphans.length === 0) {
      console.log('All generated files are up to date.');
      return;
    }
    const list = [
      ...stale.map(([path]) => `${existsSync(resolve(root, path)) ? 'Stale' : 'Missing'}: ${path}`),
      ...orphans.map((path) => `Orphaned generated file, delete it: ${path}`),
    ];
    throw new CommandError(`${list.join('\n')}\nGenerated files are stale. Run: pnpm generate`);
  }
  printInferred(model.operations);
  for (const [path, content] of stale) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true });
    writeFileSync(resolve(root, path), content);
    console.log(`Wrote ${path}`);
  }
  for (const path of orphans) console.log(`Orphaned generated file, delete it: ${path}`);
  if (stale.length === 0) console.log('All generated files are up to date.');
  else tellChanges(bundled);
}

/** Problems of the spec are the reader's to fix; anything else is a bug. */
function explain(error: unknown): never {
  if (!(error instanceof SpecProblems)) throw error;
  const lines = error.problems.map((problem) => `spec/${problem}`);
  throw new CommandError(`Invalid spec in the working tree:\n${lines.join('\n')}`);
}

/** One entry per operation: how it is called, what it gives, what the mock does, and why. */
function printInferred(operations: readonly Operation[]): void {
  for (const { id, method, path, result, behavior, reason } of operations) {
    const given =
      result.kind === 'page'
        ? `${result.pageClass}<${result.item}>`
        : result.kind === 'value'
          ? result.type
          : 'nothing';
    const { kind, ...rest } = behavior;
    const [name] = Object.values(rest);
    console.log(`client.${id}() → ${given}`);
    console.log(`  ${method.toUpperCase()} ${path}`);
    console.log(`  mock: ${kind}${typeof name === 'string' ? ` ${name}` : ''}. ${reason}.`);
  }
  console.log();
}

/** Lists what changed in the spec since the last commit. */
function tellChanges(bundled: string): void {
  const changes = changesSinceCommit(JSON.parse(bundled));
  if (changes.length > 0) console.log('\nChanged since the last commit:');
  for (const { place, message } of changes) console.log(`  ${place}: ${message}`);
  if (changes.length > 0) console.log('What it means for users of the packages: pnpm spec:diff');
}

function changesSinceCommit(document: Document): Change[] {
  try {
    return walk(specAt('HEAD').document, document).changes;
  } catch (error) {
    // The first commit has no spec to compare with, and a broken one was told about when it was made.
    if (error instanceof CommandError) return [];
    throw error;
  }
}

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

/** Every file in the repository whose name says that it is generated. */
function generatedFiles(): string[] {
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.gen.*');
  return listed.split('\0').filter((path) => path && existsSync(resolve(root, path)));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
