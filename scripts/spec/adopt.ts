// pnpm adopt <openapi.yaml> [--root <folder>] [--yes]: replaces the spec of this repository with another document.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { readClient } from '@org/codegen';
import { type AdaptedDocument, adaptDocument } from '@org/codegen/adapt-document';
import { buildModel } from '@org/codegen/build-model';
import { type Document, formatProblem, type Problem, SpecProblems, visible } from '@org/openapi';
import { filesBelow, type ReadDocument, readDocumentFile } from '@org/openapi/read';
import { configsWithoutTests, specTools, testedSpec } from '@org/test-suite/test-workspace';
import { stringify } from 'yaml';
import { CommandError, runCommand } from '../lib/cli.ts';
import { bin, exec } from '../lib/exec.ts';
import { git } from '../lib/git.ts';
import { describeChanges, overlayOf } from '../lib/overlay.ts';
import { root } from '../lib/repo.ts';
import { explain } from '../lib/spec.ts';
import { writeFiles } from '../lib/write-files.ts';

const spec = 'spec/openapi.yaml';
/** So many lines tell a reader what is wrong. */
const mostFlaws = 10;

/** A third-party document has to follow the rules of OpenAPI, but not our style. Flaws that it has are not ours to fix. */
const lintRules = (flaws: readonly Problem[]) => `rules:
${flaws.length > 0 ? '  # The document breaks this rule. Parts that cannot be read are errors anyway.\n  struct: off' : '  struct: error'}
  no-unresolved-refs: error
  operation-operationId: error
  # The generator checks this, and its message names both operations.
  operation-operationId-unique: off
`;

await runCommand({
  name: 'adopt',
  summary: 'Replaces the spec of this repository with another OpenAPI document.',
  flags: {
    root: {
      type: 'string',
      value: '<folder>',
      description:
        "A folder that holds the document and every file it refers to (default: the document's)",
    },
    yes: { type: 'boolean', description: 'Replace the spec without asking' },
  },
  positionals: { name: '<openapi.yaml>', description: 'The document, as YAML or JSON' },
  examples: ['pnpm adopt ../acme/openapi.yaml'],
  run: adopt,
});

async function adopt(
  flags: { root?: string | undefined; yes?: boolean | undefined },
  [file, ...others]: string[],
): Promise<void> {
  if (file === undefined || others.length > 0)
    throw new CommandError('Expected one file: pnpm adopt ../acme/openapi.yaml');
  const path = resolve(file);
  if (!existsSync(path)) throw new CommandError(`No such file: ${file}`);
  const folder = resolve(flags.root ?? dirname(path));
  if (path.startsWith(join(root, 'spec') + sep))
    throw new CommandError(`${file} is in spec/ already. Edit it, and run: pnpm generate`);
  const read = await readDocumentFile(path, { root: folder }).catch((error: unknown) =>
    explain(error, `in ${file}`, folder),
  );
  if (git('status', '--porcelain') !== '')
    throw new CommandError(
      'Commit or stash your changes first, so that you can undo this command with git.',
    );
  await confirm(flags.yes, file, read.document);

  const old = await oldNames();
  const adapted = adaptDocument(read.document, read.locate);
  const overlay = overlayOf(adapted);
  const flaws = await flawsOf(path, folder);
  const written = {
    ...copies(path, folder, read),
    'spec/redocly.yaml': lintRules(flaws),
    ...(overlay !== undefined && { 'spec/overlay.yaml': overlay }),
  };
  setOldAside();
  const changed = { ...written, ...configsWithoutTests() };
  writeFiles(
    Object.fromEntries(Object.entries(changed).map(([path, text]) => [join(root, path), text])),
  );
  formatSpec();
  tell(file, read, adapted, flaws);
  exec(process.execPath, [join(root, 'scripts/spec/generate.ts')], { output: 'inherit' });
  tellOldDocs(old);
  exec(process.execPath, [join(root, 'scripts/spec/changeset.ts')], { output: 'inherit' });
}

/** The calls and the names of the client's class in the documentation, which describes the first document. */
async function oldNames(): Promise<string[]> {
  const { document } = await readDocumentFile(join(root, testedSpec, basename(spec)));
  const { name, aliases } = readClient(document);
  const ids = buildModel(document).model.operations.map(({ id }) => `client.${id}`);
  return [...ids, name, ...aliases.map((alias) => `new ${alias}(`)];
}

