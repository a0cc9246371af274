import { unionsOf } from '@org/test-suite/unions';
import { expect, test } from 'vitest';
import { prismOperations } from '../src/emit/prism.ts';
import { share } from '../src/emit/share.ts';
import { generate } from '../src/generate.ts';
import { buildModel } from '../src/infer/build-model.ts';

// There are more ways through these schemas than anything could follow: a step that follows each would not end.
test('a document of deeply nested unions is generated, in proportion to its size', async () => {
  const size = async (count: number) => {
    const { files } = await generate(unionsOf(count));
    return files['packages/mock/src/api.gen.json']?.length ?? 0;
  };
  const [few, many] = [await size(40), await size(80)];
  expect(few).toBeGreaterThan(1_000);
  expect(many).toBeLessThan(3 * few);
});

test('unions that are kept as references have the properties of lists and items in place', async () => {
  const { document } = buildModel(unionsOf(40));
  const [list] = await prismOperations(document);
  const schema = list?.responses[0]?.contents?.[0]?.schema as {
    properties: { data: { items: { properties: Record<string, object> } } };
  };
  expect(Object.keys(schema.properties.data.items.properties)).toEqual(['id', 'node']);
  const references = [...JSON.stringify(list).matchAll(/"\$ref":"#\/__bundled__\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, name = ''] of references) expect(list?.__bundled__).toHaveProperty([name]);
  expect(JSON.stringify(list)).not.toContain('x-kept-reference');
});

test('a small document keeps no references but those in circles', async () => {
  const { document } = buildModel(unionsOf(14));
  const text = { type: 'string' };
  Object.assign(document.components?.schemas ?? {}, {
    Leaf: { type: 'object', properties: { text } },
    Tree: {
      type: 'object',
      properties: {
        leaf: { $ref: '#/components/schemas/Leaf' },
        trees: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      },
    },
  });
  const get = {
    responses: {
      200: {
        description: 'A tree.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
      },
    },
  };
  const [tree] = await prismOperations({ ...document, paths: { '/tree': { get } } });
  expect(Object.keys(tree?.__bundled__ ?? {})).toContain('kept:Tree');
  expect(Object.keys(tree?.__bundled__ ?? {})).not.toContain('kept:Leaf');
  const leaf = { type: 'object', properties: { text } };
  const inner = { type: 'object', properties: { leaf, trees: expect.anything() } };
  expect(tree?.responses[0]?.contents?.[0]?.schema).toMatchObject({
    properties: { leaf, trees: { items: inner } },
  });
  expect(JSON.stringify(tree)).toMatch(/"items":\{"\$ref":"#\/__bundled__\/kept:Tree"\}/);
});

test('objects that are used many times are visited once', () => {
  let node: unknown = { text: 'x'.repeat(200) };
  for (let i = 0; i < 64; i += 1) node = [node, node];
  expect(share(node).shared).toHaveLength(64);
});
