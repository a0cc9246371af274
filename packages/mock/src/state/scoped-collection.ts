import type { Collection as Definition } from '@org/codegen/model';
import { objectOf, propertyOf, type Schema, shapeOf } from '../engine/schema.ts';
import { createIDs, type IDs } from './ids.ts';
import { type Page, type PageQuery, readPage } from './page.ts';
import type { Persona } from './persona.ts';
import { hash, mix } from './random.ts';
import { freeze, type Item, type SavedStore, Store } from './store.ts';
import { compileValue } from './values.ts';

/** The values of a scope's parameters, in the order in which the path has them. */
export type Scope = readonly string[];

/** A collection's state in a snapshot. */
export interface SavedCollection {
  /** How many items each scope begins with. */
  generated: number;
  /** Every scope in which something was changed. */
  scopes: { scope: string[]; store: SavedStore }[];
}

/** The first items of a collection of the root show what its type is about. */
const exemplaryItems = 3;
/** Scopes in which nothing was changed can be made again: only some of them are kept. */
const idleStores = 1000;

export interface ScopedCollectionOptions {
  definition: Definition;
  schema: Schema;
  /** What the schema's references are relative to. */
  root: object;
  seed: number;
  /** How many items each scope begins with. */
  generated: number;
  /** The collection whose items the last parameter of the scope names, if one is known. */
  parent: ScopedCollection | undefined;
}

/** The items of a collection, in all of its scopes. */
export class ScopedCollection {
  readonly definition: Definition;
  readonly schema: Schema;
  readonly root: object;
  readonly parent: ScopedCollection | undefined;
  #generated: number;
  readonly #seed: number;
  readonly #make;
  /** Of the scope in which ids begin with the seed's first. */
  readonly #ids: IDs;
  readonly #required: ReadonlySet<string>;
  readonly #properties: readonly string[];
  /** Scopes in which something was changed, or was given from the start. */
  #changed = new Map<string, { scope: Scope; store: Store }>();
  #idle = new Map<string, Store>();

  constructor(options: ScopedCollectionOptions) {
    this.definition = options.definition;
    this.schema = options.schema;
    this.root = options.root;
    this.parent = options.parent;
    this.#generated = options.generated;
    this.#seed = mix(options.seed, hash(options.definition.name));
    this.#make = compileValue(options.schema, '', options.root);
    this.#ids = this.#idsIn([]);
    const shape = objectOf(options.schema);
    this.#required = new Set(shape?.required);
    this.#properties = Object.keys(shape?.properties ?? {});
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
    return this.#store(scope).get(id);
  }

