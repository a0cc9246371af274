/** What a change means for those who depend on the API, from bad to harmless. */
export type Verdict = 'breaking' | 'addition' | 'none';

/** One effect of a change of the spec. */
export interface Change {
  verdict: Verdict;
  /** Such as `GET /organization/users › query › limit`. */
  place: string;
  /** One sentence for the person who upgrades. */
  message: string;
}

/** Who writes the value that a schema describes. */
export type Direction = 'request' | 'response';

/**
 * What became of the set of values that a schema allows: it grew, it shrank, it is another one, or it is the same and
 * only the words changed.
 */
export type Effect = 'wider' | 'narrower' | 'different' | 'same';

/** What a rule found at the place it was asked about, or below it. */
export interface Finding {
  effect: Effect;
  message: string;
  /** The steps from the rule's place to the finding's. */
  below?: string[];
}

/** Requests may only widen, responses may only narrow. */
export function judge(effect: Effect, direction: Direction): Verdict {
  if (effect === 'same') return 'none';
  if (effect === 'different') return 'breaking';
  return (effect === 'wider') === (direction === 'request') ? 'addition' : 'breaking';
}

const severity: Record<Verdict, number> = { breaking: 2, addition: 1, none: 0 };

/** The worst verdict of several; `none` where there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (severity[b] > severity[a] ? b : a), 'none' as Verdict);
}

/** The worst first; otherwise in the order in which they were found. Says nothing twice. */
export function sorted(changes: readonly Change[]): Change[] {
  const unique = new Map(
    changes.map((change) => [
      JSON.stringify([change.verdict, change.place, change.message]),
      change,
    ]),
  );
  return [...unique.values()].sort((a, b) => severity[b.verdict] - severity[a.verdict]);
}
