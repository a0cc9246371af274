import { type Change, type Verdict, worst } from '../../src/change/change.ts';
import { type Walk, walk, walkSpecs } from '../../src/compare/compare.ts';
import { Sameness } from '../../src/document/sameness.ts';
import { type Document, Spec } from '../../src/document/spec.ts';

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

export function walkOf(before: object, after: object): Walk {
  return walk(before as Document, after as Document);
}

/** Never sure, so that everything is compared. */
class NeverSame extends Sameness {
  override same(): boolean {
    return false;
  }
}

/** Walks the whole of both documents, also what is the same. */
export function walkAll(before: object, after: object): Walk {
  const specs = { before: new Spec(before as Document), after: new Spec(after as Document) };
  return walkSpecs(specs, new NeverSame(specs));
}

export function verdictOf(changes: readonly Change[]): Verdict {
  return worst(changes.map(({ verdict }) => verdict));
}
