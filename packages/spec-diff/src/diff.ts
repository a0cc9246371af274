import { type Change, sorted, type Verdict, worst } from './change.ts';
import { type Document, Spec } from './spec.ts';
import { judgeTypes } from './typescript/judge.ts';
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
  const { changes, notes } = walk(before, after);
  const broken = new Set(
    changes
      .filter(({ verdict }) => verdict === 'breaking')
      .flatMap((each) => each.operations ?? []),
  );
  const judged = await judgeTypes(new Spec(before), new Spec(after), broken);
  const all = sorted([...changes, ...judged.changes]);
  return {
    verdict: worst(all.map(({ verdict }) => verdict)),
    changes: all,
    notes: [...notes, ...judged.notes],
  };
}
