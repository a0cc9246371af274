/** The given names, and all that follow from them, directly or not. */
export function closure(
  from: Iterable<string>,
  next: (name: string) => Iterable<string>,
): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...next(name));
  }
  return found;
}
