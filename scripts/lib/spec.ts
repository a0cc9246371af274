import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { buildModel } from '@org/codegen/build-model';
import {
  type Location,
  type Problem,
  Problems,
  parsePointer,
  refuseForeignReferences,
  SpecProblems,
  visible,
} from '@org/openapi';
import {
  createLocator,
  type Files,
  filesBelow,
  type LintRules,
  type ReadDocument,
  readDocument,
} from '@org/openapi/read';
import { asSpec, type Document, DocumentError, parseSpec } from '@org/spec-diff';
import { parse as parseYAML } from 'yaml';
import { CommandError } from './cli.ts';
import { filesOfTree } from './git-files.ts';
import { root } from './repo.ts';

/** The path of the repository's spec. */
const specPath = 'spec/openapi.yaml';

/** The overlay beside the spec, applied after its files were joined (OpenAPI Overlay). */
const overlayName = 'overlay.yaml';

const emptySpec: Document = { openapi: '3.1.0', info: {}, paths: {} };

/** One side of a comparison. */
export interface SpecSide {
  /** Its name in a sentence: a git ref, a file, or the working tree. */
  name: string;
  /** Bundled: without references to other files. */
  document: Document;
  /** Finds the location of a JSON pointer in its source file. */
  locate(pointer: string): Location | undefined;
}

/** The source of a spec and its parts. */
interface Source {
  name: string;
  /** For errors: `at v1.2.0`. */
  where: string;
  /** The folder that it may refer to, relative to the repository or absolute. */
  folder: string;
  /** The spec, relative to that folder. */
  main: string;
  files: Files;
  /** The overlays of the repository's own spec, in the working tree or at a ref; those of other files are not known. */
  overlays: string[];
}

/** Reads and bundles the working tree's spec, and checks it by the rules in `spec/redocly.yaml`. */
export async function readOwnSpec({ lint = true } = {}): Promise<ReadDocument> {
  return await readOwn(ownSource(), lint);
}

function ownSource(): Source {
  return fileSource(specPath, join(root, specPath));
}

async function readOwn({ main, files, overlays, where, folder }: Source, lint: boolean) {
  const rules: LintRules = parseYAML(readFileSync(join(folder, 'redocly.yaml'), 'utf8'));
  const options = { overlays, ...(lint ? { lint: rules } : {}) };
  return await readDocument(main, files, options).catch((error: unknown) =>
    explain(error, where, folder),
  );
}

/**
 * The working tree's spec, as one side of a comparison.
 *
 * @throws {CommandError} if `pnpm generate` would refuse it
 */
export async function readCheckedSpec(): Promise<SpecSide> {
  // Compare the text that was checked, even if the file is saved in between.
  const own = ownSource();
  const source = { ...own, files: readOnce(own.files) };
  const checked = await readOwn(source, true);
  try {
    buildModel(checked.document, checked.locate);
  } catch (error) {
    explain(error, source.where, source.folder);
  }
  return await sideOf(source, checked);
}

/** Files of which each is read at most once. */
function readOnce(files: Files): Files {
  const texts = new Map<string, string>();
  return {
    read(path) {
      const text = texts.get(path) ?? files.read(path);
      texts.set(path, text);
      return text;
    },
  };
}

/**
 * Reads a spec, as YAML or JSON, with every file that it refers to.
 *
 * @param source A file; a git ref, whose `spec/openapi.yaml` is meant; or both as `<ref>:<path>`. The spec of the
 *   working tree by default.
 * @param folder The folder that the spec may refer to. Default: the spec's own folder.
 * @throws {CommandError} if the spec does not exist or cannot be compared
 */
export async function readSpec(
  source: string = join(root, specPath),
  folder?: string,
): Promise<SpecSide> {
  return await sideOf(sourceOf(source, folder));
}

/** @param bundled The bundled source, if it is known already. */
async function sideOf(found: Source, bundled?: ReadDocument): Promise<SpecSide> {
  const { document, locate } = await read(found, bundled).catch((error: unknown) =>
    explain(error, found.where, found.folder),
  );
  return {
    name: found.name,
    document,
    locate(pointer) {
      const place = locate(parsePointer(pointer));
      return place && { ...place, file: shown(found.folder, place.file) };
    },
  };
}

/** An API without operations, as before the first release. */
function emptySide(): SpecSide {
  return { name: 'the beginning', document: emptySpec, locate: () => undefined };
}

/** The spec at a git ref; without a ref, {@link emptySide}. */
export async function specAt(ref: string | undefined, folder?: string): Promise<SpecSide> {
  return ref === undefined ? emptySide() : await readSpec(ref, folder);
}

