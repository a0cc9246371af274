import type { API } from '../api/api.ts';
import type { Scope } from '../state/scope.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { Item } from '../state/store.ts';

/** The items of one list, by id, in the order in which the server listed them. */
export interface CopiedList {
  scope: Scope;
  items: Map<string, Item>;
  /** How many items the server sent, those that were left out included. */
  sent: number;
}

/** What was read so far. */
export interface Copied {
  /** By the name of the collection, and by its scope. */
  collections: Map<string, Map<string, CopiedList>>;
  singletons: Map<string, { scope: string[]; item: Item }[]>;
}

/** A copy in which nothing is yet. */
export function emptyCopy(api: API): Copied {
  const singletons = api.operations.flatMap(({ iid }) => {
    const behavior = api.behavior(iid);
    return 'singleton' in behavior ? [behavior.singleton] : [];
  });
  return {
    collections: new Map(api.collections.map(({ name }) => [name, new Map()])),
    singletons: new Map(singletons.map((name) => [name, []])),
  };
}

/** A snapshot that has these items and no generated ones. */
export function toSnapshot({ collections, singletons }: Copied, seed: string): Snapshot {
  const saved = [...collections].map(([name, lists]) => {
    const scopes = [...lists.values()].map(({ scope, items }) => ({
      scope: [...scope],
      store: storeOf(items),
    }));
    return [name, { generated: 0, scopes }] as const;
  });
  return {
    snapshot: 1,
    seed,
    collections: Object.fromEntries(saved),
    singletons: Object.fromEntries(singletons),
  };
}

function storeOf(items: ReadonlyMap<string, Item>) {
  // Without a prototype: whatever ids are called.
  const ids: Record<string, number> = Object.create(null);
  const changed: [number, Item][] = [];
  for (const [id, item] of items) {
    ids[id] = changed.length;
    changed.push([changed.length, item]);
  }
  return { generated: 0, end: changed.length, initialEnd: changed.length, changed, ids };
}
