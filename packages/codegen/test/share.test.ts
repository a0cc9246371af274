import fc from 'fast-check';
import { expect, test } from 'vitest';
import { share, unshare } from '../src/emit/share.ts';

const long = 'x'.repeat(200);

test('a part that occurs twice is stored once', () => {
  const part = { text: long };
  const { value, shared } = share({ a: part, b: { ...part }, c: 1 });
  expect(shared).toEqual([part]);
  expect(value).toEqual({ a: { $shared: 0 }, b: { $shared: 0 }, c: 1 });
});

test('a part of a shared part is shared only if it occurs elsewhere as well', () => {
  const inner = { text: long };
  const outer = { inner, more: long };
  const { shared } = share([outer, outer]);
  expect(shared).toHaveLength(1);
  expect(share([outer, outer, inner]).shared).toHaveLength(2);
});

test('a short part stays where it is', () => {
  expect(share([{ a: 1 }, { a: 1 }]).shared).toEqual([]);
});

test('uses of one part are one object again after reading', () => {
  const part = { text: long };
  const { value, shared } = share([part, part]);
  const [first, second] = unshare(value, shared);
  expect(first).toBe(second);
});

test('shared parts are restored unchanged', () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(long, 'short', 1, null, true),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
    ),
  })).node;
  fc.assert(
    fc.property(tree, (value) => {
      const packed = JSON.parse(JSON.stringify(share({ value, again: value })));
      expect(unshare(packed.value, packed.shared)).toEqual(
        JSON.parse(JSON.stringify({ value, again: value })),
      );
    }),
  );
});
