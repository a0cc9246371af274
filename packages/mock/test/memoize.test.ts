import { expect, test, vi } from 'vitest';
import { memoize, memoizeFrozen } from '../src/lib/memoize.ts';

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

test.each([undefined, null, 'text', 5, true])('%j is not cached, and does not throw', (value) => {
  const toText = memoizeFrozen((given: unknown) => JSON.stringify(given));
  expect(toText(value)).toBe(JSON.stringify(value));
});

test('what is kept is bounded by the length of its keys, and a long key is not kept', () => {
  const compute = vi.fn((input: string) => ({ input }));
  const kept = memoize(compute, (input) => input);
  const long = 'x'.repeat(3_000);
  expect(kept(long)).not.toBe(kept(long));
  const key = (i: number) => `${'y'.repeat(1_000)}${i}`;
  const last = Array.from({ length: 1_000 }, (_, i) => kept(key(i)));
  compute.mockClear();
  expect(kept(key(999))).toBe(last[999]);
  expect(compute).not.toHaveBeenCalled();
  // A million characters are four times what there is room for.
  expect(kept(key(0))).not.toBe(last[0]);
});

test('what is kept is bounded in number as well: a result with a short key takes memory, too', () => {
  const compute = vi.fn((input: number) => ({ input }));
  const kept = memoize(compute, String);
  const first = kept(0);
  for (let i = 1; i <= 400; i += 1) kept(i);
  expect(kept(0)).toBe(first);
  for (let i = 1; i <= 5_000; i += 1) kept(i);
  expect(kept(0)).not.toBe(first);
});

test('a result that may not be kept is computed every time', () => {
  const compute = vi.fn((input: string) => ({ input }));
  const kept = memoize(compute, (input) => input, { keeps: ({ input }) => input !== 'secret' });
  expect(kept('secret')).not.toBe(kept('secret'));
  expect(kept('public')).toBe(kept('public'));
  expect(compute).toHaveBeenCalledTimes(3);
});
