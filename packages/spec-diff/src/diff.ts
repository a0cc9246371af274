import { type Change, sorted } from './change.ts';
import { compareTypes, type Declarations } from './types.ts';
import { walk } from './walker.ts';

/** What changed between two sides of the spec, for those who depend on it. Two judges, and the worse verdict wins. */
export function diff(before: Declarations, after: Declarations): Change[] {
  const walked = walk(before.document, after.document);
  // What the walker has found breaking, it has said better than the checker can.
  const breaking = walked.filter(({ verdict }) => verdict === 'breaking').map(({ place }) => place);
  const checked = compareTypes(before, after).filter(
    ({ verdict, place }) =>
      verdict !== 'breaking' ||
      // At the place or below it; another path may only begin with the same letters.
      !breaking.some((found) => `${found} › `.startsWith(`${place} › `)),
  );
  return sorted([...walked, ...checked]);
}
