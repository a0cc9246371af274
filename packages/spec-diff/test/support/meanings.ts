import { type Change, type Verdict, worst } from '../../src/change/change.ts';
import { type Comparison, compare, compareSpecs } from '../../src/compare/compare.ts';
import { Sameness } from '../../src/document/sameness.ts';
import { type Document, Spec } from '../../src/document/spec.ts';
import { placeOf, sentenceOf } from '../../src/report/sentences.ts';

export const [breaking, addition, none] = ['breaking', 'addition', 'none'] as const;

/** What a change means in a request and in a response, and what the change back means. */
export type Meaning = [request: Verdict, response: Verdict];

export const wider: [Meaning, Meaning] = [
  [addition, breaking],
  [breaking, addition],
];
export const narrower: [Meaning, Meaning] = [
  [breaking, addition],
  [addition, breaking],
];
/** An object may have any properties: programs ignore those that they do not know. */
export const opened: [Meaning, Meaning] = [
  [addition, addition],
  [breaking, addition],
];
export const closed: [Meaning, Meaning] = [
  [breaking, addition],
  [addition, addition],
];
export const different: [Meaning, Meaning] = [
  [breaking, breaking],
  [breaking, breaking],
];
export const same: [Meaning, Meaning] = [
  [none, none],
  [none, none],
];

/** A row of a table of documents: what the change means there and back, and where it is. */
export type Row = [
  name: string,
  before: object,
  after: object,
  there: Verdict,
  back: Verdict,
  place: string,
];

/** A change with its place and its sentence. */
export type Told = Change & { place: string; message: string };

/** What a comparison found, in words. */
export interface ComparisonInWords extends Omit<Comparison, 'changes'> {
  changes: Told[];
}

export function inWords(changes: readonly Change[]): Told[] {
  return changes.map((each) => ({ ...each, place: placeOf(each), message: sentenceOf(each) }));
}

export function walkOf(before: object, after: object): ComparisonInWords {
  const found = compare(before as Document, after as Document);
  return { ...found, changes: inWords(found.changes) };
}

/** Never sure, so that everything is compared. */
class NeverSame extends Sameness {
  override same(): boolean {
    return false;
  }
}

/** Walks the whole of both documents, also what is the same. */
export function walkAll(before: object, after: object): ComparisonInWords {
  const specs = { before: new Spec(before as Document), after: new Spec(after as Document) };
  const found = compareSpecs(specs, new NeverSame(specs));
  return { ...found, changes: inWords(found.changes) };
}

export function verdictOf(changes: readonly Change[]): Verdict {
  return worst(changes.map(({ verdict }) => verdict));
}
