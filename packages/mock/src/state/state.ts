import { valueIn } from '@org/codegen/item-id';
import type { Collection as Definition } from '@org/codegen/model';
import { closest } from '@org/openapi';
import type { API } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import { checkContract } from './contract.ts';
import { hash, type Seed } from './generate/random.ts';
import { History, type SavedHistory, type Write } from './history.ts';
import { itemSchemaOf } from './item-schema.ts';
import type { Scope } from './scope.ts';
import { ScopedCollection } from './scoped-collection.ts';
import { Singleton, type SingletonWrite } from './singleton.ts';
import { checkedSnapshots, checkShape, isCount, isSnapshot, type Snapshot } from './snapshot.ts';

/** How many items a collection begins with, or the items themselves. */
export type InitialData = Readonly<Record<string, number | readonly object[] | undefined>>;

/** Everything that the mock remembers of what clients did. */
export class State {
  readonly collections: ReadonlyMap<string, ScopedCollection>;
  readonly singletons: ReadonlyMap<string, Singleton>;
  readonly api: API;
  /** What led to the data as it is now. */
  readonly history: History = new History();
  /** How it began. */
  readonly initial: Snapshot;
  readonly #seed: string;
  /** What it begins with is no change. */
  #isReady = false;
  /** Snapshots of this process, whose items were checked when they came in, with the history of their data. */
  readonly #trusted = new WeakMap<object, SavedHistory>();

  /** @throws {TypeError} if data is given for no collection, or breaks the contract */
  constructor(api: API, seed: Seed, given: InitialData | Snapshot = {}) {
    const data = isSnapshot(given) ? {} : given;
    this.api = api;
    this.#seed = String(seed);
    const number = hash(this.#seed);
    checkNames(api, data);
    const collections = new Map<string, ScopedCollection>();
    // Parents first: those with the shortest scope.
    const definitions = [...api.collections].sort((a, b) => a.scope.length - b.scope.length);
    for (const definition of definitions) {
      const { name, scope } = definition;
      const given = data[name];
      const collection = new ScopedCollection({
        definition,
        schema: itemSchemaOf(api, name, definition.idProperty),
        seed: number,
        generated: typeof given === 'number' ? given : given ? 0 : definition.seed,
        parent: parentOf(scope, collections),
        idSchema: idSchemaOf(api, name),
        referenceAt: (of, index) => collections.get(of)?.generatedID(index),
        onWrite: (write) => this.#record(name, write),
      });
      collections.set(name, collection);
    }
    this.collections = collections;
    this.singletons = createSingletons(api, number, collections, (name, write) =>
      this.#record(name, { ...write, id: undefined }),
    );
    for (const { name } of definitions) {
      const given = data[name];
      if (typeof given === 'object') this.#addAll(name, given);
    }
    for (const collection of collections.values()) collection.settle();
    if (isSnapshot(given)) this.restore(given);
    this.#isReady = true;
    this.initial = this.snapshot();
  }

  collection(name: string): ScopedCollection {
    const collection = this.collections.get(name);
    if (!collection) throw new TypeError(`No collection is named ${JSON.stringify(name)}.`);
    return collection;
  }

  singleton(name: string): Singleton {
    const singleton = this.singletons.get(name);
    if (!singleton) throw new TypeError(`No singleton is named ${JSON.stringify(name)}.`);
    return singleton;
  }

  /** The names of the collections whose items go with those of another. */
  below(name: string): string[] {
    const parent = this.collection(name);
    return [...this.collections].filter(([, one]) => isBelow(one, parent)).map(([below]) => below);
  }

  /** Removes an item and everything below it, and says whether there was one. */
  remove(collection: ScopedCollection, scope: Scope, id: string): boolean {
    if (!collection.remove(scope, id)) return false;
    this.#removeBelow(collection, [...scope, id]);
    return true;
  }

  /** What was done so far, as it is now. */
  snapshot(): Snapshot {
    const snapshot: Snapshot = {
      snapshot: 1,
      seed: this.#seed,
      collections: Object.fromEntries(entries(this.collections, (one) => one.save())),
      singletons: Object.fromEntries(entries(this.singletons, (one) => one.save())),
    };
    this.#trusted.set(snapshot, this.history.save());
    return snapshot;
  }

  /**
   * Brings a snapshot back, of this mock or of another one of the same spec and seed.
   *
   * @throws {TypeError} if it is not a snapshot, or an item breaks the contract; nothing changes then
   */
  restore(given: Snapshot): void {
    const history = this.#trusted.get(given);
    this.#load(history || checkedSnapshots.has(given) ? given : this.check(given));
    // How a snapshot of another process came about is unknown.
    this.history.load(history ?? { writes: [], dropped: 0 });
  }

  /** Another state of the same API that has the data of a checked snapshot. */
  at(snapshot: Snapshot): State {
    const other = new State(this.api, this.#seed);
    other.#load(snapshot);
    return other;
  }

  #load(snapshot: Snapshot): void {
    for (const [name, collection] of this.collections) {
      const saved = snapshot.collections[name];
      if (saved) collection.load(saved);
    }
    for (const [name, singleton] of this.singletons)
      singleton.load(snapshot.singletons[name] ?? []);
  }

  /** Back to how it began. */
  reset(): void {
    this.restore(this.initial);
  }

  #record(name: string, write: Omit<Write, 'name' | 'sequence' | 'cause'>): void {
    if (this.#isReady) this.history.record({ name, ...write });
  }

  #removeBelow(parent: ScopedCollection, above: Scope): void {
    for (const collection of this.collections.values()) {
      if (!isBelow(collection, parent)) continue;
      collection.removeBelow(above);
    }
    for (const singleton of this.singletons.values()) {
      if (singleton.parent === parent || (singleton.parent && isBelow(singleton.parent, parent)))
        singleton.removeBelow(above);
    }
  }

