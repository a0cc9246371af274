import { expect, test, vi } from 'vitest';
import { memoize, memoizeFrozen } from '../src/engine/memoize.ts';

test('a result is kept by its key, and not at all without one', () => {
  const compute = vi.fn((input: { key?: string }) => ({ input }));
  const kept = memoize(compute, ({ key }) => key);
  expect(kept({ key: 'a' })).toBe(kept({ key: 'a' }));
  expect(kept({})).not.toBe(kept({}));
  expect(compute).toHaveBeenCalledTimes(3);
});

test('of frozen objects alone: what may change is looked at every time', () => {
  const toText = memoizeFrozen((value: unknown) => JSON.stringify(value));
  const open = { a: 1 };
  expect(toText(open)).toBe('{"a":1}');
  open.a = 2;
  expect(toText(open)).toBe('{"a":2}');
  const compute = vi.fn(() => ({}));
  const kept = memoizeFrozen(compute);
  const closed = Object.freeze({});
  expect(kept(closed)).toBe(kept(closed));
  expect(compute).toHaveBeenCalledTimes(1);
});

test.each([undefined, null, 'text', 5, true])('%j is no key, and is no error', (value) => {
  const toText = memoizeFrozen((given: unknown) => JSON.stringify(given));
  expect(toText(value)).toBe(JSON.stringify(value));
});
