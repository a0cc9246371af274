import leven from 'leven';

/**
 * The known names that are most like a misspelled one, at most three, for `Did you mean …?`: no more than a third of
 * its characters differ, or two in a short name, and never all of them.
 */
export function closest(misspelled: string, known: Iterable<string>): string[] {
  const { length } = misspelled;
  const limit = Math.min(length - 1, Math.max(2, Math.floor(length / 3)));
  return [...known]
    .map((name) => ({ name, distance: leven(misspelled, name, { maxDistance: limit + 1 }) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}
