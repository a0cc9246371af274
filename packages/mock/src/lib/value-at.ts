/** The value at a path of property names; undefined where there is none. */
export function valueAt(body: unknown, path: readonly string[] | undefined): unknown {
  if (!path) return undefined;
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