/** A line for each problem, with its place from the root of the repository. */
export function listProblems(problems: readonly Problem[], folder: string): string {
  const lines = problems.map(({ location, place, message, id }) => {
    const at = location
      ? `${shown(folder, location.file)}:${location.line}:${location.column}`
      : id === 'unreadable'
        ? shown(folder, place)
        : place;
    return visible(`${at}: ${message} (${id})`);
  });
  return [...new Set(lines)].join('\n');
}

/** Problems of a spec are the reader's to fix; anything else is a bug. */
export function explain(error: unknown, where: string, folder: string): never {
  if (error instanceof SpecProblems)
    throw new CommandError(`Invalid spec ${where}:\n${listProblems(error.problems, folder)}`);
  if (error instanceof DocumentError) {
    // The parser's message shows the lines around the mistake.
    const lines = error.message.split('\n').map(visible);
    throw new CommandError(`Invalid spec ${where}:\n${lines.join('\n')}`);
  }
  if (error instanceof RangeError)
    throw new CommandError(`Invalid spec ${where}:\nIt is nested too deeply.`);
  throw error;
}

/** A file as the reader finds it: relative to the repository, or absolute. */
function shown(folder: string, file: string): string {
  const path = relative(root, resolve(root, folder, file));
  return path.startsWith('..') ? resolve(root, folder, file) : path;
}

function sourceOf(source: string, folder: string | undefined): Source {
  const file = resolve(source);
  if (existsSync(file) && statSync(file).isFile()) return fileSource(source, file, folder);
  const inside = join(file, 'openapi.yaml');
  if (existsSync(inside)) return fileSource(source, inside, folder);
  if (/\.(ya?ml|json)$/.test(source) && !source.includes(':')) {
    throw new CommandError(`No such file: ${source}. Expected a YAML or JSON file, or a git ref.`);
  }
  const [ref = '', path = specPath] = source.split(':');
  return gitSource(ref, path, folder);
}

function fileSource(name: string, file: string, given = dirname(file)): Source {
  const isOwn = file === join(root, specPath);
  const folder = resolve(given);
  const hasOverlay = isOwn && existsSync(join(dirname(file), overlayName));
  const main = mainOf(folder, relative(folder, file).split(sep).join('/'));
  return {
    name: isOwn ? 'the working tree' : name,
    where: isOwn ? 'in the working tree' : `in ${name}`,
    folder,
    main,
    files: filesBelow(folder),
    overlays: hasOverlay ? [besides(main)] : [],
  };
}

function gitSource(ref: string, path: string, given = posix.dirname(path)): Source {
  const folder = posix.normalize(given);
  const main = mainOf(folder, posix.relative(folder, path));
  const files = filesOfTree(ref, folder);
  if (!files.has(main)) {
    throw new CommandError(
      `${path} does not exist at ${ref}. Name the spec as <ref>:<path>, or pass another ref.`,
    );
  }
  const overlays = path === specPath ? [besides(main)].filter(files.has) : [];
  return { name: ref, where: `at ${ref}`, folder, main, files, overlays };
}

/** The path of a spec's overlay. */
function besides(main: string): string {
  return posix.join(posix.dirname(main), overlayName);
}

function mainOf(folder: string, path: string): string {
  if (!path.startsWith('..')) return path;
  throw new CommandError(`--root ${folder} does not hold the spec: pass a folder above it.`);
}

async function read(
  source: Source,
  bundled?: ReadDocument,
): Promise<Pick<SpecSide, 'document'> & Pick<ReadDocument, 'locate'>> {
  const { folder, main, files, overlays } = source;
  const text = files.read(main);
  const name = shown(folder, main);
  if (overlays.length > 0 || needsBundling(text)) {
    const { document, locate } = bundled ?? (await readDocument(main, files, { overlays }));
    return { document: asSpec(structuredClone(document), name), locate };
  }
  const document = parseSpec(text, name);
  const locate = createLocator(main, files.read).inDocument;
  const problems = new Problems(locate);
  refuseForeignReferences(document, problems);
  problems.throwIfAny();
  return { document, locate };
}

/** A spec of one file is not bundled, which would take half a second without an effect. */
function needsBundling(text: string): boolean {
  const toFiles = /(\$ref|externalValue)["']?\s*:\s*["']?[^#\s"']/;
  // YAML aliases are counted during bundling.
  const aliases = /(^|[\s,:[{-])&[^\s,[\]{}]/m;
  return toFiles.test(text) || (aliases.test(text) && !/^\s*\{/.test(text));
}
