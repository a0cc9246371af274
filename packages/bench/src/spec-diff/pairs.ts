import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSpec, type Verdict } from '@org/spec-diff';
import { type Case, tables } from '@org/spec-diff/cases';
import {
  lostValue,
  near,
  pair,
  requestOf,
  responseOf,
  type SchemaPair,
} from '@org/spec-diff/schema-pairs';
import fc from 'fast-check';
import { parse } from 'yaml';

/** Two documents, and the verdict on their change if it is known. */
export interface Pair {
  name: string;
  before: object;
  after: object;
  expected: Verdict | 'not breaking' | undefined;
}

/** The table of changes, from the first document to the second and back. */
export function tablePairs(): Record<string, Pair[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, cases]) => [name, cases.flatMap(thereAndBack)]),
  );
}

function thereAndBack({ name, before, after, there, back }: Case): Pair[] {
  return [
    { name, before, after, expected: there },
    { name: `${name}, back`, before: after, after: before, expected: back },
  ];
}

/**
 * Random schemas and edits of them. Their verdict follows from sets of values: a value that a request may no longer
 * have, or that a response may have from now on, is a breaking change; without one, the change is not breaking.
 */
export function randomPairs(count: number): Pair[] {
  const parameters = { numRuns: Math.ceil(count / 2), seed: 1 };
  const drawn = [...fc.sample(near, parameters), ...fc.sample(pair, parameters)];
  return drawn.slice(0, count).map((given, i) => {
    const isRequest = i % 2 === 0;
    // In a response, the new schema may allow values that the old one did not.
    const { before, after } = given;
    const lost = lostValue(isRequest ? given : swapped(given));
    const of = isRequest ? requestOf : responseOf;
    const expected = lost ? 'breaking' : 'not breaking';
    return { name: `random ${i}`, before: of(before, given), after: of(after, given), expected };
  });
}

function swapped(given: SchemaPair): SchemaPair {
  return { ...given, before: given.after, after: given.before };
}

/** Releases of documents on npm, without known verdicts. */
const releases: readonly (readonly [before: string, after: string, path: string])[] = [
  ['blockfrost-65', 'blockfrost-78', 'openapi.yaml'],
  ['blockfrost-78', 'blockfrost-93', 'openapi.yaml'],
  ['directus-11', 'directus-15', 'dist/openapi.json'],
  ['ideal-postcodes-4.10', 'ideal-postcodes-4.21', 'dist/openapi.json'],
  ['rclone-1.74', 'rclone-1.75', 'openapi.json'],
];

export function releasePairs(): Pair[] {
  return releases.map(([before, after, path]) => ({
    name: `${before} → ${after}`,
    before: load(before, path),
    after: load(after, path),
    expected: undefined,
  }));
}

function load(name: string, path: string): object {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules', name);
  const text = readFileSync(join(folder, path), 'utf8');
  // As it is written: the other judge reads 3.0 itself.
  parseSpec(text, name);
  return parse(text) as object;
}
