import { describe, expect, test, vi } from 'vitest';
import { createIDs } from '../../src/state/generate/ids.ts';
import { type PageQuery, readPage } from '../../src/state/page.ts';
import { Store } from '../../src/state/store.ts';

const ids = createIDs('thing_', 1);
const idAt = (index: number) => String(ids.at(index));

/** A store of generated things, each with the address of its index, as generated items have it. */
function createThings(generated: number) {
  const make = vi.fn((index: number, id: string | number) => ({
    id,
    email: `ada.lovelace${index || ''}@example.com`,
    color: index % 2 === 0 ? 'red' : 'blue',
    size: index,
  }));
  const store = new Store({ ids, generated, make, indexed: ['email', 'color', 'size'] });
  const read = (query: Partial<PageQuery> = {}) => {
    const page = readPage(store, { limit: 100, ...query });
    if ('unknown' in page) return page;
    return { sizes: page.items.map(({ size }) => size), hasMore: page.hasMore };
  };
  return { store, make, read };
}

const emails = (...values: string[]) => [{ property: 'email', values, isEmail: true }];
const colors = (...values: string[]) => [{ property: 'color', values, isEmail: false }];

describe('cursors', () => {
  const { read } = createThings(5);

  test.each<[Partial<PageQuery>, (number | undefined)[], boolean]>([
    [{}, [0, 1, 2, 3, 4], false],
    [{ limit: 5 }, [0, 1, 2, 3, 4], false],
    [{ limit: 4 }, [0, 1, 2, 3], true],
    [{ limit: 0 }, [], false],
    [{ after: '', before: '' }, [0, 1, 2, 3, 4], false],
    [{ after: idAt(1), limit: 2 }, [2, 3], true],
    [{ after: idAt(4) }, [], false],
    [{ before: idAt(3), limit: 2 }, [1, 2], true],
    [{ before: idAt(3) }, [0, 1, 2], false],
    [{ after: idAt(0), before: idAt(3), limit: 1 }, [1], true],
    [{ after: idAt(0), before: idAt(3) }, [1, 2], false],
    [{ after: idAt(3), before: idAt(0) }, [], false],
    [{ descending: true, limit: 2 }, [4, 3], true],
    [{ descending: true, after: idAt(3), limit: 2 }, [2, 1], true],
    [{ descending: true, before: idAt(1), limit: 2 }, [3, 2], true],
    [{ descending: true, after: idAt(4), before: idAt(1) }, [3, 2], false],
  ])('%j', (query, sizes, hasMore) => {
    expect(read(query)).toEqual({ sizes, hasMore });
  });

  test('that nothing has or had are named', () => {
    expect(read({ after: 'none' })).toEqual({ unknown: 'after' });
    expect(read({ before: 'none' })).toEqual({ unknown: 'before' });
    expect(read({ after: 'none', before: 'none' })).toEqual({ unknown: 'after' });
  });
});

describe('filters', () => {
  test('take any of their values, without regard to case, and all of them together', () => {
    const { read } = createThings(6);
    expect(read({ filters: colors('RED') })).toEqual({ sizes: [0, 2, 4], hasMore: false });
    expect(read({ filters: colors('red', 'blue'), limit: 2 })).toEqual({
      sizes: [0, 1],
      hasMore: true,
    });
    const size = { property: 'size', values: ['1', '2', '5'], isEmail: false };
    expect(read({ filters: [...colors('blue'), size] })).toEqual({ sizes: [1, 5], hasMore: false });
    expect(read({ filters: colors() })).toEqual({ sizes: [], hasMore: false });
  });

  test('by a day match its times', () => {
    const { store, read } = createThings(0);
    store.add('a', { id: 'a', size: 1, color: '2026-05-01T10:00:00Z' });
    store.add('b', { id: 'b', size: 2, color: '2026-05-02T10:00:00Z' });
    store.add('c', { id: 'c', size: 3, color: '2026-05-02' });
    const sizesOf = (value: string) => read({ filters: colors(value) });
    expect(sizesOf('2026-05-02')).toEqual({ sizes: [2, 3], hasMore: false });
    expect(sizesOf('2026-05-01T10:00:00Z')).toEqual({ sizes: [1], hasMore: false });
    expect(sizesOf('2026-05')).toEqual({ sizes: [], hasMore: false });
  });

  test('match no item that lacks the property', () => {
    const { store, read } = createThings(0);
    store.add('bare', { id: 'bare', size: 9 });
    store.add('null', { id: 'null', size: 9, color: null });
    expect(read({ filters: colors('undefined', 'null') })).toEqual({ sizes: [], hasMore: false });
  });
});

describe('a filter by address', () => {
  const address = (index: number) => `Ada.Lovelace${index}@example.com`;

  test('makes the items that it names, and no others', () => {
    const { make, read } = createThings(1_000_000);
    const filters = emails(address(70), address(999_999), address(1_000_000), 'x@example.org');
    expect(read({ filters })).toEqual({ sizes: [70, 999_999], hasMore: false });
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('gives them in order, in either direction, and within the cursors', () => {
    const { read } = createThings(100);
    const filters = emails(address(70), address(5), address(30), address(90));
    expect(read({ filters })).toEqual({ sizes: [5, 30, 70, 90], hasMore: false });
    expect(read({ filters, descending: true, limit: 3 })).toEqual({
      sizes: [90, 70, 30],
      hasMore: true,
    });
    expect(read({ filters, after: idAt(5), before: idAt(90) })).toEqual({
      sizes: [30, 70],
      hasMore: false,
    });
    const within = { after: idAt(90), before: idAt(5), descending: true };
    expect(read({ filters, ...within })).toEqual({ sizes: [70, 30], hasMore: false });
  });

  test('knows changed, added and removed items', () => {
    const { store, read, make } = createThings(100);
    store.replace(idAt(7), { id: idAt(7), email: 'Other@Example.org', size: 7 });
    store.remove(idAt(8));
    store.add('own', { id: 'own', email: address(3), size: 1_000 });
    make.mockClear();
    const filters = emails(address(3), address(7), address(8), 'other@example.org');
    expect(read({ filters })).toEqual({ sizes: [3, 7, 1_000], hasMore: false });
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('goes together with other filters', () => {
    const { read } = createThings(100);
    const filters = [...colors('blue'), ...emails(address(4), address(5))];
    expect(read({ filters })).toEqual({ sizes: [5], hasMore: false });
  });
});
