import type { CollectionInfo } from '../api/types.ts';

/** The collection that this one's items are below: `users` for `users.roles`. */
export function parentOf(
  collection: CollectionInfo,
  all: readonly CollectionInfo[],
): CollectionInfo | undefined {
  const parents = all.filter(
    ({ name, scope }) =>
      collection.name.startsWith(`${name}.`) && scope.length === collection.scope.length - 1,
  );
  return parents.sort((a, b) => b.name.length - a.name.length)[0];
}

/** The collections whose items are directly below an item of this one. */
export function childrenOf(
  collection: CollectionInfo,
  all: readonly CollectionInfo[],
): CollectionInfo[] {
  return all.filter((other) => parentOf(other, all)?.name === collection.name);
}

/** The scope of the collections below an item: the item's own scope, and the item. */
export function childScope(
  child: CollectionInfo,
  scope: Record<string, string>,
  itemID: string,
): Record<string, string> {
  const last = child.scope.at(-1);
  return last === undefined ? scope : { ...scope, [last]: itemID };
}
