import type { CopyProblem } from './options.ts';

/** How many ids of each problem are kept: a list may have a million items that break the contract. */
const keptIDs = 1_000;
/** How many reasons are kept: those of a server may all be different. */
const keptReasons = 1_000;
/** How many ids of a problem are printed. */
const shownIDs = 3;

/** What went wrong, the same kind of it together. */
export class Problems {
  readonly #found = new Map<string, CopyProblem & { count: number; ids: string[] }>();

  /** @param ids the item's, after those of the items above it; undefined for the collection as a whole */
  add(collection: string, reason: string, ids?: readonly (string | undefined)[]): void {
    let key = JSON.stringify([collection, reason]);
    let text = reason;
    if (this.#found.size >= keptReasons && !this.#found.has(key)) {
      text = 'Other reasons: there are too many different ones.';
      key = JSON.stringify([collection, text]);
    }
    const known = this.#found.get(key) ?? { collection, reason: text, count: 0, ids: [] };
    this.#found.set(key, known);
    if (ids === undefined) return;
    known.count += 1;
    if (known.ids.length < keptIDs) known.ids.push(ids.map((id) => id ?? '?').join('/'));
  }

  get list(): CopyProblem[] {
    return [...this.#found.values()];
  }
}

/** One line: `users.roles: 403 … (user_abc, user_def, user_ghi and 37 more)`. */
export function describeProblem({ collection, reason, count, ids }: CopyProblem): string {
  if (count === 0) return `${collection}: ${reason}`;
  const listed = ids.slice(0, shownIDs).join(', ');
  const more = count > shownIDs ? ` and ${count - shownIDs} more` : '';
  return `${collection}: ${reason} (${listed}${more})`;
}
