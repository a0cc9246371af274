import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { NormalizedProblem, Document as Source } from '@redocly/openapi-core';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { closest } from '../closest.ts';
import type { Document } from '../document.ts';
import { refuseForeignReferences } from '../foreign-references.ts';
import { formatReference, type Pointer, parsePointer, valueAt } from '../pointer.ts';
import { type Locate, type Location, type Problem, Problems, SpecProblems } from '../problems.ts';
import { checkVersion } from './check-version.ts';
import { ContentError } from './content.ts';
import { type Files, filesBelow, RefusedFile } from './files.ts';
import { looseJSON } from './json.ts';
import type { LintRules } from './lint-config.ts';
import { createLocator, type Locator } from './locate.ts';
import { locateBundled } from './locate-bundled.ts';
import { newerKeywords } from './newer-keywords.ts';
import { AppliedOverlays } from './overlays.ts';
import { type ProblemSource, parsed } from './parsed-source.ts';
import { checkStructure, structureRules } from './structure.ts';

/** A document that was read with all of its files. */
export interface ReadDocument {
  /** Bundled: without references to other files. */
  document: Document;
  /** The files that it was read from, the main one first. */
  files: string[];
  /** Finds a part of the bundled document in these files. */
  locate: Locate;
  /**
   * Warnings of the rules in {@link ReadOptions.lint}. Without rules, flaws that the document can be used with; in large
   * documents without locations, which take longer to find than all else.
   */
  warnings: Problem[];
}

export interface ReadOptions {
  /** The rules that the document has to follow. Default, and for `struct: off`: only that it can be read. */
  lint?: LintRules;
  /** Overlays (OpenAPI Overlay 1.0 and later), which are applied in this order after bundling. */
  overlays?: readonly string[];
}

/**
 * Reads a document, bundles the files that it refers to and checks it.
 *
 * A document is data: no plugin or configuration beside it is loaded, no address is fetched, and no file outside of
 * its folder is read.
 *
 * @param main the path of the document among the files
 * @throws {SpecProblems} with all problems and their locations
 * @example
 * ```ts
 * const { document, locate } = await readDocument('openapi.yaml', filesBelow('spec'));
 * locate(['paths', '/users', 'get']); // { file: 'paths/users.yaml', line: 12, column: 3 }
 * ```
 */
export async function readDocument(
  main: string,
  files: Files,
  { lint, overlays = [] }: ReadOptions = {},
): Promise<ReadDocument> {
  // These modules load slowly, so they are loaded on demand.
  const {
    bundleOas,
    createEmptyRedoclyConfig,
    Source: Text,
  } = await import('@redocly/openapi-core/lib/bundle-oas');
  const { Resolver } = await import('./resolver.ts');
  const resolver = new Resolver(files);
  const checksStructure = lint !== undefined && lint.rules?.[structureRules.error] !== 'off';
  const locator = createLocator(main, (path) => resolver.texts.get(path) ?? files.read(path));
  try {
    const open = async (file: string) => {
      const source = await resolver.resolveDocument(null, file, true);
      if (source instanceof Error) throw source;
      return source;
    };
    let flaws: Problem[] = [];
    const join = async (doc: Source, applied: readonly string[]) => {
      const config = createEmptyRedoclyConfig();
      // Without the linter's rule, what cannot be read is an error. An overlay may correct what is wrong without it.
      if (applied.length === overlays.length) checkStructure(config, checksStructure);
      const { bundle: bundled, problems } = await bundleOas({
        doc,
        config,
        externalRefResolver: resolver,
        overlays: [...applied],
      });
      resolver.throwIfRefused();
      throwIfAny(problems, locator);
      refuseLooseJSON(resolver.texts);
      const size = [...resolver.texts.values()].reduce((sum, { length }) => sum + length, 0);
      flaws = problemsOf(problems, 'warn', locator, size > largestLocated ? nowhere : undefined);
      // Its version was checked. All readers handle other missing parts.
      return bundled.parsed as Document;
    };
    const check = async (document: Source, locate?: Locate): Promise<Problem[]> => {
      if (!lint) return [];
      const { lintSource } = await import('./lint-source.ts');
      const found = await lintSource(document, resolver, lint);
      resolver.throwIfRefused();
      const { openapi } = document.parsed as { openapi: string };
      const newer = newerKeywords(found, openapi);
      if (newer) {
        // A license has an `identifier` or a `url`.
        const others = found.filter(
          (problem) => !newer.problems.has(problem) && problem.ruleId !== 'info-license-strict',
        );
        const location = locator.inDocument(['openapi']);
        throw new SpecProblems([
          { id: 'version', message: newer.message, location, place: 'openapi' },
          ...problemsOf(others, 'error', locator, locate),
        ]);
      }
      throwIfAny(found, locator, locate);
      return problemsOf(found, 'warn', locator, locate);
    };
    const source = await open(main);
    checkVersion(source.parsed, main, resolver.texts.get(main) ?? '');
    let warnings: Problem[] = [];
    let locate: Locate;
    let document: Document;
    if (overlays.length === 0) {
      // Bundling changes the parsed document, so linting runs first.
      warnings = await check(source);
      document = await join(source, []);
      locate = locateBundled(document, locator.inDocument);
    } else {
      const original = structuredClone(await join(source, []));
      // The bundler's own errors of an overlay have no place.
      for (const overlay of overlays) await open(overlay);
      document = await join(await open(main), overlays);
      const texts = new Map(overlays.map((file) => [file, resolver.texts.get(file) ?? '']));
      const applied = await AppliedOverlays.of(texts, locator);
      const unused = applied.unused([original, document]);
      if (unused.length > 0) throw new SpecProblems(unused);
      locate = applied.locateIn(document, locateBundled(document, locator.inDocument));
      const text = JSON.stringify(document);
      warnings = await check({ source: new Text(main, text), parsed: JSON.parse(text) }, locate);
    }
    const foreign = new Problems(locate);
    refuseForeignReferences(document, foreign);
    foreign.throwIfAny();
    return {
      document,
      files: [...resolver.texts.keys()],
      locate,
      warnings: [...warnings, ...flaws.filter(({ id }) => !lint || id === structureRules.pattern)],
    };
  } catch (error) {
    throw explain(error, main, locator);
  }
}

