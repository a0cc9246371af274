import type { Schema } from '../api/schema.ts';
import { hash, mix } from './generate/random.ts';
import { compileValue } from './generate/values.ts';
import type { Scope } from './scope.ts';
import type { ScopedCollection } from './scoped-collection.ts';
import { freeze, type Item } from './store.ts';

/** A singleton's state in a snapshot: every scope in which it was changed. */
export type SavedSingleton = { scope: string[]; item: Item }[];

/** What was done to the object of a scope. */
export interface SingletonWrite {
  scope: Scope;
  before: Item;
  after: Item;
}

/** Something of which there is one in each scope, such as the settings of a project. */
export class Singleton {
  readonly schema: Schema;
  readonly parent: ScopedCollection | undefined;
  readonly #seed: number;
  readonly #make;
  readonly #onWrite: ((write: SingletonWrite) => void) | undefined;
  #changed = new Map<string, { scope: Scope; item: Item }>();

  /** @param onWrite is called after each write */
  constructor(
    name: string,
    schema: Schema,
    seed: number,
    parent: ScopedCollection | undefined,
    onWrite?: (write: SingletonWrite) => void,
  ) {
    this.#onWrite = onWrite;
    this.schema = schema;
    this.parent = parent;
    this.#seed = mix(seed, hash(name));
    this.#make = compileValue(schema, '', schema);
  }

  /** As it is now; as generated until it is changed. */
  get(scope: Scope): Item {
    const changed = this.#changed.get(JSON.stringify(scope));
    if (changed) return changed.item;
    const seed = mix(this.#seed, hash(scope.join('/')));
    const persona = { seed, index: 0, exemplary: true, ids: {} };
    return freeze(this.#make({ persona, row: seed, depth: 0 }, seed) as Record<string, unknown>);
  }

  set(scope: Scope, item: Record<string, unknown>): Item {
    const before = this.get(scope);
    const after = this.#put(scope, item);
    this.#onWrite?.({ scope, before, after });
    return after;
  }

  /** Back to its first state. */
  reset(scope: Scope): void {
    const before = this.get(scope);
    this.#changed.delete(JSON.stringify(scope));
    this.#onWrite?.({ scope, before, after: this.get(scope) });
  }

  /** Scopes in which it was changed. */
  get touched(): Scope[] {
    return [...this.#changed.values()].map(({ scope }) => scope);
  }

  /** Forgets what is below an item that is removed. */
  removeBelow(above: Scope): void {
    for (const [key, { scope }] of this.#changed) {
      if (above.every((value, i) => scope[i] === value)) this.#changed.delete(key);
    }
  }

  save(): SavedSingleton {
    return [...this.#changed.values()].map(({ scope, item }) => ({ scope: [...scope], item }));
  }

  load(saved: SavedSingleton): void {
    this.#changed.clear();
    for (const { scope, item } of saved) this.#put(scope, item);
  }

  #put(scope: Scope, item: Record<string, unknown>): Item {
    const frozen = freeze(item);
    this.#changed.set(JSON.stringify(scope), { scope: [...scope], item: frozen });
    return frozen;
  }
}
