import { type Change, sorted, type Verdict, worst } from './change/change.ts';
import { type Document, Spec } from './document/spec.ts';
import { compareLanguages } from './languages/compare.ts';
import type { Judgement } from './typescript/judge.ts';
import { changedOperations, type OperationPair } from './typescript/scope.ts';
import { walk } from './walk.ts';

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
  const { changes, notes } = walk(before, after);
  const broken = new Set(
    changes
      .filter(({ verdict }) => verdict === 'breaking')
      .flatMap((each) => each.operations ?? []),
  );
  const pairs = changedOperations(specs.before, specs.after).filter(
    ([{ name }]) => !broken.has(name),
  );
  const judged = pairs.length > 0 ? await askCompiler(specs, pairs) : { changes: [], notes: [] };
  const { methods, ...languages } = compareLanguages(before, after);
  const all = sorted([...changes, ...judged.changes, ...languages.changes]).map((change) =>
    withMethods(change, methods),
  );
  return {
    verdict: worst(all.map(({ verdict }) => verdict)),
    changes: all,
    notes: [...notes, ...judged.notes, ...languages.notes],
  };
}

function withMethods(change: Change, methods: ReadonlyMap<string, string>): Change {
  const called = (change.operations ?? []).flatMap((name) => methods.get(name) ?? []);
  return called.length > 0 ? { ...change, methods: called } : change;
}

/** The compiler takes longer to load than most documents to compare: it is loaded where there is something to ask. */
async function askCompiler(
  { before, after }: { before: Spec; after: Spec },
  pairs: readonly OperationPair[],
): Promise<Judgement> {
  const { judgeTypes } = await import('./typescript/judge.ts');
  return judgeTypes(before, after, pairs);
}
