import { readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { inferAPI } from '@org/codegen/mock-api';
import { closest, formatProblem, type Locate, type Problem, SpecProblems } from '@org/openapi';
import {
  type Files,
  filesBelow,
  type ReadDocument,
  RefusedFile,
  readDocument,
} from '@org/openapi/read';
import { stateOf, statsOf } from '../lib/file-state.ts';
import { type Loaded, type LoadedAPI, toAPI } from './loaded.ts';

export interface LoadOptions {
  /**
   * The folder that the document may refer to.
   *
   * @default the folder that it is in
   * @example await loadAPI('api/openapi.yaml', { root: '.' })
   */
  root?: string;
  /**
   * Paths of OpenAPI Overlays below that folder, which are applied to the document in this order.
   *
   * @default []
   * @example await loadAPI('openapi.yaml', { overlays: ['overlay.yaml'] })
   */
  overlays?: readonly string[];
}

/** Each file that was read or looked for, as an absolute path, with what {@link stateOf} said just before. */
export type Seen = Map<string, string>;

/** @throws {SpecProblems} with a line for each problem of the document: its place, and what to do */
export async function load(source: string | object, options?: LoadOptions): Promise<LoadedAPI> {
  return toAPI(await read(source, options));
}

/**
 * {@link load} without the API.
 *
 * @param seen gets the files of the document, those that cannot be read included
 */
export async function read(
  source: string | object,
  options: LoadOptions = {},
  seen: Seen = new Map(),
): Promise<Loaded> {
  const name = typeof source === 'string' ? source : 'The document';
  const { document, locate, files, warnings } =
    typeof source === 'string' ? await readFile(source, options, seen) : await readObject(source);
  try {
    const inferred = await inferAPI(document, locate);
    const text = JSON.stringify(document);
    return { ...inferred, files, document: text, warnings: warnings.map(formatProblem) };
  } catch (error) {
    // What could be overlooked is the likely cause.
    const isUnknown = !(error instanceof SpecProblems) && warnings.length > 0;
    throw isUnknown ? new SpecProblems(warnings) : explain(error, name);
  }
}

type Read = Pick<ReadDocument, 'document' | 'locate' | 'files' | 'warnings'>;

async function readFile(
  path: string,
  { root = dirname(path), overlays = [] }: LoadOptions,
  seen: Seen,
): Promise<Read> {
  seen.set(resolve(path), stateOf(path));
  const stats = statsOf(path);
  if (!stats) throw refusal(path, missing(path));
  if (stats.isDirectory()) throw refusal(path, isFolder(path));
  const folder = resolve(root);
  const inFolder = (file: string) => relative(folder, resolve(file)).split(sep).join('/');
  const main = inFolder(path);
  // The mounts of a Kubernetes ConfigMap have folders such as `..data`.
  const outside = [path, ...overlays].find((file) => /^\.\.(?:\/|$)/.test(inFolder(file)));
  if (outside !== undefined) {
    const message = `The folder ${root} does not hold \`${outside}\`: name a folder above it as --root.`;
    throw refusal(path, message);
  }
  const below = filesBelow(folder);
  const files: Files = {
    read(file) {
      seen.set(resolve(folder, file), stateOf(resolve(folder, file)));
      return below.read(file);
    },
  };
  // Places are given as the caller can open them.
  const shown = (file: string) => relative('', resolve(folder, file));
  try {
    const found = await readDocument(main, files, { overlays: overlays.map(inFolder) });
    return {
      document: found.document,
      locate: (pointer) => {
        const place = found.locate(pointer);
        return place && { ...place, file: shown(place.file) };
      },
      files: found.files.map((file) => resolve(folder, file)),
      warnings: found.warnings.map((problem) => withFile(problem, shown)),
    };
  } catch (error) {
    throw withFiles(explain(error, path), shown);
  }
}

/** Says why a path has no document, and what to do. */
function missing(path: string): string {
  const [name, names] = [basename(path), namesIn(dirname(path))];
  if (names.includes(name)) return `\`${path}\` is a link to a file that does not exist.`;
  const stem = (file: string) => parse(file).name;
  const [found] = closest(stem(name), names.filter(isDocument).map(stem));
  const similar = names.find((one) => isDocument(one) && stem(one) === found);
  const hint =
    similar !== undefined
      ? `Did you mean \`${join(dirname(path), similar)}\`?`
      : /^(?:www\.|[\w.-]+:\d+\/)/.test(path)
        ? `URLs are never fetched. Save the document first: curl -o openapi.yaml '${path}'`
        : isAbsolute(path)
          ? ''
          : `The path begins at the current folder, \`${process.cwd()}\`.`;
  return `\`${path}\` does not exist. ${hint}`.trim();
}

/** What to name instead of a folder. */
function isFolder(path: string): string {
  const documents = namesIn(path).filter(isDocument);
  const found = documents.find((name) => /openapi|swagger|api|spec/i.test(name)) ?? documents[0];
  const hint = found === undefined ? '' : `, such as \`${join(path, found)}\``;
  return `\`${path}\` is a folder. Name the document in it${hint}.`;
}

/** Whether a document may have such a name. */
function isDocument(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name);
}

/** The names of what is in a folder; none if it cannot be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** A document without a file is read by the same rules. Its problems have paths in it, and no lines. */
async function readObject(source: object): Promise<Read> {
  const main = 'openapi.json';
  let text: string;
  try {
    text = JSON.stringify(source);
  } catch (error) {
    throw new TypeError(`The document is not JSON: ${(error as Error).message}`);
  }
  const files: Files = {
    read(path) {
      if (path === main) return text;
      throw new RefusedFile(
        `\`${path}\` cannot be read: the document is an object. Pass the path of its file instead.`,
      );
    },
  };
  const nowhere: Locate = () => undefined;
  try {
    const { document, warnings } = await readDocument(main, files);
    return { document, locate: nowhere, files: [], warnings: warnings.map(withoutFile) };
  } catch (error) {
    const explained = explain(error, 'The document');
    if (!(explained instanceof SpecProblems)) throw explained;
    throw new SpecProblems(explained.problems.map(withoutFile));
  }
}

function withoutFile(problem: Problem): Problem {
  return { ...problem, location: undefined, place: problem.place || 'The document' };
}

function withFiles(error: unknown, shown: (file: string) => string): unknown {
  if (!(error instanceof SpecProblems)) return error;
  return new SpecProblems(error.problems.map((problem) => withFile(problem, shown)));
}

function withFile({ location, ...problem }: Problem, shown: (file: string) => string): Problem {
  return { ...problem, location: location && { ...location, file: shown(location.file) } };
}

function refusal(place: string, message: string): SpecProblems {
  const problem: Problem = { id: 'unreadable', message, location: undefined, place };
  return new SpecProblems([problem]);
}

/** Whatever else goes wrong, the document has what no OpenAPI document has: a number for a path, say. */
function explain(error: unknown, place: string): unknown {
  if (error instanceof SpecProblems) return error;
  if (error instanceof RangeError) return refusal(place, 'It is nested too deeply.');
  const problems = refusal(
    `${place}:1:1`,
    `It is not a valid OpenAPI document (${(error as Error).message}). Run \`npx @redocly/cli lint\` to find the location.`,
  );
  problems.cause = error;
  return problems;
}
