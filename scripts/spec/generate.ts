// pnpm generate [--check]: lint → bundle → everything that is made from the spec.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generate, type Model } from '@org/codegen';
import { requestOf } from '@org/codegen/signatures';
import { formatProblem, type Problem, visible } from '@org/openapi';
import { type Change, compare, type Document, placeOf, sentenceOf } from '@org/spec-diff';
import { CommandError, runCommand } from '../lib/cli.ts';
import { git } from '../lib/git.ts';
import { root } from '../lib/repo.ts';
import { explain, listProblems, readOwnSpec, specAt } from '../lib/spec.ts';
import { writeFiles } from '../lib/write-files.ts';

await runCommand({
  name: 'generate',
  summary: 'Lints and bundles the spec, and writes all generated files.',
  flags: {
    check: {
      type: 'boolean',
      description: 'Write nothing; fail if a generated file is stale, missing or orphaned',
    },
  },
  run,
});

async function run(flags: { check?: boolean | undefined }): Promise<void> {
  const { document, locate, warnings } = await readOwnSpec();
  const unused = listProblems(warnings, 'spec');
  if (flags.check && unused) {
    throw new CommandError(
      `Unfinished spec in the working tree:\n${unused}\nRemove unused components, or refer to them.`,
    );
  }
  const bundled = JSON.stringify(document, null, 2);
  // All of it is made before any of it is written.
  const {
    model,
    files: generated,
    listed,
  } = await generate(document, locate).catch((error: unknown) =>
    explain(error, 'in the working tree', 'spec'),
  );
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
  printInferred(model);
  printListed(listed);
  writeFiles(
    Object.fromEntries(
      [['spec/dist/openapi.json', bundled] as const, ...stale].map(([path, content]) => [
        resolve(root, path),
        content,
      ]),
    ),
  );
  for (const [path] of stale) console.log(`Wrote ${path}`);
  for (const path of orphans) console.log(`Orphaned generated file, delete it: ${path}`);
  if (stale.length === 0) console.log('All generated files are up to date.');
  else await tellChanges(bundled);
  if (unused) console.log(`\nWarning, an error in \`pnpm check\`:\n${unused}`);
}

/** One entry per operation: its call, its result, the mock's behavior, and the reason. */
function printInferred({ operations, ignored }: Model): void {
  for (const operation of [...operations, ...ignored]) {
    const { id, result, behavior, reason } = operation;
    const given =
      result.kind === 'page'
        ? `${result.pageClass}<${result.item}>`
        : result.kind === 'value'
          ? result.type
          : 'nothing';
    const { kind, ...rest } = behavior;
    const [name] = Object.values(rest);
    const kept = `${kind}${typeof name === 'string' ? ` ${name}` : ''}`;
    console.log(
      visible(ignored.includes(operation) ? `${id}: no method` : `client.${id}() → ${given}`),
    );
    console.log(visible(`  ${requestOf(operation)}`));
    console.log(visible(`  mock: ${kept}. ${reason}.`));
  }
  console.log();
}

/** The parts of the document that are not generated. */
function printListed(listed: readonly Problem[]): void {
  if (listed.length === 0) return;
  console.log('Not generated:');
  for (const problem of listed) console.log(`  spec/${formatProblem(problem)}`);
  console.log();
}

/** Lists the changes of the spec since the last commit. */
async function tellChanges(bundled: string): Promise<void> {
  const changes = await changesSinceCommit(JSON.parse(bundled));
  if (changes.length > 0) console.log('\nChanged since the last commit:');
  for (const change of changes) console.log(`  ${visible(placeOf(change))}: ${sentenceOf(change)}`);
  if (changes.length > 0) console.log('To see the effect on users of the packages: pnpm spec:diff');
}

async function changesSinceCommit(document: Document): Promise<Change[]> {
  try {
    return compare((await specAt('HEAD')).document, document).changes;
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

/** All generated files by name, except one that a test writes and compares. */
function generatedFiles(): string[] {
  const patterns = ['*.gen.*', ':(exclude)packages/spec-diff/changes.gen.md'];
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard', ...patterns);
  return listed.split('\0').filter((path) => path && existsSync(resolve(root, path)));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
