import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generated, generate } from '@org/codegen';
import { formatProblem, type Problem, SpecProblems } from '@org/openapi';
import { type LintRules, type ReadDocument, readDocument } from '@org/openapi/read';
import {
  type Document,
  diff,
  formatGitHub,
  formatJSON,
  formatMarkdown,
  formatText,
  parseSpec,
} from '@org/spec-diff';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  createChangeset,
  messageFor,
  parseChangeset,
  renderChangeset,
  targets,
} from '../../lib/changesets.ts';
import { root } from '../../lib/repo.ts';
import { ownDocument } from './support/document.ts';
import { Template } from './support/positions.ts';
import { pageOf, programOf } from './support/shapes.ts';
import { harmless, hostileStrings } from './support/strings.ts';

// FUZZ_STRINGS=100000 FUZZ_SEED=7 for a longer run, or another one.
const wanted = Number(process.env['FUZZ_STRINGS'] ?? 10_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

const template = new Template(ownDocument());
const count = template.positions.length;
// A document has about 450 of them.
const documents = Math.ceil(wanted / 430);
const lint: LintRules = parse(readFileSync(join(root, 'spec/redocly.yaml'), 'utf8'));

const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const quoted = {
  aliasDuplicateObjects: false,
  defaultStringType: 'QUOTE_DOUBLE',
  lineWidth: 0,
} as const;

type Strings = Map<number, string>;
type Accepted = Generated & Pick<ReadDocument, 'warnings'>;

/** What is made of a document with these strings, or its problems. Anything else that is thrown fails the test. */
async function tryGenerate(
  strings: Strings,
  isLinted: boolean,
  isJSON: boolean,
): Promise<Accepted | readonly Problem[]> {
  const filled = template.fill(strings);
  const text = isJSON ? JSON.stringify(filled, null, 1) : stringify(filled, quoted);
  try {
    const files = { read: () => text };
    const { document, locate, warnings } = await readDocument(
      'openapi.yaml',
      files,
      isLinted ? { lint } : {},
    );
    return { ...(await generate(document, locate)), warnings };
  } catch (error) {
    if (!(error instanceof SpecProblems)) throw error;
    return error.problems;
  }
}

/** The positions that a problem is about: at its place, else those whose string it names, else at the nearest place. */
function suspects({ place, message }: Problem, strings: Strings): number[] {
  const all = [...strings].map(([index, text]) => ({
    index,
    text,
    paths: template.pathsOf(index, strings),
  }));
  const within = (parts: readonly string[], isChild: boolean) => {
    const under = parts.map((part) => `${part} › `).join('');
    return all.filter(({ paths }) =>
      paths.some(
        (path) => path.startsWith(under) && !(isChild && path.slice(under.length).includes(' › ')),
      ),
    );
  };
  const named = all.filter(({ text }) => text.length > 3 && message.includes(text));
  const found =
    [all.filter(({ paths }) => paths.includes(place)), named].find(({ length }) => length > 0) ??
    [];
  const parts = place === '' ? [] : place.split(' › ');
  // What stands beside it, then what stands below it, then the same one step up.
  for (let size = parts.length; found.length === 0 && size >= 0; size -= 1) {
    const near = within(parts.slice(0, size), true);
    found.push(...(near.length > 0 ? near : within(parts.slice(0, size), false)));
  }
  return found.map(({ index }) => index);
}

/** What is wrong with a problem: it has to have a place, and to be one line of visible characters. */
function faultOf(problem: Problem): string | undefined {
  if (!problem.location && problem.place === '') return `no place: ${problem.message}`;
  return /\n/.test(formatProblem(problem)) || invisible.test(formatProblem(problem))
    ? `not visible: ${JSON.stringify(formatProblem(problem))}`
    : undefined;
}

/** Takes strings away until the document is accepted; each that is refused has a problem with a place, on one line. */
async function settle(strings: Strings, isLinted: boolean, isJSON: boolean): Promise<Accepted> {
  for (let round = 0; round < 50; round += 1) {
    const result = await tryGenerate(strings, isLinted, isJSON);
    if ('files' in result) return result;
    const before = new Map(strings);
    for (const problem of result) {
      const { message, place } = problem;
      expect(faultOf(problem)).toBeUndefined();
      const found = suspects(problem, before);
      expect(found, `Nothing of the strings is at ${place}: ${message}`).not.toEqual([]);
      for (const index of found) strings.delete(index);
    }
  }
  throw new Error('The document has new problems after 50 rounds.');
}

/** Words of OpenAPI and of the generator, and names that they refer to: most strings in the place of one are refused. */
function isFixed(index: number): boolean {
  const { kind = '', original = '' } = template.positions[index] ?? {};
  const paths = template.pathsOf(index, new Map());
  return (
    /^(keyword|key of (responses|content))$/.test(kind) ||
    // Without these names, a list is not a list, and an error no error.
    (/^(key of properties|name)$/.test(kind) &&
      /^(after|data|error|has_more|limit|next|(first_|last_)?id)$/.test(original)) ||
    paths.some((path) =>
      /x-mock|^components › schemas › ErrorObject( › properties › \w+)?$/.test(path),
    )
  );
}

/** In a path, braces would make a parameter of their own. */
function textFor(index: number, text: string): string {
  return template.positions[index]?.kind === 'path' ? text.replaceAll(/[{}]/g, '') : text;
}

/** Two names that are the same would be one: the second gets a number. */
function distinct(strings: readonly string[]): string[] {
  return strings.map((text, i) => (strings.indexOf(text) < i ? `${text}${i}` : text));
}

/** Positions whose harmless names are accepted, so that a hostile one shows what becomes of it. */
const open: number[] = [];
let planted = 0;
let accepted = 0;
/** The linter compares examples with their schemas: it accepts other words alone. */
const isWord = (i: number) =>
  /^(description|summary|title|tag|email|version|(name|key) (in|of) (?!properties|patternProperties|variables).*)$/.test(
    template.positions[i]?.kind ?? '',
  );
const differences = (a: Record<string, number>, b: Record<string, number>) =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((key) => (a[key] ?? 0) !== (b[key] ?? 0))
      .map((key) => [key, [a[key] ?? 0, b[key] ?? 0]]),
  );

