import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createLocate } from '@org/codegen/locations';
import { type Document, DocumentError, type Location, parseSpec } from '@org/spec-diff';
import { CommandError } from './cli.ts';
import { fileAt, filesAt, git } from './git.ts';
import { locateBundled } from './locate-bundled.ts';
import { redocly } from './redocly.ts';
import { root } from './repo.ts';

/** Where the repository has its spec. */
const specPath = 'spec/openapi.yaml';

const emptySpec: Document = { openapi: '3.1.0', info: {}, paths: {} };

/** One side of a comparison. */
export interface SpecSide {
  /** What it is called in a sentence: a git ref, a file, or the working tree. */
  name: string;
  /** Bundled: without references to other files. */
  document: Document;
  /** Finds the location of a JSON pointer in the file that it comes from. */
  locate(pointer: string): Location | undefined;
}

/** Where the text of a spec and of its neighbours comes from. */
interface Source {
  name: string;
  /** As errors say it: `at v1.2.0`. */
  where: string;
  /** The spec, as it is called in the repository or by the user. */
  path: string;
  read(path: string): string;
  /** Puts the spec and all that it may refer to into a folder; returns the path of the spec there. */
  copy(folder: string): string;
}

/**
 * Reads a spec, as YAML or JSON, with every file that it refers to.
 *
 * @param source A file; a git ref, whose `spec/openapi.yaml` is meant; or both as `<ref>:<path>`. The spec of the
 *   working tree by default.
 * @throws {CommandError} if the spec does not exist or cannot be compared
 */
export function readSpec(source: string = join(root, specPath)): SpecSide {
  const found = sourceOf(source);
  const text = found.read(found.path);
  const folder = dirname(found.path);
  // Reads each file when a place in it is asked for the first time, and once.
  const locateSource = createLocate(folder, basename(found.path), (path) =>
    found.read(join(folder, path)),
  );
  const document = parse(found, text);
  const locate = locateBundled(document, locateSource);
  return {
    name: found.name,
    document,
    locate(pointer) {
      const place = locate(stepsOf(pointer));
      return place && { ...place, file: relative(root, resolve(root, folder, place.file)) };
    },
  };
}

/** An API without operations: what there was before the first release. */
function emptySide(): SpecSide {
  return { name: 'the beginning', document: emptySpec, locate: () => undefined };
}

/** The spec at a git ref; without a ref, {@link emptySide}. */
export function specAt(ref: string | undefined): SpecSide {
  return ref === undefined ? emptySide() : readSpec(ref);
}

function sourceOf(source: string): Source {
  const file = resolve(source);
  if (existsSync(file) && statSync(file).isFile()) return fileSource(source, file);
  if (existsSync(join(file, 'openapi.yaml'))) return fileSource(source, join(file, 'openapi.yaml'));
  if (/\.(ya?ml|json)$/.test(source) && !source.includes(':')) {
    throw new CommandError(`No such file: ${source}. Expected a YAML or JSON file, or a git ref.`);
  }
  const [ref = '', path = specPath] = source.split(':');
  return gitSource(ref, path);
}

function fileSource(name: string, file: string): Source {
  const isOwn = file === join(root, specPath);
  return {
    name: isOwn ? 'the working tree' : name,
    where: isOwn ? 'in the working tree' : `in ${name}`,
    path: file,
    read: (path) => readFileSync(path, 'utf8'),
    copy: () => file,
  };
}

function gitSource(ref: string, path: string): Source {
  const folder = dirname(path);
  const files = filesAt(ref, folder);
  if (!files.includes(path)) {
    throw new CommandError(
      `${path} does not exist at ${ref}. Name the spec as <ref>:<path>, or pass another ref.`,
    );
  }
  return {
    name: ref,
    where: `at ${ref}`,
    path,
    read: (each) => fileAt(ref, each) ?? '',
    copy(target) {
      for (const each of files) {
        mkdirSync(dirname(join(target, each)), { recursive: true });
        writeFileSync(join(target, each), git('show', `${ref}:${each}`));
      }
      return join(target, path);
    },
  };
}

function parse(source: Source, text: string): Document {
  const name = source.path.startsWith('/') ? relative(process.cwd(), source.path) : source.path;
  try {
    return parseSpec(refersToFiles(text) ? bundle(source) : text, name);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new CommandError(`Invalid spec ${source.where}:\n${error.message}`);
  }
}

/** A spec of one file is read as it is: to bundle it takes a second, and changes nothing. */
function refersToFiles(text: string): boolean {
  return /\$ref["']?\s*:\s*["']?[^#\s"']/.test(text);
}

function bundle(source: Source): string {
  const folder = mkdtempSync(join(tmpdir(), 'spec-'));
  const output = join(folder, 'bundled.json');
  try {
    const file = source.copy(folder);
    redocly(dirname(file), source.where, 'bundle', basename(file), '--output', output);
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
