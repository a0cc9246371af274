import { unionsOf } from '@org/test-suite/unions';
import { expect, test } from 'vitest';
import { shapeOf } from '../src/api/schema.ts';
import { createMock, loadAPI } from '../src/index.ts';
import { validateValue } from '../src/prism/validate.ts';

// There are more ways through these schemas than anything could follow: what follows each would not end.
test('a document of deeply nested unions is served', async () => {
  const mock = createMock({ api: await loadAPI(unionsOf(40)) });
  const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
  const url = 'https://bench.test/v1/nodes3';
  const list = await mock.fetch(url, { headers });
  const { data } = (await list.json()) as { data: { id: string; node: unknown }[] };
  expect(list.status).toBe(200);
  expect(data[0]?.id).toMatch(/^nodes3_/);
  expect(data[0]?.node).toBeTypeOf('object');
  const refused = await mock.fetch(url, { method: 'POST', headers, body: '"text"' });
  expect(refused.status).toBe(400);
});

/** A union of two unions, of which each is a union of the next two, and so on. */
function ladder(rungs: number) {
  const bundled: Record<string, object> = { last: { type: 'object', required: ['a'] } };
  const ref = (i: number) => ({ $ref: `#/__bundled__/${i < rungs ? i : 'last'}` });
  for (let i = 0; i < rungs; i += 1) bundled[i] = { anyOf: [ref(i + 1), ref(i + 2)] };
  return { ...ref(0), __bundled__: bundled };
}

test.each([1, 'text', [], {}])('%j is refused by a union of unions', (value) => {
  const found = validateValue({}, value, ladder(200));
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(1_000);
});

test('a value that is allowed is accepted by a union of unions', () => {
  const schema = ladder(200);
  expect(validateValue({}, { a: 1 }, schema)).toEqual([]);
  const { alternatives } = shapeOf(schema);
  expect(alternatives).toHaveLength(1);
  expect(alternatives[0]).toMatchObject({ type: 'object', required: ['a'] });
});

test('a value that occurs twice is judged at both places', () => {
  const item = { type: 'object', required: ['a'], properties: { a: { $ref: '#/__bundled__/0' } } };
  const { __bundled__ } = ladder(3);
  const schema = { type: 'array', items: item, __bundled__ };
  const places = validateValue({}, [{ a: { a: 1 } }, { a: 1 }, { a: 1 }], schema).map(({ path }) =>
    path?.join('.'),
  );
  expect(new Set(places)).toEqual(new Set(['1.a', '2.a']));
});
