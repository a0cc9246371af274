import { formatPointer, type Pointer } from '../pointer.ts';
import type { Locate } from '../problems.ts';

/**
 * Finds places of a bundled document in the files that it was made from. The bundler gives what comes from other files
 * a name below `components` that no file has: such a place is found by the references to it.
 *
 * @param locate finds places in the files; a path through a reference leads to its target
 */
export function locateBundled(document: object, locate: Locate): Locate {
  let ways: Map<string, Pointer> | undefined;
  return (path) => {
    const [root, section, name, ...rest] = path;
    if (root !== 'components' || section === undefined || name === undefined) return locate(path);
    const [found, parent] = [locate(path.slice(0, 3)), locate(path.slice(0, 2))];
    // A node that no file has is located at its nearest ancestor.
    const isWritten = found?.line !== parent?.line || found?.column !== parent?.column;
    if (isWritten) return locate(path);
    ways ??= waysIn(document);
    const way = ways.get(`#${formatPointer([root, section, name])}`);
    return locate([...(way ?? path.slice(0, 3)), ...rest]);
  };
}

/** Reference → the path to it from outside of `components`, through other references. */
function waysIn(document: object): Map<string, Pointer> {
  const { components, ...rest } = document as { components?: Record<string, object> };
  const named = new Map<string, object>(
    Object.entries(components ?? {}).flatMap(([section, entries]) =>
      Object.entries(entries).map(
        ([name, node]) => [`#${formatPointer(['components', section, name])}`, node] as const,
      ),
    ),
  );
  const ways = new Map<string, Pointer>();
  const open: { node: unknown; path: Pointer }[] = [{ node: rest, path: [] }];
  // The list grows during the iteration, so the shortest paths come first.
  for (const { node, path } of open) {
    if (typeof node !== 'object' || node === null) continue;
    const { $ref } = node as { $ref?: unknown };
    if (typeof $ref === 'string' && named.has($ref) && !ways.has($ref)) {
      ways.set($ref, path);
      open.push({ node: named.get($ref), path });
    }
    for (const [key, inner] of Object.entries(node))
      open.push({ node: inner, path: [...path, key] });
  }
  return ways;
}