beforeAll(async () => {
  const all = template.positions.map((_, i) => i).filter((i) => !isFixed(i));
  const strings: Strings = new Map(all.map((i) => [i, `harmless${i}`]));
  await settle(strings, false, true);
  open.push(...strings.keys());
});

describe.each(Array.from({ length: documents }, (_, i) => i))('document %i', (number) => {
  const isLinted = number % 4 === 1;
  const isJSON = number % 4 > 1;
  const all = distinct(hostileStrings(count, seed * 1000 + number));
  const strings: Strings = new Map();
  let hostile: Accepted;
  let twin: Accepted;

  beforeAll(async () => {
    // Without its own names, a list is not a list: most documents keep most of them.
    const isKept = (i: number) => {
      const { kind = '' } = template.positions[i] ?? {};
      const isConvention = /^(key of (properties|content)|path parameter)$/.test(kind);
      return isConvention && i % 5 !== number % 5;
    };
    for (const i of open)
      if (!isKept(i) && !(isLinted && !isWord(i))) strings.set(i, textFor(i, all[i] ?? ''));
    planted += strings.size;
    for (let size = -1; size !== strings.size; ) {
      hostile = await settle(strings, isLinted, isJSON);
      size = strings.size;
      const others: Strings = new Map([...strings].map(([i, text]) => [i, harmless(text, i)]));
      twin = await settle(others, isLinted, isJSON);
      for (const i of strings.keys()) if (!others.has(i)) strings.delete(i);
    }
    accepted += strings.size;
  });

  test('names the same files, below the packages', () => {
    for (const path of Object.keys(hostile.files))
      expect(path).toMatch(/^packages(\/(?!\.)[\w@.-]+)+$/);
  });

  test('produces TypeScript in which no string is code or a tag', () => {
    const programs = (files: Record<string, string>) =>
      Object.entries(files)
        .filter(([path]) => path.endsWith('.ts'))
        .map(([path, text]) => programOf(path, text));
    const hidden = Object.entries(hostile.files)
      .filter(([path]) => path.endsWith('.ts'))
      .flatMap(([path, text]) =>
        text
          .split('\n')
          .filter((line) => invisible.test(line))
          .map((line) => `${path}: ${line}`),
      );
    expect(hidden).toEqual([]);
    const ours = programs(hostile.files);
    const theirs = programs(twin.files);
    expect(ours.flatMap(({ errors }) => errors)).toEqual([]);
    const shapes = (all: typeof ours) => all.map(({ shape }) => shape).sort();
    expect(shapes(ours)).toEqual(shapes(theirs));
    const sum = (all: typeof ours) => {
      const tags: Record<string, number> = {};
      for (const each of all)
        for (const [tag, n] of Object.entries(each.tags)) tags[tag] = (tags[tag] ?? 0) + n;
      return tags;
    };
    expect(differences(sum(ours), sum(theirs))).toEqual({});
  });

  test('is JSON that has every value', () => {
    const json = hostile.files['packages/mock/src/api.gen.json'] ?? '';
    const texts = new Set<unknown>();
    JSON.parse(json, (key, value) => texts.add(key).add(value) && value);
    const types = programOf(
      'openapi.d.ts',
      hostile.files['packages/types/src/openapi.gen.d.ts'] ?? '',
    ).texts;
    for (const [index, text] of strings) {
      const { kind = '' } = template.positions[index] ?? {};
      if (!/^(const|enum)$/.test(kind) || !template.pathsOf(index, strings)[0]?.includes('schemas'))
        continue;
      expect(texts).toContain(text);
      expect(types).toContain(text);
    }
  });

  test('produces a reference without HTML, structure or links from the document', () => {
    const [ours, theirs] = [hostile, twin].map(({ files }) =>
      pageOf(files['packages/client/api.md'] ?? ''),
    );
    const { p: _, ...elements } = differences(ours?.elements ?? {}, theirs?.elements ?? {});
    // Code spans and addresses that are shown as they are may stand in any description.
    const unexpected = Object.keys(elements).filter(
      (path) => !/^(p|(table (thead|tbody) tr t[hd])) (code|a)$/.test(path),
    );
    expect(unexpected).toEqual([]);
    expect(ours?.addresses.filter((address) => !/^(#|https?:\/\/|mailto:)/.test(address))).toEqual(
      [],
    );
    expect(new Set(ours?.attributes)).toEqual(new Set(['href', 'id', 'class']));
  });

  test('does not change the structure of reports', async () => {
    const [before, after] = [template.fill(new Map()), template.fill(strings)].map((document) =>
      parseSpec(JSON.stringify(document), 'openapi.json'),
    ) as [Document, Document];
    // Strings come, go, and take the place of others.
    const report = number % 2 === 0 ? await diff(before, after) : await diff(after, before);
    const { changes } = report;
    expect(changes.length).toBeGreaterThan(isLinted ? 0 : 20);
    expect(JSON.parse(formatJSON(report))).toHaveLength(changes.length);
    expect(formatText(report, 'main')).not.toMatch(invisible);
    const commands = formatGitHub(report, () => undefined);
    expect(commands).not.toMatch(invisible);
    for (const line of commands.trimEnd().split('\n'))
      expect(line).toMatch(/^::(error|notice)( title=[^:,]*)?::/);

    const page = pageOf(
      formatMarkdown(report, { since: 'main', bump: 'major', limit: Number.MAX_SAFE_INTEGER }),
    );
    const paths = Object.keys(page.elements);
    const inTable = `(details )?table( (thead|tbody)( tr( t[hd]( (code|strong|br))?)?)?)?`;
    const outside = paths.filter(
      (path) => !new RegExp(`^(h3|p|p code|details|details summary|${inTable})$`).test(path),
    );
    expect(outside).toEqual([]);
    expect(page.addresses).toEqual([]);
    for (const table of ['table', 'details table']) {
      const { [`${table} tbody tr`]: rows = 0, [`${table} tbody tr td`]: cells = 0 } =
        page.elements;
      expect(cells).toBe(3 * rows);
    }
    // A changeset shows at most a screen of changes.
    const messages = targets.flatMap((target) =>
      Array.from({ length: Math.ceil(changes.length / 15) }, (_, i) =>
        messageFor(target, changes.slice(15 * i, 15 * i + 15), '1.0.0'),
      ),
    );
    for (const message of messages.filter(({ needed }) => needed !== undefined)) {
      const { bumps, summary } = createChangeset(message, '1.0.0');
      const parsed = parseChangeset(renderChangeset({ bumps, summary }));
      expect(parsed.bumps).toEqual(bumps);
      const list = pageOf(parsed.summary);
      const added = Object.keys(list.elements).filter(
        (path) => !/^(p|ul( li( (code|strong))?)?)$/.test(path),
      );
      expect(added).toEqual([]);
      const lines = summary.split('\n').filter((line) => line.startsWith('- '));
      expect(list.elements['ul li'] ?? 0).toBe(lines.length);
    }
  });
});

describe('in the place of a keyword', () => {
  const fixed = template.positions.flatMap((_, i) => (isFixed(i) ? [i] : []));
  const keywords = fixed.filter((_, i) => i % 4 === seed % 4);
  test('a hostile string is refused with its location, or is an extension', async () => {
    const all = hostileStrings(keywords.length, seed);
    for (const [i, index] of keywords.entries()) {
      const strings: Strings = new Map([[index, all[i] ?? '']]);
      planted += 1;
      const result = await tryGenerate(strings, false, true);
      if (!('files' in result)) {
        expect(result.map(faultOf)).toEqual(result.map(() => undefined));
        continue;
      }
      for (const [path, text] of Object.entries(result.files))
        if (path.endsWith('.ts')) expect(programOf(path, text).errors).toEqual([]);
    }
  });
});

test('as many strings were tried as were wanted, and most were accepted', () => {
  expect(planted).toBeGreaterThanOrEqual(wanted);
  expect(accepted / planted).toBeGreaterThan(0.6);
  console.log(`${planted} hostile strings, of which ${accepted} were accepted`);
});
