import { type Change, sorted, type Verdict, verdictOf } from './change/change.ts';
import { compareSpecs } from './compare/compare.ts';
import { Sameness } from './document/sameness.ts';
import { type Document, type Sides, Spec } from './document/spec.ts';
import { compareLanguages } from './surfaces/compare.ts';
import type { Judgement } from './typescript/judge.ts';
import { type ChangedOperation, changedOperations } from './typescript/scope.ts';

/** What changed between two documents, the worst first. */
export interface Report {
  verdict: Verdict;
  changes: Change[];
  /** What could not be compared, and how it was decided instead. */
  notes: string[];
}

/**
 * What changed between two bundled OpenAPI 3.1 documents, for those who depend on the API. Two judges look at it: rules
 * that read schemas as sets of values, and the TypeScript checker. The worse verdict wins.
 */
export async function diff(before: Document, after: Document): Promise<Report> {
  const specs = { before: new Spec(before), after: new Spec(after) };
  const sameness = new Sameness(specs);
  const { changes, notes } = compareSpecs(specs, sameness);
  const broken = new Set(
    changes.filter(({ verdict }) => verdict === 'breaking').flatMap((each) => each.operations),
  );
  const all = changedOperations(specs, sameness);
  const asked = all.filter(({ pair: [{ name }] }) => !broken.has(name));
  const judged = asked.length > 0 ? await askCompiler(specs, asked) : { changes: [], notes: [] };
  // Where the documents say the same, so do the client and the mock that follow from them.
  if (changes.length === 0 && all.length === 0) return { verdict: 'none', changes, notes: [] };
  const { methods, ...languages } = compareLanguages(before, after);
  const found = sorted([...changes, ...judged.changes, ...languages.changes]).map((change) =>
    withMethods(change, methods),
  );
  const verdict = verdictOf(found);
  return {
    verdict,
    changes: found,
    // Where something could not be compared, nobody can say that nothing changed: this is said beside a change alone.
    notes: [...(verdict === 'none' ? [] : notes), ...judged.notes, ...languages.notes],
  };
}

function withMethods(change: Change, methods: ReadonlyMap<string, string>): Change {
  if (change.methods.length > 0) return change;
  return { ...change, methods: change.operations.flatMap((name) => methods.get(name) ?? []) };
}

/** The compiler takes longer to load than most documents to compare: it is loaded where there is something to ask. */
async function askCompiler(
  { before, after }: Sides<Spec>,
  changed: readonly ChangedOperation[],
): Promise<Judgement> {
  const { judgeTypes } = await import('./typescript/judge.ts');
  return judgeTypes(before, after, changed);
}
