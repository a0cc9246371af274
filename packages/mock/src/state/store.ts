import type { IDs } from './ids.ts';

/** A frozen object: an item of a collection. */
export type Item = Readonly<Record<string, unknown>>;

/** What a store needs to know of its items. */
export interface StoreOptions {
  ids: IDs;
  /** How many items are generated. */
  generated: number;
  /** Makes the generated item at a place. The store freezes it. */
  make(place: number, id: string | number): Record<string, unknown>;
  /** Properties by whose values items are looked up. */
  indexed: readonly string[];
}

/** Generated items are kept, as long as there are not too many of them. */
const keptItems = 20_000;

/**
 * The items of one scope: generated ones, and what was done to them. A generated item is made when it is asked for, so
 * that a million of them cost nothing until then; only changes are stored.
 *
 * A place is never given twice: what is removed leaves a gap, which keeps every cursor's meaning.
 */
export class Store {
  readonly generated: number;
  readonly #options: StoreOptions;
  /** Items that are not as generated, by their place; null where one was removed. */
  readonly #changed = new Map<number, Item | null>();
  /** Places of ids that cannot be computed. */
  readonly #places = new Map<string, number>();
  /** By property and by its value in lower case: places of items that are not as generated. */
  readonly #indexes: ReadonlyMap<string, Map<string, Set<number>>>;
  readonly #kept = new Map<number, Item>();
  #end: number;
  #size: number;
  #initialEnd: number;
  #initialSize: number;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.generated = options.generated;
    this.#end = this.#size = this.#initialEnd = this.#initialSize = options.generated;
    this.#indexes = new Map(options.indexed.map((name) => [name, new Map()]));
  }

  get size(): number {
    return this.#size;
  }

  /** How many of the items were there from the start. */
  get initialSize(): number {
    return this.#initialSize;
  }

  /** Whether anything was done to the items: a store of which it was not can be made again at any time. */
  get isChanged(): boolean {
    return this.#changed.size > 0;
  }

  /** Takes the items that are there now for those that were there from the start. */
  settle(): void {
    this.#initialEnd = this.#end;
    this.#initialSize = this.#size;
  }

  /** Whether an item was there from the start. */
  isInitial(id: string): boolean {
    const place = this.placeOf(id);
    return place !== undefined && place < this.#initialEnd;
  }

  get(id: string): Item | undefined {
    const place = this.placeOf(id);
    return place === undefined ? undefined : this.at(place);
  }

  at(place: number): Item | undefined {
    const changed = this.#changed.get(place);
    if (changed !== undefined) return changed ?? undefined;
    if (place >= this.generated) return undefined;
    const kept = this.#kept.get(place);
    if (kept) return kept;
    const item = freeze(this.#options.make(place, this.#options.ids.at(place)));
    if (this.#kept.size >= keptItems) this.#kept.clear();
    this.#kept.set(place, item);
    return item;
  }

  /** The place that an id has or had; undefined where no item has ever had it. */
  placeOf(id: string): number | undefined {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#options.ids.placeOf(id);
    return place !== undefined && place < this.generated ? place : undefined;
  }

  /** The place and the id of the item that is added next, unless it brings an id of its own. */
  next(): { place: number; id: string | number } {
    let place = this.#end;
    // An id that was given by hand may be the one that this place would have.
    while (this.get(String(this.#options.ids.at(place)))) place += 1;
    return { place: this.#end, id: this.#options.ids.at(place) };
  }

  /** Adds an item after all others. The id must be free. */
  add(id: string, item: Item): void {
    const place = this.#end;
    this.#end += 1;
    this.#size += 1;
    this.#places.set(id, place);
    this.#change(place, item);
  }

  /** Puts an item in the place of the one with this id, which must exist. */
  replace(id: string, item: Item): void {
    const place = this.placeOf(id);
    if (place !== undefined) this.#change(place, item);
  }

  /** Removes an item, and says whether there was one. */
  remove(id: string): boolean {
    const place = this.placeOf(id);
    if (place === undefined || !this.at(place)) return false;
    this.#change(place, null);
    this.#size -= 1;
    if (place < this.#initialEnd) this.#initialSize -= 1;
    return true;
  }

  /** The places from one to another, both included, in either direction; some are gaps. */
  *places(first: number, last: number, step: 1 | -1): Iterable<number> {
    for (let place = first; (last - place) * step >= 0; place += step) yield place;
  }

  /** The last place that is or was taken; -1 if there is none. */
  get last(): number {
    return this.#end - 1;
  }

  /** Places of items that are not as generated and have this value, by its text in lower case. */
  indexed(name: string, value: string): Iterable<number> {
    return this.#indexes.get(name)?.get(value) ?? [];
  }

  isGenerated(place: number): boolean {
    return place < this.generated && !this.#changed.has(place);
  }

  /** What was done to the items, as plain data. */
  save(): SavedStore {
    const { generated } = this;
    const ids: Record<string, number> = {};
    // An object of its own, whatever the ids are called.
    for (const [id, place] of this.#places) Object.defineProperty(ids, id, own(place));
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
    for (const [id, place] of Object.entries(saved.ids)) this.#places.set(id, place);
    for (const [place, item] of saved.changed) this.#change(place, item && freeze(item));
    const isAdded = ([place]: [number, unknown]) => place >= this.generated;
    const taken = saved.changed.filter((entry) => isAdded(entry) && entry[1]).length;
    const removed = saved.changed.filter((entry) => !isAdded(entry) && !entry[1]).length;
    this.#size = this.generated - removed + taken;
    const late = saved.changed.filter(([place, item]) => place >= saved.initialEnd && item).length;
    this.#initialSize = this.#size - late;
  }

  #change(place: number, item: Item | null): void {
    for (const [name, index] of this.#indexes) {
      const before = indexKey(this.#changed.get(place)?.[name]);
      const after = indexKey(item?.[name]);
      if (before !== undefined) {
        const places = index.get(before);
        places?.delete(place);
        if (places?.size === 0) index.delete(before);
      }
      if (after !== undefined) index.set(after, (index.get(after) ?? new Set()).add(place));
    }
    this.#kept.delete(place);
    this.#changed.set(place, item);
  }
}

/** What was done to a store, as plain data: it survives JSON. */
export interface SavedStore {
  generated: number;
  end: number;
  initialEnd: number;
  changed: [place: number, item: Item | null][];
  ids: Record<string, number>;
}

/** A value as it is compared with a filter's; undefined where no filter can ask for it. */
export function indexKey(value: unknown): string | undefined {
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