  page(scope: Scope, query: PageQuery): Page | { unknown: 'after' | 'before' } {
    return readPage(this.#store(scope), query);
  }

  sizeOf(scope: Scope): number {
    return this.#store(scope).size;
  }

  /** Whether an item is or was there. */
  knows(scope: Scope, id: string): boolean {
    return this.#store(scope).placeOf(id) !== undefined;
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
    const { idProperty } = this.definition;
    const { place, id } = this.#store(scope).next();
    const generated = this.#createItem(scope, place, this.#idOf(given) ?? id, false);
    const item: Record<string, unknown> = {};
    for (const name of this.#properties) {
      if (given[name] !== undefined) item[name] = given[name];
      else if (this.#required.has(name) || name === idProperty) item[name] = generated[name];
    }
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    return { ...item, ...Object.fromEntries(set) };
  }

  /** Adds an item that {@link create} made; its id must be free. */
  add(scope: Scope, item: Record<string, unknown>): Item {
    const added = freeze(item);
    const store = this.#touch(scope);
    store.add(String(this.#idOf(added) ?? store.next().id), added);
    return added;
  }

  replace(scope: Scope, id: string, item: Record<string, unknown>): Item {
    const replaced = freeze(item);
    this.#touch(scope).replace(id, replaced);
    return replaced;
  }

  /** Removes an item, and says whether there was one. Its children are not looked after here. */
  remove(scope: Scope, id: string): boolean {
    return this.get(scope, id) !== undefined && this.#touch(scope).remove(id);
  }

  /** Forgets the items below an item that is removed. */
  removeBelow(scope: Scope): void {
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

  save(): SavedCollection {
    const scopes = [...this.#changed.values()].map(({ scope, store }) => ({
      scope: [...scope],
      store: store.save(),
    }));
    return { generated: this.#generated, scopes };
  }

  load(saved: SavedCollection): void {
    this.#generated = saved.generated;
    this.#idle.clear();
    this.#changed.clear();
    for (const { scope, store } of saved.scopes) {
      const loaded = this.#createStore(scope, store.generated);
      loaded.load(store);
      this.#changed.set(keyOf(scope), { scope, store: loaded });
    }
  }

  #idOf(item: Item): string | number | undefined {
    const id = item[this.definition.idProperty];
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

  #store(scope: Scope): Store {
    const key = keyOf(scope);
    const known = this.#changed.get(key)?.store ?? this.#idle.get(key);
    if (known) return known;
    const store = this.#createStore(scope, this.#generatedIn(scope));
    if (this.#idle.size >= idleStores) this.#idle.clear();
    this.#idle.set(key, store);
    return store;
  }

  /** The store of a scope in which something is about to change. */
  #touch(scope: Scope): Store {
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
    return parent.#store(above).isInitial(scope[above.length] ?? '') ? this.#generated : 0;
  }

  #createStore(scope: Scope, generated: number): Store {
    return new Store({
      generated,
      ids: this.#idsIn(scope),
      make: (place, id) => this.#createItem(scope, place, id, true),
      indexed: Object.values(this.definition.filter),
    });
  }

  #idsIn(scope: Scope): IDs {
    const { idPrefix, idProperty } = this.definition;
    const offset = scope.length === 0 ? 0 : hash(keyOf(scope));
    return createIDs(idPrefix, this.#seed, propertyOf(this.schema, idProperty), offset);
  }

  /** Made from its id, so that an item of this id is the same in every scope. */
  #createItem(
    scope: Scope,
    place: number,
    id: string | number,
    isGenerated: boolean,
  ): Record<string, unknown> {
    const { idProperty, idPrefix } = this.definition;
    const seed = mix(this.#seed, hash(String(id)));
    const exemplary = isGenerated && scope.length === 0 && place < exemplaryItems;
    const persona: Persona = { seed, index: place, exemplary, ids: this.#idsAround(scope) };
    const ids = { ...persona.ids, [idPrefix]: id };
    const row = exemplary ? place : scope.length === 0 ? seed : this.#ids.rowOf(String(id));
    // The schema is that of an object: the generator of the spec's model takes no others for items.
    const item = this.#make({ persona: { ...persona, ids }, row, depth: 0 }, seed) as Record<
      string,
      unknown
    >;
    if (Object.hasOwn(item, idProperty) || this.#properties.includes(idProperty))
      item[idProperty] = id;
    this.definition.scope.forEach(({ param }, i) => {
      if (this.#properties.includes(param)) item[param] = asProperty(this.schema, param, scope[i]);
    });
    return item;
  }

  /** The ids of the items that a scope names, by how they begin. */
  #idsAround(scope: Scope): Record<string, string> {
    const ids: Record<string, string> = {};
    let above = this.parent;
    while (above) {
      ids[above.definition.idPrefix] = scope[above.definition.scope.length] ?? '';
      above = above.parent;
    }
    return ids;
  }
}

/** A path parameter's text as the property of the same name holds it. */
function asProperty(schema: Schema, name: string, value: string | undefined): unknown {
  const [shape] = shapeOf(propertyOf(schema, name)).alternatives;
  const isNumber = [shape?.type].flat().some((type) => type === 'integer' || type === 'number');
  return isNumber ? Number(value) : value;
}

function keyOf(scope: Scope): string {
  return scope.length === 0 ? '' : JSON.stringify(scope);
}
