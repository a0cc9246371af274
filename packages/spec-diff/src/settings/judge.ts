import type { Verdict } from '../change/change.ts';
import type { ChangeID } from '../change/ids.ts';
import { type Facts, judge, type Policies } from './policies.ts';
import { isPastSunset } from './sunset.ts';

/** A finding, with the facts that its verdict may depend on. */
interface Case extends Omit<Facts, 'isSunset'> {
  /** For something that is removed, its node in the old document. */
  node?: unknown;
}

/** Gives the verdict on a finding. */
export type Judge = (found: Case) => Verdict;

/** The verdict that the rule has given. */
export const judgeByRules: Judge = ({ verdict }) => verdict;

/** Removals of parts that a document can deprecate. */
const removals: ReadonlySet<ChangeID> = new Set([
  ...(['operation-removed', 'parameter-removed', 'header-removed'] as const),
  ...(['property-removed', 'type-name-removed'] as const),
]);

/**
 * The verdict under the policies of a team.
 *
 * @param today The day in UTC: `2026-11-29`.
 * @param resolve Follows a reference in the old document.
 */
export function judgeBy(
  policies: Policies,
  today: string,
  resolve: (node: unknown) => unknown,
): Judge {
  return ({ node, ...facts }) => {
    const isSunset =
      removals.has(facts.id) &&
      // Beside a reference, `deprecated` is about the place, not the target of the reference.
      (isPastSunset(node, today) || isPastSunset(resolve(node), today));
    return judge({ ...facts, isSunset }, policies);
  };
}