  #addAll(name: string, items: readonly object[]): void {
    const collection = this.collection(name);
    const { scope: params, idProperty } = collection.definition;
    items.forEach((given, at) => {
      const subject = `data${/^\w+$/.test(name) ? `.${name}` : `['${name}']`}[${at}]`;
      if (typeof given !== 'object' || given === null || Array.isArray(given))
        throw new TypeError(`${subject} must be an object, not ${JSON.stringify(given)}.`);
      const item: Record<string, unknown> = structuredClone({ ...given });
      const scope = params.map(({ param }) => {
        const value = item[param];
        if (typeof value !== 'string' && typeof value !== 'number')
          throw new TypeError(`${subject} must have ${param}: the id of what it belongs to.`);
        if (!collection.hasProperty(param)) delete item[param];
        return String(value);
      });
      checkProperties(subject, item, collection);
      if (!collection.hasScope(scope))
        throw new TypeError(`${subject} belongs to nothing: ${params.at(-1)?.param} is unknown.`);
      const whole = collection.create(scope, item);
      checkContract(this.api, subject, whole, collection.schema);
      const id = valueIn(whole, idProperty);
      if (id !== undefined && collection.get(scope, String(id)))
        throw new TypeError(`${subject}: the id ${JSON.stringify(id)} is taken.`);
      collection.add(scope, whole);
    });
  }

  /**
   * A checked copy of a snapshot.
   *
   * @throws {TypeError} if it is not one of this API and seed, or an item breaks the contract
   */
  check(given: Snapshot): Snapshot {
    const snapshot = structuredClone(given);
    checkShape(snapshot, this.#seed);
    for (const kind of ['collections', 'singletons'] as const) {
      for (const name of Object.keys(snapshot[kind])) {
        if (!this[kind].has(name))
          throw new TypeError(`Invalid snapshot: ${kind} has no ${JSON.stringify(name)}.`);
      }
    }
    for (const [name, { scopes }] of Object.entries(snapshot.collections)) {
      const { schema, definition } = this.collection(name);
      for (const [i, { scope, store }] of scopes.entries()) {
        const subject = `collections.${name}.scopes[${i}]`;
        if (scope.length !== definition.scope.length)
          throw new TypeError(`Invalid snapshot: ${subject} has a scope of another length.`);
        for (const [, item] of store.changed)
          if (item !== null) checkContract(this.api, subject, item, schema);
      }
    }
    for (const [name, saved] of Object.entries(snapshot.singletons)) {
      const { schema } = this.singleton(name);
      for (const { item } of saved) checkContract(this.api, `singletons.${name}`, item, schema);
    }
    return snapshot;
  }
}

