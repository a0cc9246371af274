import { valueIn, withValue } from '@org/codegen/item-id';
import type { AnyCollection, Scope as NamedScope, PageRequest } from './any-collection.ts';
import { checkContract } from './contract.ts';
import type { Cause } from './history.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import type { State } from './state.ts';
import type { Item } from './store.ts';

/** How many items a search looks at: a generated collection may have millions. */
const searchedItems = 20_000;

/** A collection as programs and the control endpoints use it. What comes in is checked against the contract. */
export interface DataCollection extends AnyCollection {
  list(scope?: NamedScope): object[];
}

/**
 * `mock.data`: the collections of a state, by name.
 *
 * @param onChange is called after every change, with the collection's name
 * @param cause The request whose handler uses it, if one does.
 */
export function createData(
  state: State,
  onChange: (collection: string) => void,
  cause?: Cause,
): Record<string, DataCollection> {
  return Object.fromEntries(
    [...state.collections].map(([name, collection]) => [
      name,
      createCollection(state, name, collection, () => onChange(name), cause),
    ]),
  );
}

function createCollection(
  state: State,
  name: string,
  collection: ScopedCollection,
  onChange: () => void,
  cause: Cause | undefined,
): DataCollection {
  const { definition, schema } = collection;
  const { api, history } = state;
  const { idProperty } = definition;
  const scopeParams = definition.scope.map(({ param }) => param);
  const subject = /^\w+$/.test(name) ? `data.${name}` : `data['${name}']`;

  const scopeOf = (given: NamedScope | undefined): Scope =>
    scopeParams.map((param) => {
      const value = given?.[param];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      const example = scopeParams.map((one) => `${one}: '…'`).join(', ');
      throw new TypeError(`${subject} needs the scope { ${example} } as the last argument.`);
    });
  const existing = (scope: Scope, id: string): Item => {
    const item = collection.get(scope, String(id));
    if (item) return item;
    throw new Error(`${subject} has no item with the id ${JSON.stringify(id)}.`);
  };
  const checkScope = (scope: Scope): void => {
    const missing = collection.missingIn(scope);
    if (missing === undefined) return;
    const value = JSON.stringify(scope[missing]);
    throw new Error(`${subject}: ${scopeParams[missing]} ${value} does not exist.`);
  };
  const put = (scope: Scope, id: string, item: Record<string, unknown>): Item => {
    const given = valueIn(item, idProperty);
    if (given !== undefined && String(given) !== String(id))
      throw new Error(`The id ${JSON.stringify(id)} of an item cannot change.`);
    checkContract(api, `${subject} ${JSON.stringify(id)}`, item, schema);
    const replaced = history.during(cause, () => collection.replace(scope, String(id), item));
    onChange();
    return replaced;
  };

  return {
    name,
    scopeParams,
    idProperty,
    itemType: definition.itemType,
    schema,
    get size() {
      return collection.size;
    },
    get(id, scope) {
      return collection.hasScope(scopeOf(scope))
        ? collection.get(scopeOf(scope), String(id))
        : undefined;
    },
    list(given) {
      const scope = scopeOf(given);
      if (!collection.hasScope(scope)) return [];
      const page = collection.page(scope, { limit: Infinity });
      return 'items' in page ? page.items : [];
    },
    add(item, given) {
      const scope = scopeOf(given);
      checkScope(scope);
      const added = collection.create(scope, copyOf(item, subject));
      const id = valueIn(added, idProperty);
      if (id !== undefined && collection.get(scope, String(id)))
        throw new Error(`${subject} has an item with the id ${JSON.stringify(id)} already.`);
      checkContract(api, subject, added, schema);
      const frozen = history.during(cause, () => collection.add(scope, added));
      onChange();
      return frozen;
    },
    update(id, changes, given) {
      const scope = scopeOf(given);
      checkScope(scope);
      const merged = { ...existing(scope, id), ...copyOf(changes, subject) };
      const set = Object.entries(merged).filter(([, value]) => value !== undefined);
      return put(scope, id, Object.fromEntries(set));
    },
    replace(id, item, given) {
      const scope = scopeOf(given);
      checkScope(scope);
      const old = existing(scope, id);
      const copy = copyOf(item, subject);
      const named = valueIn(copy, idProperty) ?? valueIn(old, idProperty);
      return put(scope, id, withValue(copy, idProperty, named));
    },
    remove(id, given) {
      const scope = scopeOf(given);
      const isRemoved =
        collection.hasScope(scope) &&
        history.during(cause, () => state.remove(collection, scope, String(id)));
      if (isRemoved) onChange();
      return isRemoved;
    },
    page(request) {
      const scope = scopeOf(request.scope);
      checkScope(scope);
      return readPage(collection, scope, request, subject);
    },
  };
}

function readPage(
  collection: ScopedCollection,
  scope: Scope,
  { after, limit, search }: PageRequest,
  subject: string,
): ReturnType<AnyCollection['page']> {
  const read = (from: string | undefined, count: number) => {
    const page = collection.page(scope, { after: from, limit: count });
    if ('items' in page) return page;
    throw new TypeError(
      `${subject}: after ${JSON.stringify(from)} is not the id of a current or former item.`,
    );
  };
  if (!search) return { ...read(after, limit), total: collection.sizeOf(scope) };
  const text = search.toLowerCase();
  const isMatch = (item: Item) => JSON.stringify(item).toLowerCase().includes(text);
  const { items } = read(undefined, searchedItems);
  const found = items.filter(isMatch);
  const { idProperty } = collection.definition;
  const start = after
    ? found.findIndex((item) => String(valueIn(item, idProperty)) === after) + 1
    : 0;
  return {
    items: found.slice(start, start + limit),
    hasMore: start + limit < found.length,
    total: found.length,
  };
}

/** A copy that the caller cannot change later. */
function copyOf(given: object, subject: string): Record<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return structuredClone(given) as Record<string, unknown>;
  throw new TypeError(`${subject} takes an object, not ${JSON.stringify(given)}.`);
}
