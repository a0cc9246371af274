import { Gaps } from './gaps.ts';
import type { IDs } from './generate/generated-ids.ts';

/** A frozen object: an item of a collection. */
export type Item = Readonly<Record<string, unknown>>;

/** What a store needs to know of its items. */
export interface StoreOptions {
  ids: IDs;
  /** How many items are generated. */
  generated: number;
  /** Makes the generated item at an index. The store freezes it. */
  make(index: number, id: string | number): Record<string, unknown>;
  /** Properties by whose values items are looked up. */
  indexed: readonly string[];
}

/** Generated items are kept, as long as there are not too many of them. */
const keptItems = 20_000;

/**
 * The items of one scope: generated ones, and what was done to them. A generated item is made when it is asked for, so
 * that a million of them cost nothing until then; only changes are stored.
 *
 * An index is never used twice: what is removed leaves a gap, which keeps every cursor valid.
 */
export class Store {
  readonly generated: number;
  readonly #options: StoreOptions;
  /** Items that are not as generated, by their index; null where one was removed. */
  readonly #changed = new Map<number, Item | null>();
  /** Indexes of ids that cannot be computed. */
  readonly #indexes = new Map<string, number>();
  /** By property and by its value in lower case: indexes of items that are not as generated. */
  readonly #lookups: ReadonlyMap<string, Map<string, Set<number>>>;
  readonly #kept = new Map<number, Item>();
  readonly #gaps = new Gaps();
  readonly #assumed = new Map<string, Item>();
  #end: number;
  #size: number;
  #initialEnd: number;
  #initialSize: number;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.generated = options.generated;
    this.#end = this.#size = this.#initialEnd = this.#initialSize = options.generated;
    this.#lookups = new Map(options.indexed.map((name) => [name, new Map()]));
  }

  get size(): number {
    return this.#size;
  }

  /** How many of the items were there from the start. */
  get initialSize(): number {
    return this.#initialSize;
  }

  /** Takes the items that are there now for those that were there from the start. */
  settle(): void {
    this.#initialEnd = this.#end;
    this.#initialSize = this.#size;
  }

  /** Whether an item was there from the start. */
  isInitial(id: string): boolean {
    const index = this.indexOf(id);
    return index !== undefined && (index < this.#initialEnd || this.#assumed.has(id));
  }

  get(id: string): Item | undefined {
    const index = this.indexOf(id);
    return index === undefined ? undefined : this.at(index);
  }

  at(index: number): Item | undefined {
    const changed = this.#changed.get(index);
    if (changed !== undefined) return changed ?? undefined;
    if (index >= this.generated) return undefined;
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const item = freeze(this.#options.make(index, this.#options.ids.at(index)));
    if (this.#kept.size >= keptItems) this.#kept.clear();
    this.#kept.set(index, item);
    return item;
  }

  /** The index of the item that has or had an id; undefined where no item has ever had it. */
  indexOf(id: string): number | undefined {
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    const index = this.#options.ids.indexOf(id);
    return index !== undefined && index < this.generated ? index : undefined;
  }

  /** The index and the id of the item that is added next, unless it brings an id of its own. */
  next(): { index: number; id: string | number } {
    let index = this.#end;
    // An id that was given by hand may be the one that this index would have.
    while (this.get(String(this.#options.ids.at(index)))) index += 1;
    return { index: this.#end, id: this.#options.ids.at(index) };
  }

  /** Adds an item after all others. The id must be free. */
  add(id: string, item: Item): void {
    const index = this.#end;
    this.#end += 1;
    this.#size += 1;
    this.#indexes.set(id, index);
    this.#change(index, item);
  }

  /** Adds an item that is taken to have been there from the start. The id must be free. */
  assume(id: string, item: Item): void {
    this.#assumed.set(id, item);
    this.add(id, item);
  }

  /** Replaces the item with this id, which must exist. */
  replace(id: string, item: Item): void {
    const index = this.indexOf(id);
    if (index !== undefined) this.#change(index, item);
  }

  /** Removes an item, and says whether there was one. */
  remove(id: string): boolean {
    const index = this.indexOf(id);
    if (index === undefined || !this.at(index)) return false;
    this.#change(index, null);
    this.#size -= 1;
    if (index < this.#initialEnd) this.#initialSize -= 1;
    return true;
  }

  /** The indexes of items from one to another, both included, in either direction; at most up to the last one. */
  *indexes(first: number, last: number, step: 1 | -1): Iterable<number> {
    for (
      let index = this.#gaps.skip(first, step);
      (last - index) * step >= 0 && index < this.#end;
      index = this.#gaps.skip(index + step, step)
    )
      yield index;
  }

  /** The last index that is or was used; -1 if there is none. */
  get last(): number {
    return this.#end - 1;
  }

  /** Indexes of items that are not as generated and have this value, by its text in lower case. */
  indexed(name: string, value: string): Iterable<number> {
    return this.#lookups.get(name)?.get(value) ?? [];
  }

  /** The ids of items that are not as generated, those of removed items included. */
  *touchedIDs(): Iterable<string> {
    for (const index of this.#changed.keys()) if (index < this.generated) yield this.idAt(index);
    // Assumed items count as touched only after a request changed them.
    for (const id of this.#indexes.keys()) {
      const assumed = this.#assumed.get(id);
      if (!assumed || this.get(id) !== assumed) yield id;
    }
  }

  /** The id of the item that is generated at an index. */
  idAt(index: number): string {
    return String(this.#options.ids.at(index));
  }

  isGenerated(index: number): boolean {
    return index < this.generated && !this.#changed.has(index);
  }

  /** What was done to the items, as plain data. */
  save(): SavedStore {
    const { generated } = this;
    const ids: Record<string, number> = {};
    // An object of its own, whatever the ids are called.
    for (const [id, index] of this.#indexes) Object.defineProperty(ids, id, own(index));
    return {
      generated,
      end: this.#end,
      initialEnd: this.#initialEnd,
      changed: [...this.#changed],
      ids,
    };
  }

  /** Does what was saved to a store that is as generated. */
  load(saved: SavedStore): void {
    this.#end = saved.end;
    this.#initialEnd = saved.initialEnd;
    for (const [id, index] of Object.entries(saved.ids)) this.#indexes.set(id, index);
    // Whoever wrote it by hand may have named an index twice.
    const changed = [...new Map(saved.changed)];
    for (const [index, item] of changed) this.#change(index, item && freeze(item));
    const isAdded = ([index]: [number, unknown]) => index >= this.generated;
    const taken = changed.filter((entry) => isAdded(entry) && entry[1]).length;
    const removed = changed.filter((entry) => !isAdded(entry) && !entry[1]).length;
    this.#size = this.generated - removed + taken;
    const late = changed.filter(([index, item]) => index >= saved.initialEnd && item).length;
    this.#initialSize = this.#size - late;
  }

  #change(index: number, item: Item | null): void {
    for (const [name, lookup] of this.#lookups) {
      const before = lookupKey(this.#changed.get(index)?.[name]);
      const after = lookupKey(item?.[name]);
      if (before !== undefined) {
        const indexes = lookup.get(before);
        indexes?.delete(index);
        if (indexes?.size === 0) lookup.delete(before);
      }
      if (after !== undefined) lookup.set(after, (lookup.get(after) ?? new Set()).add(index));
    }
    this.#kept.delete(index);
    this.#changed.set(index, item);
    if (item === null) this.#gaps.add(index);
  }
}

/** What was done to a store, as plain data: it survives JSON. */
export interface SavedStore {
  generated: number;
  end: number;
  initialEnd: number;
  changed: [index: number, item: Item | null][];
  ids: Record<string, number>;
}

/** A value as it is compared with a filter's; undefined where no filter can ask for it. */
export function lookupKey(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).toLowerCase()
    : undefined;
}

/** Items are frozen through and through: whoever has seen one may rely on it, and keep what was made of it. */
export function freeze<T extends object>(value: T): T {
  if (Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) freeze(part);
  }
  return Object.freeze(value);
}

function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, writable: true, configurable: true };
}