/** {@link readDocument} from the file system: from the document's folder, or from `root` if files are shared. */
export function readDocumentFile(
  file: string,
  { root = dirname(file), ...options }: ReadOptions & { root?: string } = {},
): Promise<ReadDocument> {
  const path = relative(resolve(root), resolve(file)).split(sep).join('/');
  return readDocument(path || basename(file), filesBelow(root), options);
}

/** Up to this many characters, flaws are located. */
const largestLocated = 200_000;
const nowhere: Locate = () => undefined;

/** Refuses `.json` files that only a reader of YAML accepts. */
function refuseLooseJSON(texts: ReadonlyMap<string, string>): void {
  const problems = [...texts].flatMap(([file, text]) =>
    file.endsWith('.json') ? (looseJSON(file, text) ?? []) : [],
  );
  if (problems.length > 0) throw new SpecProblems(problems);
}

function throwIfAny(found: readonly NormalizedProblem[], locator: Locator, locate?: Locate): void {
  const problems = problemsOf(found, 'error', locator, locate);
  if (problems.length > 0) throw new SpecProblems(problems);
}

function problemsOf(
  found: readonly NormalizedProblem[],
  wanted: NormalizedProblem['severity'],
  locator: Locator,
  locate?: Locate,
): Problem[] {
  return found
    .filter(({ ignored, severity }) => !ignored && severity === wanted)
    .filter((problem) => !isConsequence(problem, found))
    .filter((problem) => problem.ruleId !== 'bundler' || !isReported(problem, found))
    .map((problem) => syntaxError(problem, locator) ?? problemOf(problem, locator, locate));
}

/** A file that another one refers to, and that does not parse: a problem of that file, at the place that the parser says. */
function syntaxError({ message }: NormalizedProblem, locator: Locator): Problem | undefined {
  const [, reason, file, line, column] =
    /^(?:Failed to parse|Can't resolve \$ref): (.*) in "([^"\n]+)" \((\d+):(\d+)\)/s.exec(
      message,
    ) ?? [];
  if (reason === undefined || file === undefined) return undefined;
  const location = { file, line: Number(line), column: Number(column) };
  const text = `Invalid YAML or JSON: ${reasonOf(reason, locator.textOf(file), location)}`;
  return { id: 'syntax', message: text, location, place: file };
}

/**
 * Whether another problem is the cause: an example breaks its schema deeper down, its schema cannot be read, or a
 * parameter is missing because its reference does not resolve.
 */
