/**
 * The cursors that led to a page. A trail is immutable: two walks that start at the same page extend it each on its
 * own, and neither takes the other's cursors for a loop.
 *
 * The sets double in size towards the beginning, so a walk of n pages costs O(n log n) time and O(n) memory.
 */
export interface Trail {
  readonly cursors: ReadonlySet<string>;
  readonly earlier: Trail | undefined;
}

/** Whether the trail has passed this cursor. */
export function passed(trail: Trail | undefined, cursor: string): boolean {
  for (let part = trail; part; part = part.earlier) {
    if (part.cursors.has(cursor)) return true;
  }
  return false;
}

/** A new trail, one cursor longer. */
export function extend(trail: Trail | undefined, cursor: string): Trail {
  const cursors = new Set([cursor]);
  let earlier = trail;
  for (; earlier && earlier.cursors.size <= cursors.size; earlier = earlier.earlier) {
    for (const each of earlier.cursors) cursors.add(each);
  }
  return { cursors, earlier };
}
