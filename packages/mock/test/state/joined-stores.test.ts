import { describe, expect, test } from 'vitest';
import { createIDs } from '../../src/state/generate/ids.ts';
import { JoinedStores } from '../../src/state/joined-stores.ts';
import { countItems, type PageQuery, readPage } from '../../src/state/page.ts';
import { Store } from '../../src/state/store.ts';

const lengths = [3, 0, 2, 4, 0];

/** Stores of generated items, of which those of the third were changed. */
function createParts() {
  const opened = new Set<number>();
  const stores = lengths.map((generated, i) => {
    const make = (index: number, id: string | number) => ({ id, name: `${i}.${index}` });
    return new Store({ ids: createIDs(`thing_${i}_`, i), generated, make, indexed: [] });
  });
  const [, , third] = stores;
  third?.remove(third.idAt(0));
  third?.add('added', { id: 'added', name: '2.added' });
  const parts = stores.map((store, i) => ({
    changed: i === 2 ? store : undefined,
    length: store.last + 1,
    open() {
      opened.add(i);
      return store;
    },
  }));
  return { parts, opened };
}

const names = ['0.0', '0.1', '0.2', '2.1', '2.added', '3.0', '3.1', '3.2', '3.3'];

function read(query: Partial<PageQuery>): string[] {
  const page = readPage(new JoinedStores(createParts().parts), { limit: 100, ...query });
  return 'items' in page ? page.items.map(({ name }) => String(name)) : [page.unknown];
}

describe('a page of the items of several scopes', () => {
  test('has all of them, in either direction', () => {
    expect(read({})).toEqual(names);
    expect(read({ descending: true })).toEqual(names.toReversed());
  });

  test('begins wherever it is asked to', () => {
    const stores = new JoinedStores(createParts().parts);
    for (let skip = 0; skip <= names.length; skip += 1) {
      expect(read({ skip, limit: 2 })).toEqual(names.slice(skip, skip + 2));
      const [first] = names.slice(skip);
      const index = [...stores.indexes(0, Infinity, 1)][skip];
      if (index === undefined) continue;
      expect(stores.at(index)?.['name']).toBe(first);
      expect(read({ afterIndex: index })).toEqual(names.slice(skip + 1));
      expect(read({ afterIndex: index, descending: true })).toEqual(
        names.slice(0, skip).toReversed(),
      );
      const id = String(stores.at(index)?.['id']);
      expect(read({ after: id })).toEqual(names.slice(skip + 1));
      expect(read({ before: id, limit: 2 })).toEqual(names.slice(Math.max(0, skip - 2), skip));
    }
    expect(read({ after: 'unknown' })).toEqual(['after']);
  });

  test('filters and counts them', () => {
    const stores = new JoinedStores(createParts().parts);
    const filters = [{ property: 'name', values: ['2.added', '3.1'], isEmail: false }];
    expect(stores.size).toBe(names.length);
    expect(countItems(stores, filters)).toBe(2);
    expect(read({ filters })).toEqual(['2.added', '3.1']);
  });

  test('opens those scopes alone whose items it has', () => {
    const { parts, opened } = createParts();
    const stores = new JoinedStores(parts);
    readPage(stores, { limit: 2 });
    expect([...opened]).toEqual([0]);
    expect(readPage(new JoinedStores([]), { limit: 2 })).toEqual({ items: [], hasMore: false });
  });
});