function isBelow(collection: ScopedCollection, parent: ScopedCollection): boolean {
  for (let above = collection.parent; above; above = above.parent)
    if (above === parent) return true;
  return false;
}

/** The collection of the last parameter of which one is known. */
function parentOf(
  scope: Definition['scope'],
  collections: ReadonlyMap<string, ScopedCollection>,
): ScopedCollection | undefined {
  return scope
    .map(({ collection }) => collections.get(collection ?? ''))
    .findLast((collection) => collection !== undefined);
}

/** What the last parameter of the path of an item says of its id. */
function idSchemaOf(api: API, name: string): Schema | undefined {
  const operation = api.operations.find(({ iid }) => {
    const behavior = api.behavior(iid);
    return (
      'collection' in behavior &&
      behavior.collection === name &&
      !('id' in behavior) &&
      ['retrieve', 'update', 'replace', 'delete'].includes(behavior.kind)
    );
  });
  const [, last] = /\{([^}]+)\}[^{}]*$/.exec(operation?.path ?? '') ?? [];
  return operation?.request?.path?.find((one) => one.name === last)?.schema as Schema | undefined;
}

function entries<T, R>(map: ReadonlyMap<string, T>, of: (value: T) => R): [string, R][] {
  return [...map].map(([name, value]) => [name, of(value)]);
}

function createSingletons(
  api: API,
  seed: number,
  collections: ReadonlyMap<string, ScopedCollection>,
  onWrite: (name: string, write: SingletonWrite) => void,
): Map<string, Singleton> {
  const singletons = new Map<string, Singleton>();
  for (const { iid } of api.operations) {
    const behavior = api.behavior(iid);
    if (!('singleton' in behavior) || singletons.has(behavior.singleton)) continue;
    const { singleton: name, scope } = behavior;
    const parent = parentOf(scope, collections);
    const tell = (write: SingletonWrite) => onWrite(name, write);
    singletons.set(name, new Singleton(name, api.schema(name), seed, parent, tell));
  }
  return singletons;
}

/** Refuses properties that items do not have: a misspelled one would be generated besides. */
function checkProperties(subject: string, item: object, { schema }: ScopedCollection): void {
  const shapes = shapeOf(schema).alternatives;
  const isOpen = shapes.some((shape) => {
    const { additionalProperties, properties } = shape;
    return properties === undefined || additionalProperties || 'patternProperties' in shape;
  });
  if (isOpen) return;
  const known = shapes.flatMap(({ properties }) => Object.keys(properties ?? {}));
  const unknown = Object.keys(item).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const similar = closest(unknown, new Set(known));
  const hint =
    similar.length > 0 ? `Did you mean ${similar.join(', ')}?` : `It has ${known.join(', ')}.`;
  throw new TypeError(`${subject} has the unknown property ${JSON.stringify(unknown)}. ${hint}`);
}

/** Refuses data that would be passed over in silence. */
function checkNames(api: API, data: InitialData): void {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new TypeError(`data must be an object, not ${JSON.stringify(data)}.`);
  const known = api.collections.map(({ name }) => name);
  for (const [name, given] of Object.entries(data)) {
    if (!known.includes(name)) {
      const list = known.join(', ') || 'none';
      throw new TypeError(`data has no ${JSON.stringify(name)}. Collections: ${list}.`);
    }
    if (given !== undefined && !isCount(given) && !Array.isArray(given)) {
      throw new TypeError(
        `data.${name} must be a number of items or an array of them, not ${JSON.stringify(given)}.`,
      );
    }
  }
}
