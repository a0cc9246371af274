import type { Verdict } from './change.ts';

/** How far a release moves the version. */
export type Bump = 'patch' | 'minor' | 'major';

const bumps: readonly Bump[] = ['patch', 'minor', 'major'];

/** The bump that a change needs. While the version is 0.x, a breaking change needs a minor bump. */
export function neededBump(verdict: Verdict, version: string): Bump {
  if (verdict === 'none') return 'patch';
  return verdict === 'breaking' && !version.startsWith('0.') ? 'major' : 'minor';
}

/** The higher of two; undefined is lower than any. */
export function higher(a: Bump | undefined, b: Bump | undefined): Bump | undefined {
  return rank(b) > rank(a) ? b : a;
}

/** Whether a bump is at least the needed one. */
export function covers(given: Bump | undefined, needed: Bump | undefined): boolean {
  return rank(given) >= rank(needed);
}

/** The bump between two versions, of which the second may be the same. */
export function bumpBetween(before: string, after: string): Bump | undefined {
  const [old, now] = [before, after].map((version) => version.split('.').map(Number.parseFloat));
  const moved = [0, 1, 2].find((part) => old?.[part] !== now?.[part]);
  return moved === undefined ? undefined : (['major', 'minor', 'patch'] as const)[moved];
}

function rank(bump: Bump | undefined): number {
  return bump === undefined ? -1 : bumps.indexOf(bump);
}
