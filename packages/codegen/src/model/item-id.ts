type Item = Readonly<Record<string, unknown>>;

/** The value at a property of an item, or at a path with dots: `metadata.name`. */
export function valueIn(item: unknown, path: string): unknown {
  if (typeof item !== 'object' || item === null) return undefined;
  if (Object.hasOwn(item, path)) return (item as Item)[path];
  const [first, rest] = split(path);
  return rest === undefined ? undefined : valueIn((item as Item)[first], rest);
}

/** A copy of an item with another value at a property, or at a path with dots; without it for undefined. */
export function withValue(item: Item, path: string, value: unknown): Record<string, unknown> {
  const [first, rest] = split(path);
  if (rest === undefined || Object.hasOwn(item, path)) {
    const { [path]: _, ...others } = item;
    return value === undefined ? others : { ...item, [path]: value };
  }
  const inner = item[first];
  const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  if (!isObject && value === undefined) return { ...item };
  return { ...item, [first]: withValue(isObject ? (inner as Item) : {}, rest, value) };
}

function split(path: string): [first: string, rest: string | undefined] {
  const [, first = path, rest] = /^([^.]+)\.(.+)$/.exec(path) ?? [];
  return [first, rest];
}
