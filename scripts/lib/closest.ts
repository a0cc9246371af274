// Of its own, and not that of @org/openapi: some commands run in CI before anything is installed.

/**
 * The name that is most like a misspelled one, for `Did you mean …?`. The first that begins with a single letter;
 * undefined if none is similar.
 */
export function closest(misspelled: string, names: readonly string[]): string | undefined {
  if (misspelled.length === 1) return names.find((name) => name.startsWith(misspelled));
  const limit = Math.max(2, Math.floor(misspelled.length / 3));
  const [best] = names
    .map((name) => ({ name, edits: countEdits(misspelled, name) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  return best?.name;
}

/** How many letters have to be added, removed or replaced (Levenshtein distance). */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const current = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (previous[j] ?? 0) + (letter === to[j] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