function isConsequence(problem: NormalizedProblem, all: readonly NormalizedProblem[]): boolean {
  if (problem.ruleId === 'path-parameters-defined') return all.some(isUnresolved);
  if (!/^no-invalid-.*-examples$/.test(problem.ruleId)) return false;
  if (problem.message.startsWith('Example validation errored'))
    return all.some((other) => isUnresolved(other) || other.ruleId === 'struct');
  const [place] = problem.location;
  return all.some(({ ruleId, location: [other] }) => {
    const isDeeper = other?.pointer?.startsWith(`${place?.pointer}/`);
    return isDeeper && ruleId === problem.ruleId && other?.source === place?.source;
  });
}

/** Whether the reference to a file that does not parse is reported as well. */
function isReported({ message }: NormalizedProblem, all: readonly NormalizedProblem[]): boolean {
  const [, reason] = /^Failed to parse: (.*)$/s.exec(message) ?? [];
  return reason !== undefined && all.some((other) => other.message.endsWith(`$ref: ${reason}`));
}

function isUnresolved({ message, ruleId }: NormalizedProblem): boolean {
  return ruleId === 'no-unresolved-refs' || message.startsWith("Can't resolve $ref");
}

/** @param locate finds locations in the checked document, if it is not the file itself */
function problemOf(problem: NormalizedProblem, locator: Locator, locate?: Locate): Problem {
  const { message, ruleId, location, suggest } = problem;
  const [first] = location;
  const path: Pointer = parsePointer(first?.pointer ?? '#/');
  const file = first?.source.absoluteRef ?? '';
  const [, reason] = /^Can't resolve \$ref: (.*)$/s.exec(message) ?? [];
  const isReference = isUnresolved(problem);
  const at = isReference ? [...path, '$ref'] : path;
  const reference = isReference && first ? valueAt(parsed(first.source), [...path, '$ref']) : '';
  const missing = reference ? `\`${reference}\` does not exist.` : undefined;
  const [near] = suggest.length > 0 ? suggest : similarTargets(reference, first?.source);
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const tag =
    ruleId === 'operation-tag-defined' && first
      ? describeTag(valueAt(parsed(first.source), path))
      : undefined;
  return {
    id: isReference
      ? 'unresolved-ref'
      : ruleId === structureRules.warning
        ? structureRules.error
        : ruleId,
    message: `${reason ?? missing ?? tag ?? message}${hint || hintOf(message)}`,
    location: locate ? locate(at) : locator.inFile(file, at),
    place: path.join(' › '),
  };
}

/** @param tag the tag, or the operation if it has none */
function describeTag(tag: unknown): string {
  return typeof tag === 'string'
    ? `The tag \`${tag}\` is not declared. Add it to \`tags\` at the top of the document.`
    : 'The operation has no tag. Add `tags` with a name from `tags` at the top of the document.';
}

/** A suggestion for a misspelled reference such as `#/components/schemas/Usr`. */
function similarTargets(reference: unknown, source: ProblemSource | undefined): string[] {
  if (!source || typeof reference !== 'string' || !reference.startsWith('#/')) return [];
  const path = parsePointer(reference);
  const parent = valueAt(parsed(source), path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) return [];
  return closest(path.at(-1) ?? '', Object.keys(parent)).map((name) =>
    formatReference([...path.slice(0, -1), name]),
  );
}

/** A hint how to write a keyword of OpenAPI 3.0 in 3.1, or what to do with an example. */
function hintOf(message: string): string {
  const [, extra] =
    /must NOT have (?:unevaluated|additional) properties `([^`]+)`/.exec(message) ?? [];
  if (extra !== undefined)
    return ` The schema has no property \`${extra}\`: remove it from the example, or add it to the schema.`;
  const [, property] = /^Property `(\w+)` is not expected here\.$/.exec(message) ?? [];
  return property === 'nullable'
    ? ' OpenAPI 3.1 has no `nullable`: write `type: [string, "null"]`, or `oneOf` with `type: "null"`.'
    : '';
}

