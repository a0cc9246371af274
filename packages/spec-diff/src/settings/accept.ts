import type { Change } from '../change/change.ts';
import { fingerprintOf } from '../change/fingerprint.ts';
import { placeOf } from '../report/sentences.ts';
import type { Acceptance } from './settings.ts';

/** Marks the changes that a team has accepted, and returns the entries that accept nothing. */
export interface Accepted {
  changes: Change[];
  problems: string[];
}

/**
 * Marks the breaking changes that are accepted. An entry that has expired, that matches no change, or that matches one
 * that is not breaking, is a problem.
 *
 * @param today The day in UTC: `2026-11-29`.
 */
export function acceptChanges(
  changes: readonly Change[],
  accept: readonly Acceptance[],
  today: string,
): Accepted {
  const entries = new Map(accept.map((entry) => [entry.fingerprint, entry]));
  if (entries.size === 0) return { changes: [...changes], problems: [] };
  const matched = new Map<Acceptance, Change>();
  const marked = changes.map((change) => {
    const entry = entries.get(fingerprintOf(change));
    if (!entry) return change;
    matched.set(entry, change);
    const isAccepted = change.verdict === 'breaking' && !hasExpired(entry, today);
    return isAccepted ? { ...change, accepted: entry.reason } : change;
  });
  const problems = accept.flatMap((entry, i) => {
    const problem = problemOf(entry, matched.get(entry), today);
    return problem === undefined ? [] : [`accept[${i}] (${entry.fingerprint}) ${problem}`];
  });
  return { changes: marked, problems };
}

function problemOf(
  entry: Acceptance,
  change: Change | undefined,
  today: string,
): string | undefined {
  if (!change) return 'matches no change. Remove it.';
  const place = placeOf(change);
  if (change.verdict !== 'breaking')
    return `accepts a change that is not breaking (${place}: ${change.verdict}). Remove it.`;
  if (hasExpired(entry, today))
    return `expired on ${entry.until}, and ${place} is still breaking. Undo the change, or set a later date.`;
  return undefined;
}

function hasExpired({ until }: Acceptance, today: string): boolean {
  return until !== undefined && until < today;
}
