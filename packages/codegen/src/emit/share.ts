/** A reference to `shared[index]`. */
interface SharedReference {
  $shared: number;
}

/** Parts shorter than this, as JSON, cost less than the reference to them is worth. */
const threshold = 120;

interface Part {
  index: number;
  uses: number;
  size: number;
  value: unknown;
  children: Part[];
}

/**
 * Stores parts of a value that are the same once. Takes time in proportion to the size of the value: a part is known
 * by the numbers of its own parts.
 */
export function share<T>(value: T): { value: T; shared: unknown[] } {
  const parts = new Map<string, Part>();

  const numberOf = numbering();
  const known = new Map<object, Part>();

  function intern(node: unknown): Part {
    if (typeof node !== 'object' || node === null) return number(node);
    const before = known.get(node);
    if (before) return before;
    const part = number(node);
    known.set(node, part);
    return part;
  }

  function number(node: unknown): Part {
    const isArray = Array.isArray(node);
    const isObject = typeof node === 'object' && node !== null;
    const children: Part[] = [];
    let size = 2;
    // Large documents have millions of parts: texts are only made of numbers.
    let key = isArray ? '[' : '{';
    if (isObject) {
      for (const [name, child] of Object.entries(node)) {
        if (child === undefined) continue;
        const part = intern(child);
        children.push(part);
        key += isArray ? `${part.index},` : `${numberOf(name)}:${part.index},`;
        size += (isArray ? 1 : name.length + 4) + part.size;
      }
    } else key = typeof node === 'string' ? `"${node}` : String(node);
    let part = parts.get(key);
    if (!part) {
      if (!isObject) size = JSON.stringify(node).length;
      part = { index: parts.size, uses: 0, size, value: node, children };
      parts.set(key, part);
      // A shared part uses its own parts once, however often it is used itself.
      for (const child of children) child.uses += 1;
    }
    return part;
  }

  const shared: unknown[] = [];
  const numbers = new Map<Part, number>();

  function write(part: Part): unknown {
    const known = numbers.get(part);
    if (known !== undefined) return { $shared: known } satisfies SharedReference;
    const { value: node, children } = part;
    if (typeof node !== 'object' || node === null) return node;
    const written = Array.isArray(node)
      ? children.map(write)
      : Object.fromEntries(
          Object.keys(node)
            .filter((name) => (node as Record<string, unknown>)[name] !== undefined)
            .map((name, i) => [name, write(children[i] as Part)]),
        );
    if (part.uses < 2 || part.size < threshold) return written;
    numbers.set(part, shared.length);
    shared.push(written);
    return { $shared: shared.length - 1 } satisfies SharedReference;
  }

  // The whole has the form of the value, with references in it.
  return { value: write(intern(value)) as T, shared };
}

/** Gives each text a number of its own. */
function numbering(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
}

/** Puts shared parts back in their places: one object for all uses of a part. The inverse of {@link share}. */
export function unshare<T>(value: T, shared: readonly unknown[]): T {
  const known: unknown[] = [];
  const read = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(read);
    if (typeof node !== 'object' || node === null) return node;
    const { $shared: index } = node as Partial<SharedReference>;
    if (typeof index !== 'number') {
      return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, read(child)]));
    }
    known[index] ??= read(shared[index]);
    return known[index];
  };
  return read(value) as T;
}
