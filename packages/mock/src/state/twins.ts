import { plainName } from './page-parts.ts';
import { isSameObject } from './same-schema.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';

/**
 * Finds the item of an id that a collection's item is: who becomes a member of a group is one of the users. Undefined if
 * the items are not those of another collection, as far as the document shows: they have the same type, or the same
 * schema and a name that says whose they are.
 *
 * @param param the parameter that names the item
 */
export function twinsOf(
  collection: ScopedCollection,
  param: string | undefined,
  state: State,
): ((id: string) => Item | undefined) | undefined {
  const { itemType, path, scope } = collection.definition;
  if (scope.length === 0) return undefined;
  const alike = [...state.collections.values()].filter(
    (one) => one.definition.scope.length === 0 && isSameObject(one.schema, collection.schema),
  );
  const named = alike.filter(({ definition }) => {
    const name = lastName(definition.path);
    return name === lastName(path) || isIDOf(param ?? '', name);
  });
  const typed = alike.filter(
    ({ definition }) => itemType !== 'unknown' && definition.itemType === itemType,
  );
  const [twin, ...others] = named.length > 0 ? named : typed;
  return twin && others.length === 0 ? (id) => twin.get([], id) : undefined;
}

/** `users` for `/v1/users` and `/groups/{id}/users`. */
function lastName(path: string): string {
  return plainName(path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '');
}

/** Whether `user_id` is the id of one of `users`, and `categoryId` that of one of `categories`. */
function isIDOf(param: string, name: string): boolean {
  const base = plainName(param).replace(/(?:uuid|id|name|key|slug)$/, '');
  return base.length > 2 && name.startsWith(base.slice(0, -1));
}
