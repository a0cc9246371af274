import type { Items } from './page.ts';
import type { Item, Store } from './store.ts';

/** The items of one of several scopes. */
export interface Part {
  /** The store of a scope in which something was changed; in others, nothing was removed. */
  changed: Store | undefined;
  /** How many items are or were there. */
  length: number;
  /** The store, which is made if need be. */
  open(): Store;
}

interface Placed extends Part {
  /** The index of its first item. */
  start: number;
}

/** The items of several scopes, those of one scope after the other. Read as far as they are asked for. */
export class JoinedStores implements Items {
  readonly #parts: Placed[] = [];
  readonly #rest: Iterator<Part>;

  constructor(parts: Iterable<Part>) {
    this.#rest = parts[Symbol.iterator]();
  }

  get last(): number {
    while (this.#more());
    return this.#end;
  }

  get size(): number {
    while (this.#more());
    return this.#parts.reduce((sum, { changed, length }) => sum + (changed?.size ?? length), 0);
  }

  at(index: number): Item | undefined {
    const part = this.#parts[this.#positionOf(index) ?? -1];
    return part?.open().at(index - part.start);
  }

  indexOf(id: string): number | undefined {
    for (let i = 0; i < this.#parts.length || this.#more(); i += 1) {
      const part = this.#parts[i] as Placed;
      const index = part.length === 0 ? undefined : part.open().indexOf(id);
      if (index !== undefined) return part.start + index;
    }
    return undefined;
  }

  *indexes(first: number, last: number, step: 1 | -1): Iterable<number> {
    for (let index = first; (last - index) * step >= 0; index += step) {
      const part = this.#parts[this.#positionOf(index) ?? -1];
      if (!part) return;
      const end = step > 0 ? part.start + part.length - 1 : part.start;
      if (part.changed) {
        const own = part.changed.indexes(index - part.start, end - part.start, step);
        for (const one of own) yield part.start + one;
      } else for (let one = index; (end - one) * step >= 0; one += step) yield one;
      index = end;
    }
  }

  /** The index of the last item that was read. */
  get #end(): number {
    const part = this.#parts.at(-1);
    return part ? part.start + part.length - 1 : -1;
  }

  /** Reads another part, and says whether there is one. */
  #more(): boolean {
    const { value, done } = this.#rest.next();
    if (!done) this.#parts.push({ ...value, start: this.#end + 1 });
    return !done;
  }

  /** The place of the part that has an index. */
  #positionOf(index: number): number | undefined {
    while (this.#end < index && this.#more());
    if (index < 0 || this.#end < index) return undefined;
    let [low, high] = [0, this.#parts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#parts[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
