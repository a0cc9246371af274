import { isObject } from '../lib/is-object.ts';
import type { SavedCollection } from './scoped-collection.ts';
import type { SavedSingleton } from './singleton.ts';
import type { SavedStore } from './store.ts';

/** What was done to a mock's data. It survives JSON. */
export interface Snapshot {
  /** The version of this format. */
  snapshot: 1;
  seed: string;
  collections: Record<string, SavedCollection>;
  singletons: Record<string, SavedSingleton>;
}

/** Snapshots whose items were held against the contract as they were made. */
export const checkedSnapshots: WeakSet<object> = new WeakSet();

/** Whether it is meant to be a snapshot, rather than items by collection. */
export function isSnapshot(data: unknown): data is Snapshot {
  return isObject(data) && 'snapshot' in data;
}

/**
 * Checks that a snapshot has the shape of one. Its names and items are not looked at.
 *
 * @throws {TypeError} that says where it has not
 */
export function checkShape(given: unknown, seed: string): asserts given is Snapshot {
  if (!isObject(given) || given['snapshot'] !== 1)
    throw new TypeError('Expected a snapshot: an object with `"snapshot": 1`.');
  expect(typeof given['seed'] === 'string', 'seed', 'a text');
  if (given['seed'] !== seed) {
    const [theirs, ours] = [given['seed'], seed].map((one) => JSON.stringify(one));
    throw new TypeError(
      `The snapshot was taken with the seed ${theirs}, but this mock has the seed ${ours}.`,
    );
  }
  for (const [name, collection] of entriesOf(given, 'collections')) {
    const path = `collections.${name}`;
    expect(isObject(collection), path, 'an object');
    expect(isCount(collection['generated']), `${path}.generated`, 'a number of items');
    checkScopes(collection['scopes'], `${path}.scopes`, (entry, at) =>
      checkStore(entry['store'], `${at}.store`),
    );
  }
  for (const [name, singleton] of entriesOf(given, 'singletons')) {
    checkScopes(singleton, `singletons.${name}`, (entry, at) =>
      expect(isObject(entry['item']), `${at}.item`, 'an object'),
    );
  }
}

function checkScopes(
  scopes: unknown,
  path: string,
  check: (entry: Record<string, unknown>, path: string) => void,
): void {
  expect(Array.isArray(scopes), path, 'a list of scopes');
  for (const [i, entry] of scopes.entries()) {
    const at = `${path}[${i}]`;
    expect(isObject(entry), at, 'an object');
    const { scope } = entry;
    const areTexts = Array.isArray(scope) && scope.every((value) => typeof value === 'string');
    expect(areTexts, `${at}.scope`, 'a list of strings');
    check(entry, at);
  }
}

function checkStore(store: unknown, path: string): asserts store is SavedStore {
  expect(isObject(store), path, 'an object');
  const { generated, end, initialEnd, changed, ids } = store;
  expect(isCount(generated), `${path}.generated`, 'a number of items');
  expect(Array.isArray(changed), `${path}.changed`, 'a list of changes');
  // Whatever is not generated was added, and is among the changes.
  const isEnd = (value: unknown) =>
    isCount(value) && value >= generated && value <= generated + changed.length;
  expect(isEnd(end), `${path}.end`, 'the index after the last item');
  expect(isEnd(initialEnd), `${path}.initialEnd`, 'the index after the last item at the start');
  const isIndex = (value: unknown) => isCount(value) && value < Number(end);
  for (const [i, change] of changed.entries()) {
    const isChange =
      Array.isArray(change) && isIndex(change[0]) && (change[1] === null || isObject(change[1]));
    expect(isChange, `${path}.changed[${i}]`, 'an index and an item or null');
  }
  const areIndexes = isObject(ids) && Object.values(ids).every(isIndex);
  expect(areIndexes, `${path}.ids`, 'an object of indexes');
}

function entriesOf(given: Record<string, unknown>, name: string): [string, unknown][] {
  const part = given[name];
  expect(isObject(part), name, 'an object');
  return Object.entries(part);
}

function expect(isValid: boolean, path: string, expected: string): asserts isValid {
  if (!isValid) throw new TypeError(`Invalid snapshot: ${path} must be ${expected}.`);
}

/** Whether a value can be a number of items. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2 ** 31;
}
