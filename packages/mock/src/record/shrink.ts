/**
 * A part of a list with which a check still holds, of which no single element can be left out. Halves are left out
 * first, then smaller parts.
 *
 * @param holds must hold for all elements
 * @see https://www.debuggingbook.org/html/DeltaDebugger.html
 */
export async function shrink<T>(
  all: readonly T[],
  holds: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (all.length === 0 || (await holds([]))) return [];
  let rest = all;
  let size = Math.ceil(rest.length / 2);
  while (rest.length > 1) {
    const smaller = await withoutOne(rest, size, holds);
    if (smaller) rest = smaller;
    else if (size === 1) break;
    size = Math.max(1, Math.min(Math.ceil(size / (smaller ? 1 : 2)), Math.ceil(rest.length / 2)));
  }
  return rest;
}

/** The list without one of its parts of a size; undefined where it needs each of them. */
async function withoutOne<T>(
  all: readonly T[],
  size: number,
  holds: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (let start = 0; start < all.length; start += size) {
    const others = [...all.slice(0, start), ...all.slice(start + size)];
    if (others.length > 0 && (await holds(others))) return others;
  }
  return undefined;
}