/** Lists the documentation that describes the old API, since no generator writes it. */
function tellOldDocs(names: readonly string[]): void {
  const docs = filesIn('*.md', 'examples')
    .filter((path) => !/^\.changeset\/|CHANGELOG|api\.md$|\.gen\./.test(path))
    .filter((path) => existsSync(join(root, path)))
    .map((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      const count = lines.filter((line) => names.some((name) => line.includes(name))).length;
      return { path, count };
    })
    .filter(({ count }) => count > 0);
  if (docs.length === 0) return;
  console.log('\nThese files still describe the old API:');
  for (const { path, count } of docs)
    console.log(`  ${path}: ${count} ${count === 1 ? 'line' : 'lines'}`);
}

/** Formatted for `pnpm lint`. A document that is too large for the formatter stays unformatted. */
function formatSpec(): void {
  spawnSync(bin('biome'), ['format', '--write', 'spec'], { cwd: root, stdio: 'ignore' });
}

/** @throws {CommandError} unless a person confirms */
async function confirm(yes: boolean | undefined, file: string, document: Document): Promise<void> {
  const title = titleOf(document);
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new CommandError(
      `This replaces spec/ with ${file} (${title}). Run it again with --yes to do so.`,
    );
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(`Replace spec/ with ${file} (${title})? [y/N] `);
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was changed.');
}

function titleOf({ info }: Document): string {
  const { title, version } = (info ?? {}) as { title?: unknown; version?: unknown };
  return `${String(title ?? 'no title')} ${String(version ?? '')}`.trim();
}

/**
 * Removes the old document and the code of its calls. The tests have a copy of the document that they were written for.
 * The settings of `pnpm spec:diff` stay.
 */
function setOldAside(): void {
  const old = filesIn('spec').filter((path) => !specTools.has(path));
  for (const path of [...old, ...filesIn('packages/client/src/resources/*.gen.ts')])
    if (path !== 'spec/diff.yaml') rmSync(join(root, path), { force: true });
}

function filesIn(...patterns: string[]): string[] {
  return git('ls-files', '-z', ...patterns)
    .split('\0')
    .filter(Boolean);
}

/** The document and its parts, by their new paths. Parts that name the document by another name come as one file. */
function copies(
  path: string,
  folder: string,
  { document, files }: ReadDocument,
): Record<string, string> {
  const main = relative(folder, path).split(sep).join('/');
  const texts = filesBelow(folder);
  const [, ...parts] = files;
  const base = dirname(main);
  const isMovable =
    parts.every((part) => base === '.' || part.startsWith(`${base}/`)) &&
    parts.every((part) => !texts.read(part).includes(basename(main)));
  if (!isMovable) return { [spec]: yamlOf(document) };
  const text = texts.read(main);
  return Object.fromEntries([
    [spec, /^\s*\{/.test(text) ? yamlOf(JSON.parse(text)) : text],
    ...parts.map((part) => [`spec/${posix.relative(base, part)}`, texts.read(part)]),
  ]);
}

function yamlOf(document: object): string {
  return stringify(document, { lineWidth: 120, flowCollectionPadding: false });
}

/** Parts that OpenAPI does not have, or has in another form, and that can be read. */
async function flawsOf(path: string, folder: string): Promise<readonly Problem[]> {
  try {
    const lint = { rules: { struct: 'warn' } };
    return (await readDocumentFile(path, { root: folder, lint })).warnings;
  } catch (error) {
    // Keywords of a newer version.
    if (error instanceof SpecProblems) return error.problems;
    throw error;
  }
}

function tell(
  file: string,
  { files }: ReadDocument,
  adapted: AdaptedDocument,
  flaws: readonly Problem[],
): void {
  const { named } = adapted;
  const parts = files.length > 1 ? ` and ${files.length - 1} other files` : '';
  console.log(`Copied ${file}${parts} to spec/.`);
  for (const { id, method, path, given } of named)
    console.log(`  ${method.toUpperCase()} ${path}: ${given ? `${given} → ` : ''}${id}`);
  if (named.length > 0)
    console.log(`${named.length} ids are in spec/overlay.yaml. Rename them there.`);
  for (const line of describeChanges(adapted)) console.log(visible(line));
  if (flaws.length > 0) {
    console.log('The document breaks the rules of OpenAPI. spec/redocly.yaml allows it:');
    for (const flaw of flaws.slice(0, mostFlaws)) console.log(`  ${formatProblem(flaw)}`);
    if (flaws.length > mostFlaws) console.log(`  and ${flaws.length - mostFlaws} more`);
  }
  console.log(
    `The tests were written for another document. It is in ${testedSpec}, and \`pnpm test\` runs them with it, in a copy.`,
  );
  console.log('Undo everything: git restore . && git clean -fd spec packages .changeset\n');
}
