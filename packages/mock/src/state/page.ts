import { valueIn } from '@org/codegen/item-id';
import type { Comparison } from '@org/codegen/model';
import { compareTo } from './comparisons.ts';
import { indexOfEmail } from './generate/persona.ts';
import { type Item, lookupKey, type Store } from './store.ts';

/** What pages are read from: a store, or several. */
export type Items = Pick<Store, 'at' | 'indexOf' | 'indexes' | 'last' | 'size'> &
  Partial<Pick<Store, 'indexed' | 'isGenerated'>>;

/** What is asked of a page. Cursors are ids that items have or had. */
export interface PageQuery {
  after?: string | undefined;
  before?: string | undefined;
  /** The index of the item after which the page begins, instead of its id. */
  afterIndex?: number | undefined;
  /** How many items are passed over. */
  skip?: number | undefined;
  limit: number;
  descending?: boolean;
  /** Only items of which each of these properties has, or holds, one of the values, without regard to case. */
  filters?: readonly Filter[];
}

export interface Filter {
  property: string;
  values: readonly string[];
  /** Whether generated values are addresses, which encode the index of their item. */
  isEmail: boolean;
  /** How values are compared; missing for equality. */
  comparison?: Comparison;
}

/** Items in order, and whether there are more where they end. */
export interface Page {
  items: Item[];
  hasMore: boolean;
  /** The index of the last item; undefined without items, and where the page was collected backwards. */
  lastIndex?: number;
}

/** The items of a page; or, where a cursor names no item that is or was there, that cursor's parameter. */
export function readPage(store: Items, query: PageQuery): Page | { unknown: 'after' | 'before' } {
  const step = query.descending ? -1 : 1;
  const after = query.after ? store.indexOf(query.after) : (query.afterIndex ?? null);
  if (after === undefined || (after !== null && after > store.last)) return { unknown: 'after' };
  const before = query.before ? store.indexOf(query.before) : null;
  if (before === undefined) return { unknown: 'before' };
  const [start, end] = query.descending ? [store.last, 0] : [0, Infinity];
  const first = after === null ? start : after + step;
  const last = before === null ? end : before - step;
  // Before a cursor alone: the items next to it are wanted, which are the last of those.
  const backwards = before !== null && after === null;
  const page = backwards
    ? collect(store, last, first, -step as 1 | -1, query)
    : collect(store, first, last, step, query);
  if (!backwards) return page;
  return { items: page.items.reverse(), hasMore: page.hasMore };
}

function collect(
  store: Items,
  first: number,
  last: number,
  step: 1 | -1,
  { filters = [], limit, skip = 0 }: PageQuery,
): Page {
  const items: Item[] = [];
  let passed = 0;
  let lastIndex: number | undefined;
  // More would be true, and leads nowhere: the next page would begin where this one did.
  if (limit === 0) return { items, hasMore: false };
  const matches = matchesOf(filters);
  const candidates = indexesOf(store, filters) ?? store.indexes(first, last, step);
  const indexes = Array.isArray(candidates) && step < 0 ? candidates.reverse() : candidates;
  for (const index of indexes) {
    if ((index - first) * step < 0) continue;
    if ((last - index) * step < 0) break;
    // What is only counted need not be made.
    if (matches.length === 0 && passed < skip) {
      passed += 1;
      continue;
    }
    const item = store.at(index);
    if (!item || !matches.every((match) => match(item))) continue;
    if (passed < skip) {
      passed += 1;
      continue;
    }
    if (items.length >= limit) return pageOf(true);
    items.push(item);
    lastIndex = index;
  }
  return pageOf(false);

  function pageOf(hasMore: boolean): Page {
    return { items, hasMore, ...(lastIndex !== undefined && { lastIndex }) };
  }
}

/** How many items of a store the filters let through. */
export function countItems(store: Items, filters: readonly Filter[]): number {
  if (filters.length === 0) return store.size;
  const matches = matchesOf(filters);
  let count = 0;
  for (const index of indexesOf(store, filters) ?? store.indexes(0, Infinity, 1)) {
    const item = store.at(index);
    if (item && matches.every((match) => match(item))) count += 1;
  }
  return count;
}

/** What a filter compares: of an object, such as a label, its name and its id. */
function comparable(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  const { name, id } = value as { name?: unknown; id?: unknown };
  return [name, id];
}

function matchesOf(filters: readonly Filter[]): ((item: Item) => boolean)[] {
  return filters.map(({ property, values, comparison }) => {
    if (comparison) return compareTo(property, values, comparison);
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    const hasDays = values.some((value) => /^\d{4}-\d\d-\d\d$/.test(value));
    return (item: Item) =>
      [valueIn(item, property)]
        .flat()
        .flatMap(comparable)
        .some((one) => {
          const key = lookupKey(one);
          if (key === undefined) return false;
          // A day has all of its times.
          return (
            wanted.has(key) || (hasDays && /^.{10}t/.test(key) && wanted.has(key.slice(0, 10)))
          );
        });
  });
}

/** In ascending order, the indexes that can match a filter by address; undefined where all indexes can. */
function indexesOf(store: Items, filters: readonly Filter[]): number[] | undefined {
  const filter = filters.find(({ isEmail }) => isEmail);
  if (!filter || !store.indexed) return undefined;
  const indexes = new Set<number>();
  for (const value of filter.values) {
    for (const index of store.indexed(filter.property, value.toLowerCase())) indexes.add(index);
    const generated = indexOfEmail(value);
    if (generated !== undefined && store.isGenerated?.(generated)) indexes.add(generated);
  }
  return [...indexes].sort((a, b) => a - b);
}
