import { valueIn, withValue } from '@org/codegen/item-id';
import type { Collection as Definition } from '@org/codegen/model';
import { objectsOf, type Schema, unionOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { branchOf } from './branch.ts';
import { asProperty, ItemMaker } from './item-maker.ts';
import { JoinedStores, type Part } from './joined-stores.ts';
import { countItems, type Filter, type Page, type PageQuery, readPage } from './page.ts';
import { namesAbove } from './resource-name.ts';
import { keyOf, type Scope } from './scope.ts';
import { freeze, type Item, type SavedStore, Store } from './store.ts';

/** A collection's state in a snapshot. */
export interface SavedCollection {
  /** How many items each scope begins with. */
  generated: number;
  /** Every scope in which something was changed. */
  scopes: { scope: string[]; store: SavedStore }[];
}

/** Scopes in which nothing was changed can be made again: only some of them are kept. */
const idleStores = 1000;

export interface ScopedCollectionOptions {
  definition: Definition;
  schema: Schema;
  seed: number;
  /** How many items each scope begins with. */
  generated: number;
  /** The collection whose items the last parameter of the scope names, if one is known. */
  parent: ScopedCollection | undefined;
  /** What the path's parameter says of an item's id. */
  idSchema?: Schema | undefined;
  /** The id of a generated item of another collection. */
  referenceAt?: (collection: string, index: number) => string | number | undefined;
  /** Called after each write. */
  onWrite?: (write: CollectionWrite) => void;
}

/** What was done to an item. */
export interface CollectionWrite {
  scope: Scope;
  id: string;
  before: Item | undefined;
  after: Item | undefined;
}

/** The items of a collection, in all of its scopes. */
export class ScopedCollection {
  readonly definition: Definition;
  readonly schema: Schema;
  readonly parent: ScopedCollection | undefined;
  #generated: number;
  readonly #maker: ItemMaker;
  readonly #properties: readonly string[];
  readonly #onWrite: ((write: CollectionWrite) => void) | undefined;
  /** Scopes in which something was changed, or was given from the start. */
  #changed = new Map<string, { scope: Scope; store: Store }>();
  #idle = new Map<string, Store>();
  #writes = 0;
  #every: { version: number; stores: JoinedStores } | undefined;

  constructor(options: ScopedCollectionOptions) {
    this.definition = options.definition;
    this.schema = options.schema;
    this.parent = options.parent;
    this.#generated = options.generated;
    this.#onWrite = options.onWrite;
    this.#maker = new ItemMaker(options);
    this.#properties = Object.keys(unionOf(options.schema)?.properties ?? {});
  }

  /** Whether everything exists that a scope names. What no collection is known of exists. */
  hasScope(scope: Scope): boolean {
    return this.missingIn(scope) === undefined;
  }

  /** The index in a scope of the first value that names nothing that exists; undefined where all do. */
  missingIn(scope: Scope): number | undefined {
    const { parent } = this;
    if (!parent) return undefined;
    const above = scope.slice(0, parent.definition.scope.length);
    const missing = parent.missingIn(above);
    if (missing !== undefined) return missing;
    return parent.get(above, scope[above.length] ?? '') ? undefined : above.length;
  }

  hasProperty(name: string): boolean {
    return this.#properties.includes(name);
  }

  get(scope: Scope, id: string): Item | undefined {
    return this.#store(scope).get(this.wholeID(scope, id));
  }

  /** Whether an item is as it was generated. */
  isGenerated(scope: Scope, id: string): boolean {
    const store = this.#store(scope);
    const index = store.indexOf(this.wholeID(scope, id));
    return index !== undefined && store.isGenerated(index);
  }

  /** The id of an item whose path has this one: a whole name, if the document shows that ids are. */
  idFor(scope: Scope, id: string | number): string | number {
    const name = String(id).includes('/') ? undefined : this.#maker.nameOf(scope);
    return name === undefined ? id : `${name}/${id}`;
  }

  /** The id of an item as it is stored, where its path has the last part of it. */
  wholeID(scope: Scope, id: string): string {
    const store = this.#store(scope);
    if (store.indexOf(id) !== undefined || typeof store.next().id === 'number') return id;
    const names = namesAbove(this.definition.path, scope).map((name) => `${name}/${id}`);
    return names.find((name) => store.indexOf(name) !== undefined) ?? id;
  }

  /** @param scope undefined for the items of every scope */
  page(scope: Scope | undefined, query: PageQuery): Page | { unknown: 'after' | 'before' } {
    return readPage(scope ? this.#store(scope) : this.#everyItem(), query);
  }

  /** How many items of a scope, or of every one, the filters let through. */
  count(scope: Scope | undefined, filters: readonly Filter[]): number {
    return countItems(scope ? this.#store(scope) : this.#everyItem(), filters);
  }

  /** The id of a generated item, for an item of another collection that belongs to it. */
  generatedID(index: number): string | number | undefined {
    const { length } = this.definition.scope;
    if (length > 0 || this.#generated === 0) return undefined;
    return this.#maker.idsIn([]).at(index % this.#generated);
  }

  /** The index of the item that has or had an id. */
  indexOf(scope: Scope, id: string): number | undefined {
    return this.#store(scope).indexOf(this.wholeID(scope, id));
  }

  sizeOf(scope: Scope): number {
    return this.#store(scope).size;
  }

  /** How many items there are in all scopes that exist. */
  get size(): number {
    let size = this.#untouchedSize();
    for (const { store } of this.#changed.values()) size += store.size - store.generated;
    return size;
  }

  /**
   * What a new item is, before it is added: what is given, and generated values for what the schema requires beyond.
   */
  create(scope: Scope, given: Record<string, unknown>): Record<string, unknown> {
    const { idProperty, scope: params } = this.definition;
    const paths = [idProperty, ...params.flatMap(({ property }) => property ?? [])];
    const { index, id } = this.#store(scope).next();
    const branch = branchOf(this.schema, given);
    const isOneOfMany = objectsOf(this.schema).length > 1;
    const only = isOneOfMany ? branch : undefined;
    const generated = this.#maker.make(scope, index, this.#idOf(given) ?? id, false, only);
    const required = new Set(branch?.required);
    const item: Record<string, unknown> = {};
    for (const name of Object.keys(branch?.properties ?? {})) {
      if (given[name] !== undefined) item[name] = given[name];
      else if (required.has(name) || name === idProperty) item[name] = generated[name];
    }
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    const created = { ...item, ...Object.fromEntries(set) };
    // What stands in an object of the item is missing where a request brings that object.
    return paths.reduce((made, path) => {
      if (valueIn(made, path) !== undefined) return made;
      const [top = path] = path.split('.');
      // Without its object, all of that is generated.
      const missing = isObject(made[top]) ? path : top;
      const value = valueIn(generated, missing);
      return value === undefined ? made : withValue(made, missing, value);
    }, created);
  }

  /** Adds an item that {@link create} made; its id must be free. */
  add(scope: Scope, item: Record<string, unknown>): Item {
    const added = freeze(item);
    const store = this.#touch(scope);
    const id = String(this.#idOf(added) ?? store.next().id);
    store.add(id, added);
    this.#onWrite?.({ scope, id, before: undefined, after: added });
    return added;
  }

  /** An item that is taken to have been there from the start; undefined for one that was removed. */
  assume(scope: Scope, id: string): Item | undefined {
    const store = this.#store(scope);
    if (store.indexOf(id) !== undefined) return store.get(id);
    const named = asProperty(this.schema, this.definition.idProperty, id) as string | number;
    const { index } = store.next();
    const item = freeze(this.#maker.make(scope, index, named, true));
    this.#touch(scope).assume(id, item);
    return item;
  }

  replace(scope: Scope, given: string, item: Record<string, unknown>): Item {
    const replaced = freeze(item);
    const id = this.wholeID(scope, given);
    const store = this.#touch(scope);
    const before = store.get(id);
    store.replace(id, replaced);
    this.#onWrite?.({ scope, id, before, after: replaced });
    return replaced;
  }

  /** Removes an item, and says whether there was one. Its children are not looked after here. */
  remove(scope: Scope, given: string): boolean {
    const id = this.wholeID(scope, given);
    const before = this.get(scope, id);
    if (before === undefined || !this.#touch(scope).remove(id)) return false;
    this.#onWrite?.({ scope, id, before, after: undefined });
    return true;
  }

  /** Forgets the items below an item that is removed. */
  removeBelow(scope: Scope): void {
    this.#writes += 1;
    this.#changed.delete(keyOf(scope));
    this.#idle.delete(keyOf(scope));
    if (scope.length === this.definition.scope.length) return;
    const isBelow = (other: Scope) => scope.every((value, i) => other[i] === value);
    for (const [key, entry] of this.#changed) if (isBelow(entry.scope)) this.#changed.delete(key);
    for (const key of this.#idle.keys()) if (isBelow(JSON.parse(key))) this.#idle.delete(key);
  }

  /** Takes the items that are there now for those that were there from the start. */
  settle(): void {
    for (const { store } of this.#changed.values()) store.settle();
  }

  /** Scopes in which something was changed, or was given from the start. */
  get touched(): Scope[] {
    return [...this.#changed.values()].map(({ scope }) => scope);
  }

  /** The ids of all items of a scope that may not be the same in another state of this collection. */
  differingIDs(other: ScopedCollection, scope: Scope): Set<string> {
    const [ours, theirs] = [this.#store(scope), other.#store(scope)];
    const ids = new Set([...theirs.touchedIDs(), ...ours.touchedIDs()]);
    const [least, most] = [ours.generated, theirs.generated].sort((a, b) => a - b) as [
      number,
      number,
    ];
    for (let index = least; index < most; index += 1) ids.add(ours.idAt(index));
    return ids;
  }

  save(): SavedCollection {
    const scopes = [...this.#changed.values()].map(({ scope, store }) => ({
      scope: [...scope],
      store: store.save(),
    }));
    return { generated: this.#generated, scopes };
  }

  load(saved: SavedCollection): void {
    this.#writes += 1;
    this.#generated = saved.generated;
    this.#idle.clear();
    this.#changed.clear();
    for (const { scope, store } of saved.scopes) {
      const loaded = this.#newStore(scope, store.generated);
      loaded.load(store);
      this.#changed.set(keyOf(scope), { scope, store: loaded });
    }
  }

  #idOf(item: Item): string | number | undefined {
    const id = valueIn(item, this.definition.idProperty);
    return typeof id === 'string' || typeof id === 'number' ? id : undefined;
  }

  /** How many items were there from the start and still are, in all scopes. */
  #initialSize(): number {
    let size = this.#untouchedSize();
    for (const { store } of this.#changed.values()) size += store.initialSize - store.generated;
    return size;
  }

  /** How many items would be generated in all scopes that exist. */
  #untouchedSize(): number {
    if (this.definition.scope.length === 0) return this.#generated;
    if (this.parent) return this.#generated * this.parent.#initialSize();
    let size = 0;
    for (const { store } of this.#changed.values()) size += store.generated;
    return size;
  }

  /** The items of every scope. They are joined anew after a write. */
  #everyItem(): JoinedStores {
    const version = this.#version;
    if (this.#every?.version !== version)
      this.#every = { version, stores: new JoinedStores(this.#everyPart()) };
    return this.#every.stores;
  }

  /** Changes with each write to this collection and to those above it. */
  get #version(): number {
    return this.#writes + (this.parent ? this.parent.#version : 0);
  }

  *#everyPart(): Iterable<Part> {
    for (const scope of this.#everyScope()) {
      const changed = this.#changed.get(keyOf(scope))?.store;
      const length = changed ? changed.last + 1 : this.#generatedIn(scope);
      yield { changed, length, open: () => this.#store(scope) };
    }
  }

  /** The scopes of all items above, and those in which something was changed. */
  *#everyScope(): Iterable<Scope> {
    const { scope: params, self = [] } = this.definition;
    const rest = new Map(this.#changed);
    for (const above of this.parent ? this.parent.#everyName() : [self]) {
      const scope = [...above, ...self.slice(above.length)];
      if (scope.length !== params.length) continue;
      rest.delete(keyOf(scope));
      yield scope;
    }
    for (const { scope } of rest.values()) yield scope;
  }

  /** The scope and the id of each item. */
  *#everyName(): Iterable<Scope> {
    for (const scope of this.#everyScope()) {
      const store = this.#store(scope);
      for (const index of store.indexes(0, Infinity, 1)) {
        // A generated item need not be made for its id.
        const id = store.isGenerated(index) ? store.idAt(index) : this.#idOf(store.at(index) ?? {});
        if (id !== undefined) yield [...scope, String(id)];
      }
    }
  }

  #store(scope: Scope): Store {
    const key = keyOf(scope);
    const known = this.#changed.get(key)?.store ?? this.#idle.get(key);
    if (known) return known;
    const store = this.#newStore(scope, this.#generatedIn(scope));
    if (this.#idle.size >= idleStores) this.#idle.clear();
    this.#idle.set(key, store);
    return store;
  }

  /** The store of a scope in which something is about to change. */
  #touch(scope: Scope): Store {
    this.#writes += 1;
    const key = keyOf(scope);
    const store = this.#store(scope);
    if (this.#idle.delete(key)) this.#changed.set(key, { scope: [...scope], store });
    return store;
  }

  /** What is added to the mock begins with nothing below it. */
  #generatedIn(scope: Scope): number {
    const { parent } = this;
    if (!parent) return this.#generated;
    const above = scope.slice(0, parent.definition.scope.length);
    const id = parent.wholeID(above, scope[above.length] ?? '');
    return parent.#store(above).isInitial(id) ? this.#generated : 0;
  }

  #newStore(scope: Scope, generated: number): Store {
    return new Store({
      generated,
      ids: this.#maker.idsIn(scope),
      make: (index, id) => this.#maker.make(scope, index, id, true),
      indexed: Object.values(this.definition.filter),
    });
  }
}
