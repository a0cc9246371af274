import type { Query } from '../http/request.ts';
import { isSameJSON } from '../lib/same-json.ts';
import { sizeOfValue } from '../lib/size-of.ts';
import { keyOf, type Scope } from './scope.ts';
import type { Item } from './store.ts';

/** The most writes that are kept, and the most bytes that they may take as far as that can be estimated. */
const [capacity, byteCapacity] = [20_000, 32 * 1024 * 1024];

/** A request for an operation that changed data. */
export interface Cause {
  /** The id of its journal entry. */
  request: string;
  operation: string;
  /** The path, without the base path. */
  path: string;
  query: Query;
  body: unknown;
  /** The id of the item that it added. */
  added?: string;
  /** Where the response has that id; undefined where it does not. */
  idPath?: string[] | undefined;
}

/** An item of a collection, or a singleton. */
export interface Subject {
  /** The collection or the singleton. */
  name: string;
  scope: Scope;
  /** Undefined for a singleton. */
  id: string | undefined;
}

/** What was done to an item. A write that leaves it as it was is not one. */
export interface Write extends Subject {
  /** Counts up as long as the mock runs. */
  sequence: number;
  before: Item | undefined;
  after: Item | undefined;
  /** Undefined for what a program did through `mock.data` or a control endpoint. */
  cause: Cause | undefined;
}

/** A history at some time. */
export interface SavedHistory {
  writes: readonly Write[];
  /** The number of the last write that was dropped. */
  dropped: number;
}

/** The writes that led to the data as it is now, oldest first. Bounded; then the older half is dropped. */
export class History {
  #writes: Write[] = [];
  #bytes = 0;
  #sequence = 0;
  #dropped = 0;
  #cause: Cause | undefined;

  /** The number of the last write. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Whether all writes after this one are kept. */
  isComplete(since: number): boolean {
    return this.#dropped <= since;
  }

  /** Names a request as the cause of what the action writes. The action must be synchronous. */
  during<T>(cause: Cause | undefined, action: () => T): T {
    const outer = this.#cause;
    this.#cause = cause ?? outer;
    try {
      return action();
    } finally {
      this.#cause = outer;
    }
  }

  record(write: Pick<Write, 'name' | 'scope' | 'id' | 'before' | 'after'>): void {
    const { before, after, scope, id } = write;
    if (before === after || isSameJSON(before, after)) return;
    const cause = this.#cause;
    if (cause && !before && id !== undefined) cause.added ??= id;
    this.#sequence += 1;
    this.#add({ ...write, scope: [...scope], sequence: this.#sequence, cause });
  }

  /** The writes after one. */
  since(sequence: number): Write[] {
    return this.#writes.filter((write) => write.sequence > sequence);
  }

  /** The last write to an item; undefined if there was none, or if it was dropped. */
  lastOf({ name, scope, id }: Subject): Write | undefined {
    const key = keyOf(scope);
    return this.#writes.findLast(
      (write) => write.name === name && write.id === id && keyOf(write.scope) === key,
    );
  }

  /** What a property of an item was before its last write that changed it from a value that fits. */
  lastValue(
    { name, scope, id }: Subject,
    property: string,
    fits: (value: unknown) => boolean,
  ): unknown {
    const key = keyOf(scope);
    const write = this.#writes.findLast(
      (one) =>
        one.name === name &&
        one.id === id &&
        keyOf(one.scope) === key &&
        one.before !== undefined &&
        fits(one.before[property]),
    );
    return write?.before?.[property];
  }

  save(): SavedHistory {
    return { writes: [...this.#writes], dropped: this.#dropped };
  }

  load({ writes, dropped }: SavedHistory): void {
    this.#writes = [];
    this.#bytes = 0;
    this.#dropped = dropped;
    for (const write of writes) this.#add(write);
    this.#sequence = Math.max(this.#sequence, writes.at(-1)?.sequence ?? 0);
  }

  #add(write: Write): void {
    const size = sizeOfWrite(write);
    if (this.#writes.length >= capacity || this.#bytes + size > byteCapacity) this.#drop();
    this.#writes.push(write);
    this.#bytes += size;
  }

  #drop(): void {
    const kept = this.#writes.slice(Math.ceil(this.#writes.length / 2));
    this.#dropped = this.#writes[this.#writes.length - kept.length - 1]?.sequence ?? this.#dropped;
    this.#writes = kept;
    this.#bytes = kept.reduce((sum, write) => sum + sizeOfWrite(write), 0);
  }
}

function sizeOfWrite({ before, after, cause }: Write): number {
  return 200 + sizeOfValue(before) + sizeOfValue(after) + sizeOfValue(cause?.body);
}

/** Where a response has the id of a new item: the nearest property of the name that ids have, else the nearest at all. */
export function findID(body: unknown, id: string, idProperty: string): string[] | undefined {
  const found = [...paths(body, id, [])].sort((a, b) => a.length - b.length);
  return found.find((path) => path.at(-1) === idProperty) ?? found[0];
}

function* paths(value: unknown, id: string, path: string[]): Iterable<string[]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length > 3)
    return;
  for (const [name, part] of Object.entries(value)) {
    const isScalar = typeof part === 'string' || typeof part === 'number';
    if (isScalar && String(part) === id) yield [...path, name];
    else yield* paths(part, id, [...path, name]);
  }
}
