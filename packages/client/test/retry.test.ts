import { afterEach, describe, expect, test, vi } from 'vitest';
import { isUnsafe, randomKey, requestedWait } from '../src/core/retry.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('methods that change something are unsafe, in any case', () => {
  const unsafe = ['POST', 'put', 'Patch', 'DELETE'];
  const safe = ['GET', 'HEAD', 'OPTIONS', 'XPOST', 'POSTAL', ''];
  expect([...unsafe, ...safe].map(isUnsafe)).toEqual([
    ...unsafe.map(() => true),
    ...safe.map(() => false),
  ]);
});

test('a key is random, also where the platform makes no UUIDs', () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  vi.stubGlobal('crypto', {
    getRandomValues: (numbers: Uint32Array) => numbers.map((_, i) => 2 ** 32 - 1 - i),
  });
  expect(randomKey()).toBe('4294967295-4294967294-4294967293-4294967292');
});

describe('the wait that a server asks for', () => {
  const now = Date.UTC(2026, 0, 1);
  const wait = (headers: Record<string, string>) => requestedWait(new Headers(headers), now);

  test.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:59 GMT' }, undefined],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': '0', 'retry-after': '9' }, 0],
    [{ 'retry-after-ms': '-1', 'retry-after': '9' }, 9_000],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9_000],
  ])('%j is %j milliseconds', (headers, expected) => {
    expect(wait(headers)).toBe(expected);
  });
});