/** Errors of the parser, of files and of limits, as problems; anything else is a bug, and is returned unchanged. */
function explain(error: unknown, main: string, locator: Locator): unknown {
  // The linter and the bundler follow references by calls in each other.
  if (error instanceof RangeError) {
    const message =
      'It is nested too deeply: a chain of references through its schemas has several hundred members.';
    const location = { file: main, line: 1, column: 1 };
    return new SpecProblems([{ id: 'too-large', message, location, place: '' }]);
  }
  // Through several files: within one, it was found before, with its place.
  if ((error as Error).message === 'Self-referencing circular pointer') {
    const message = 'A reference leads back to itself, so it has no target.';
    const location = { file: main, line: 1, column: 1 };
    return new SpecProblems([{ id: 'unresolved-ref', message, location, place: '' }]);
  }
  const original = (error as { originalError?: unknown }).originalError;
  if (error instanceof ContentError) {
    const { id, path, message } = error.refused;
    const location = locator.inFile(error.file, path);
    return new SpecProblems([{ id, message, location, place: path.join(' › ') }]);
  }
  if (original instanceof RefusedFile) {
    const problem = { id: 'unreadable', message: original.message, location: undefined };
    return new SpecProblems([{ ...problem, place: main }]);
  }
  const [, overlay] = /^(.*) is not an Overlay /.exec((error as Error).message) ?? [];
  if (overlay !== undefined) {
    const message = 'Expected an OpenAPI Overlay: begin the file with `overlay: 1.0.0`.';
    const location = { file: overlay, line: 1, column: 1 };
    return new SpecProblems([{ id: 'overlay', message, location, place: overlay }]);
  }
  const { line, col, source } = error as {
    line?: number;
    col?: number;
    source?: { absoluteRef: string; body: string };
  };
  if (source && error instanceof Error) {
    const location = { file: source.absoluteRef, line: line || 1, column: col || 1 };
    const message = `Invalid YAML or JSON: ${reasonOf(error.message, source.body, location)}`;
    return new SpecProblems([{ id: 'syntax', message, location, place: source.absoluteRef }]);
  }
  return error;
}

/** The parser's message without its location. For a duplicate key, its name and the line of the first one. */
function reasonOf(message: string, text: string, { line, column }: Omit<Location, 'file'>): string {
  const [reason = ''] = message.split(/ in "|\n/);
  const conflict = text.split(/\r?\n/).findIndex((each) => /^(?:<{7}|>{7}|\|{7}) /.test(each));
  if (conflict >= 0)
    return `a merge conflict is not resolved: remove the conflict markers, the first of which is on line ${conflict + 1}.`;
  if (reason === 'deficient indentation')
    return 'a `{`, `[` or quote in a line above is not closed, or this line needs more indentation.';
  if (/^bad indentation of a (?:mapping|sequence) entry$/.test(reason))
    return `${unquoted(text.split(/\r?\n/)[line - 1] ?? '') ?? reason}.`;
  if (reason !== 'duplicated mapping key') return `${reason}.`;
  const lines = new LineCounter();
  let twin: { name: string; line: number } | undefined;
  visit(parseDocument(text, { uniqueKeys: false, lineCounter: lines }), {
    Map(_, { items }) {
      const places = items.flatMap(({ key }) =>
        isScalar(key) && key.range
          ? [{ name: String(key.value), ...lines.linePos(key.range[0]) }]
          : [],
      );
      // In JSON, the parser's column is behind the quote.
      const second = places.find(
        (place) => place.line === line && Math.abs(place.col - column) <= 1,
      );
      const first = places.find(({ name }) => name === second?.name);
      if (first && first !== second) twin = first;
      return twin && visit.BREAK;
    },
  });
  return twin
    ? `the key \`${twin.name}\` is used twice: first on line ${twin.line}.`
    : `${reason}.`;
}

/**
 * What is wrong with a line whose text needs quotes, or has some inside: the parser takes the rest of the line for a
 * mapping with wrong indentation.
 */
function unquoted(line: string): string | undefined {
  const [, value] = /^[\s-]*[^\s'"{[:#][^:]*:\s+(\S.*)$/.exec(line) ?? [];
  if (value === undefined) return undefined;
  if (value.startsWith("'")) return "inside `'…'`, an apostrophe must be written twice: `''`";
  if (value.startsWith('"')) return 'inside `"…"`, a quote must be written `\\"`';
  if (/^[`@%]/.test(value)) return `a text that begins with ${value[0]} must be in quotes`;
  if (/^[^|>&*!{[#].*:\s/.test(value))
    return 'a text with a colon and a space must be in quotes, or follow `>-` on the next line';
  return undefined;
}
