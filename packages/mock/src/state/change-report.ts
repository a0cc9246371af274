import { isObject } from '../lib/is-object.ts';
import { isSameJSON } from '../lib/same-json.ts';
import { compareStates, type Difference } from './compare.ts';
import type { Write } from './history.ts';
import type { State } from './state.ts';

/** What is common to all changes. */
export interface Change {
  /** The ids of the items that it belongs to, by the name of the path's parameter: `{ user_id: 'user_abc' }`. */
  scope: Record<string, string>;
  /**
   * The ids of the requests that made it, oldest first, as the journal has them. Empty where no request did: a program
   * changed `mock.data`, or restored a snapshot of another process.
   */
  requests: string[];
}

/** An item that was added. */
export interface AddedItem extends Change {
  id: string;
  after: object;
}

/** A property of an item that is not as it was. */
export interface ChangedProperty {
  /** Such as `role` or `address.city`. Arrays are compared as a whole. */
  path: string;
  /** Missing where there was none. */
  before?: unknown;
  /** Missing where there is none any more. */
  after?: unknown;
}

/** An item that was changed. */
export interface ChangedItem extends Change {
  id: string;
  properties: ChangedProperty[];
  before: object;
  after: object;
}

/** An item that was removed. */
export interface RemovedItem extends Change {
  id: string;
  before: object;
  /** How many items directly below it were removed with it, by collection: they are not listed. */
  below?: Record<string, number>;
}

/** An object of which there is one in each scope, and which was changed. */
export type ChangedSingleton = Omit<ChangedItem, 'id'>;

/** The changes of a collection. */
export interface CollectionChanges {
  added: AddedItem[];
  changed: ChangedItem[];
  removed: RemovedItem[];
}

/** How the data differs from what it was at the start, or at a mark. */
export interface ChangeReport {
  /** The mark; null for the start. */
  since: string | null;
  /** The collections with changes, by name. */
  collections: Record<string, CollectionChanges>;
  /** The singletons with changes, by name. */
  singletons: Record<string, ChangedSingleton[]>;
}

/** Compares two states. @param writes what led from one to the other, as far as it is known */
export function reportChanges(
  since: string | null,
  before: State,
  after: State,
  writes: readonly Write[],
): ChangeReport {
  const requests = requestsOf(writes);
  // Objects of their own, whatever collections are called.
  const report: ChangeReport = { since, collections: {}, singletons: {} };
  for (const difference of compareStates(before, after)) {
    const { name, id } = difference;
    const change: Change = {
      scope: scopeOf(after, difference),
      requests: [...(requests.get(subjectKey(difference)) ?? [])],
    };
    if (id === undefined) {
      report.singletons[name] ??= [];
      report.singletons[name].push({ ...change, ...changed(difference) });
    } else {
      report.collections[name] ??= { added: [], changed: [], removed: [] };
      add(report.collections[name], { ...change, id }, difference);
    }
  }
  return report;
}

function add(
  { added, changed: others, removed }: CollectionChanges,
  change: Change & { id: string },
  difference: Difference,
): void {
  const { before, after, below } = difference;
  if (!before) added.push({ ...change, after: after ?? {} });
  else if (after) others.push({ ...change, ...changed(difference) });
  else removed.push({ ...change, before, ...(below && { below }) });
}

function changed({ before = {}, after = {} }: Difference) {
  return { properties: [...compareProperties(before, after, '')], before, after };
}

/** Names an item or a singleton. */
export function subjectKey({ name, scope, id }: Pick<Difference, 'name' | 'scope' | 'id'>): string {
  return JSON.stringify([name, scope, id ?? null]);
}

function requestsOf(writes: readonly Write[]): Map<string, Set<string>> {
  const requests = new Map<string, Set<string>>();
  for (const write of writes) {
    if (!write.cause) continue;
    const key = subjectKey(write);
    const known = requests.get(key) ?? new Set();
    requests.set(key, known.add(write.cause.request));
  }
  return requests;
}

function scopeOf(state: State, { name, scope, id }: Difference): Record<string, string> {
  const params =
    id === undefined ? singletonScope(state, name) : state.collection(name).definition.scope;
  return Object.fromEntries(scope.map((value, i) => [params[i]?.param ?? String(i), value]));
}

function singletonScope({ api }: State, name: string): readonly { param: string }[] {
  for (const { iid } of api.operations) {
    const behavior = api.behavior(iid);
    if ('singleton' in behavior && behavior.singleton === name) return behavior.scope;
  }
  return [];
}

function* compareProperties(
  before: object,
  after: object,
  prefix: string,
): Iterable<ChangedProperty> {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name), now.get(name)];
    if (isSameJSON(was, is)) continue;
    const path = `${prefix}${name}`;
    if (isObject(was) && isObject(is)) yield* compareProperties(was, is, `${path}.`);
    else
      yield {
        path,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
      };
  }
}
