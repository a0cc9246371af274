import { describe, expect, test, vi } from 'vitest';
import { createIDs } from '../../src/state/generate/ids.ts';
import { freeze, type Item, lookupKey, Store } from '../../src/state/store.ts';

const ids = createIDs('thing_', 1);
const idAt = (index: number) => String(ids.at(index));

function createStore(generated = 3) {
  const make = vi.fn((index: number, id: string | number) => ({ id, name: `Generated ${index}` }));
  return { make, store: new Store({ ids, generated, make, indexed: ['name', 'age'] }) };
}

const namesOf = (store: Store) =>
  [...store.indexes(0, store.last, 1)].map((index) => store.at(index)?.['name']);

describe('generated items', () => {
  test('are made when they are asked for, once, and frozen', () => {
    const { store, make } = createStore();
    expect(make).not.toHaveBeenCalled();
    const item = store.get(idAt(1));
    expect(item).toEqual({ id: idAt(1), name: 'Generated 1' });
    expect(Object.isFrozen(item)).toBe(true);
    expect(store.at(1)).toBe(item);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('end after the last one', () => {
    const { store, make } = createStore();
    expect(store.at(2)).toBeDefined();
    expect(store.at(3)).toBeUndefined();
    expect(store.get(idAt(3))).toBeUndefined();
    expect([store.indexOf(idAt(2)), store.indexOf(idAt(3))]).toEqual([2, undefined]);
    expect([store.isGenerated(2), store.isGenerated(3)]).toEqual([true, false]);
    expect(make).toHaveBeenCalledTimes(1);
    expect([store.size, store.initialSize, store.last]).toEqual([3, 3, 2]);
    expect(createStore(0).store.last).toBe(-1);
  });

  test('are forgotten when there are too many of them, and made again alike', () => {
    const { store, make } = createStore(20_002);
    const first = store.at(0);
    for (let index = 1; index < 20_000; index += 1) store.at(index);
    expect(store.at(0)).toBe(first);
    store.at(20_000);
    make.mockClear();
    expect(store.at(0)).not.toBe(first);
    expect(store.at(0)).toEqual(first);
    expect(make).toHaveBeenCalledTimes(1);
  });
});

describe('changes', () => {
  test('an added item comes after all others, is found by its id, and was not there from the start', () => {
    const { store } = createStore();
    store.add('own', { id: 'own', name: 'Own' });
    expect([store.size, store.initialSize, store.last]).toEqual([4, 3, 3]);
    expect(store.get('own')).toEqual({ id: 'own', name: 'Own' });
    expect(store.indexOf('own')).toBe(3);
    expect([store.isInitial('own'), store.isInitial(idAt(2)), store.isInitial('none')]).toEqual([
      false,
      true,
      false,
    ]);
    store.settle();
    expect(store.isInitial('own')).toBe(true);
    expect(store.initialSize).toBe(4);
  });

  test('that were added and removed do not slow a list down', () => {
    const { store, make } = createStore(2);
    for (let i = 0; i < 1_000; i += 1) {
      store.add(`own_${i}`, { id: `own_${i}` });
      store.remove(`own_${i}`);
    }
    make.mockClear();
    const at = vi.spyOn(store, 'at');
    for (const step of [1, -1] as const) {
      const [first, last] = step > 0 ? [0, store.last] : [store.last, 0];
      const indexes = [...store.indexes(first, last, step)];
      expect(indexes).toEqual(step > 0 ? [0, 1] : [1, 0]);
    }
    expect(at).not.toHaveBeenCalled();
  });

  test('a removed item leaves a gap, which keeps its index', () => {
    const { store } = createStore();
    expect(store.remove(idAt(1))).toBe(true);
    expect(store.remove(idAt(1))).toBe(false);
    expect(store.remove('none')).toBe(false);
    expect(store.get(idAt(1))).toBeUndefined();
    expect(store.indexOf(idAt(1))).toBe(1);
    expect([store.size, store.initialSize, store.last]).toEqual([2, 2, 2]);
    expect(namesOf(store)).toEqual(['Generated 0', 'Generated 2']);
    expect(store.isGenerated(1)).toBe(false);
  });

  test('an item that was added and removed was never there from the start', () => {
    const { store } = createStore();
    store.add('own', { id: 'own' });
    store.remove('own');
    expect([store.size, store.initialSize, store.last]).toEqual([3, 3, 3]);
  });

  test('a replaced item keeps its index and its size; what does not exist is not replaced', () => {
    const { store } = createStore();
    store.at(1);
    store.replace(idAt(1), { id: idAt(1), name: 'Replaced' });
    store.replace('none', { id: 'none' });
    expect(namesOf(store)).toEqual(['Generated 0', 'Replaced', 'Generated 2']);
    expect([store.size, store.last]).toEqual([3, 2]);
    expect(store.get('none')).toBeUndefined();
  });

  test('the next item has the id of its index, or of a later one where that is taken', () => {
    const { store } = createStore();
    expect(store.next()).toEqual({ index: 3, id: idAt(3) });
    store.add(idAt(4), { id: idAt(4) });
    expect(store.next()).toEqual({ index: 4, id: idAt(5) });
    store.add(idAt(5), { id: idAt(5) });
    expect(store.next()).toEqual({ index: 5, id: idAt(6) });
  });

  test('indexes go from one to another in either direction, both included', () => {
    const { store } = createStore();
    expect([...store.indexes(0, 2, 1)]).toEqual([0, 1, 2]);
    expect([...store.indexes(2, 0, -1)]).toEqual([2, 1, 0]);
    expect([...store.indexes(1, 1, 1)]).toEqual([1]);
    expect([...store.indexes(2, 1, 1)]).toEqual([]);
    expect([...store.indexes(1, 2, -1)]).toEqual([]);
  });
});

describe('the index', () => {
  test('finds changed items by a value in lower case, and no more once they are changed or gone', () => {
    const { store } = createStore();
    store.add('a', { id: 'a', name: 'Same', age: 7 });
    store.add('b', { id: 'b', name: 'SAME', age: null });
    expect([...store.indexed('name', 'same')]).toEqual([3, 4]);
    expect([...store.indexed('age', '7')]).toEqual([3]);
    expect([...store.indexed('age', 'null')]).toEqual([]);
    expect([...store.indexed('color', 'red')]).toEqual([]);
    store.replace('a', { id: 'a', name: 'Other', age: 8 });
    expect([...store.indexed('name', 'same')]).toEqual([4]);
    expect([...store.indexed('name', 'other')]).toEqual([3]);
    expect([...store.indexed('age', '7')]).toEqual([]);
    store.remove('b');
    expect([...store.indexed('name', 'same')]).toEqual([]);
  });

  test('compares texts, numbers and booleans, and nothing else', () => {
    expect(['A', 5, true, null, undefined, {}, ['a']].map(lookupKey)).toEqual([
      ...['a', '5', 'true'],
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('what was saved', () => {
  test('is what it was, after JSON and in another store', () => {
    const { store } = createStore(4);
    store.add('early', { id: 'early', name: 'Early' });
    store.settle();
    store.remove(idAt(0));
    store.remove(idAt(2));
    store.replace(idAt(1), { id: idAt(1), name: 'Replaced' });
    store.add('own', { id: 'own', name: 'Own' });
    store.add('more', { id: 'more' });
    store.add('gone', { id: 'gone' });
    store.remove('gone');
    store.add('__proto__', { id: '__proto__', name: 'Proto' });
    const saved = JSON.parse(JSON.stringify(store.save()));
    expect(saved).toMatchObject({ generated: 4, end: 9, initialEnd: 5 });
    const { store: other } = createStore(4);
    other.load(saved);
    expect(namesOf(other)).toEqual(namesOf(store));
    expect([other.size, other.initialSize, other.last]).toEqual([
      store.size,
      store.initialSize,
      store.last,
    ]);
    expect([other.size, other.initialSize]).toEqual([6, 3]);
    expect(other.get('__proto__')?.['name']).toBe('Proto');
    expect([...other.indexed('name', 'own')]).toEqual([5]);
    expect([other.isInitial('early'), other.isInitial('own')]).toEqual([true, false]);
    expect(other.save()).toEqual(store.save());
    expect(Object.isFrozen(other.get('own'))).toBe(true);
  });
});

test('an item is frozen through and through', () => {
  const item: Item = freeze({ a: { b: [{ c: 1 }] }, none: null, text: 'x' });
  const { a } = item as { a: { b: object[] } };
  expect([item, a, a.b, a.b[0]].every((part) => Object.isFrozen(part))).toBe(true);
  expect(freeze(item)).toBe(item);
});
