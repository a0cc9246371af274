import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameJSON } from '../src/lib/same-json.ts';

test('values are the same if and only if their JSON with sorted properties is', () => {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(isSameJSON(a, structuredClone(a))).toBe(true);
      expect(isSameJSON(a, b)).toBe(text(a) === text(b));
    }),
  );
  expect(isSameJSON({ a: 1, b: [{}] }, { b: [{}], a: 1, c: undefined })).toBe(true);
  expect([isSameJSON({ a: 1 }, { b: 1 }), isSameJSON([], {}), isSameJSON([1], [1, 2])]).toEqual([
    false,
    false,
    false,
  ]);
});
