/** Whether two parsed values are the same JSON: the order of properties does not matter, and undefined is as good as none. */
export function isSameJSON(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((part, i) => isSameJSON(part, b[i]));
  }
  const [ours, theirs] = [entriesOf(a), entriesOf(b)];
  return (
    ours.size === theirs.size &&
    [...ours].every(([name, value]) => theirs.has(name) && isSameJSON(value, theirs.get(name)))
  );
}

function entriesOf(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, part]) => part !== undefined));
}
