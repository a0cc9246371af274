import { isSameJSON } from '../lib/same-json.ts';
import type { Subject } from './history.ts';
import { keyOf, type Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';

/** An item that one state has and the other has not, or has otherwise. */
export interface Difference extends Subject {
  before: Item | undefined;
  after: Item | undefined;
  /** For a removed item: how many items directly below it went with it, by collection. */
  below?: Record<string, number>;
}

/** What is not the same in two states of one API. What went with a removed item is counted there, and not listed. */
export function* compareStates(before: State, after: State): Iterable<Difference> {
  // Scopes whose parent was removed and came back: nothing was changed in them, but nothing is as it was.
  const renewed = new Map<ScopedCollection, Scope[]>();
  for (const [name, now] of after.collections) {
    const past = before.collection(name);
    const children = [...after.collections].filter(([, child]) => isChild(child, now));
    for (const scope of distinct([...past.touched, ...now.touched, ...(renewed.get(now) ?? [])])) {
      if (!now.hasScope(scope)) continue;
      for (const id of now.differingIDs(past, scope)) {
        const items = { before: past.get(scope, id), after: now.get(scope, id) };
        const isMoved =
          items.before && items.after && past.indexOf(scope, id) !== now.indexOf(scope, id);
        if (isMoved)
          for (const [, child] of children)
            renewed.set(child, [...(renewed.get(child) ?? []), [...scope, id]]);
        if (isSame(items)) continue;
        const below = items.after ? [] : counts(before, children, [...scope, id]);
        yield {
          name,
          scope,
          id,
          ...items,
          ...(below.length > 0 && { below: Object.fromEntries(below) }),
        };
      }
    }
  }
  for (const [name, now] of after.singletons) {
    const past = before.singleton(name);
    for (const scope of distinct([...past.touched, ...now.touched])) {
      if (!hasParent(now.parent, scope)) continue;
      const items = { before: past.get(scope), after: now.get(scope) };
      if (!isSame(items)) yield { name, scope, id: undefined, ...items };
    }
  }
}

function isSame({ before, after }: Pick<Difference, 'before' | 'after'>): boolean {
  return before === after || isSameJSON(before, after);
}

/** Whether the last parameter of a collection's scope names an item of another, and the others are the same. */
function isChild({ parent, definition }: ScopedCollection, above: ScopedCollection): boolean {
  return parent === above && definition.scope.length === above.definition.scope.length + 1;
}

function counts(
  state: State,
  children: readonly [string, ScopedCollection][],
  scope: Scope,
): [string, number][] {
  return children.flatMap(([name]) => {
    const size = state.collection(name).sizeOf(scope);
    return size > 0 ? [[name, size] as [string, number]] : [];
  });
}

function hasParent(parent: ScopedCollection | undefined, scope: Scope): boolean {
  if (!parent) return true;
  const { length } = parent.definition.scope;
  return parent.get(scope.slice(0, length), scope[length] ?? '') !== undefined;
}

function distinct(scopes: readonly Scope[]): Scope[] {
  return [...new Map(scopes.map((scope) => [keyOf(scope), scope])).values()];
}
