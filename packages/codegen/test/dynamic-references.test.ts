import type { Document } from '@org/openapi';
import { describe, expect, test } from 'vitest';
import { buildModel } from '../src/index.ts';
import { bindDynamicReferences } from '../src/read/dynamic-references.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';

const number: Json = { type: 'integer' };
const Book = object({ id: text });
const Author = object({ id: text, name: text });
/** `Paged<T>`: its items are of the schema that extends it. */
const Paged = {
  $id: 'https://library.test/paged',
  $defs: { item: { $dynamicAnchor: 'item', not: {} } },
  ...object({ data: { type: 'array', items: { $dynamicRef: '#item' } }, total: number }),
};
const paged = (name: string): Json => ({
  $id: `https://library.test/paged-${name}`,
  $ref: '#/components/schemas/Paged',
  $defs: { item: { $dynamicAnchor: 'item', ...ref(name) } },
});
const list = (id: string, gives: Json) => ({ get: call(id, { query: { page: number }, gives }) });

/** The schemas of a document, with references instead of dynamic ones. */
function bound(schemas: Json): Json {
  const spec = document({}, schemas) as Document;
  bindDynamicReferences(spec);
  return spec.components?.schemas as Json;
}

describe('a dynamic reference', () => {
  test('leads to the anchor of each schema that extends its own', () => {
    const paths = {
      '/books': list('books.list', paged('Book')),
      '/authors': list('authors.list', ref('PagedAuthors')),
    };
    const { model } = buildModel(
      document(paths, { Book, Author, Paged, PagedAuthors: paged('Author') }),
    );
    expect(model.operations.map(({ result }) => result)).toMatchObject([
      { kind: 'page', pageClass: 'NumberedPage', item: 'Book' },
      { kind: 'page', pageClass: 'NumberedPage', item: 'Author' },
    ]);
  });

  test('leads to the extending schema itself in a tree', () => {
    const Tree = {
      ...{ $id: 'tree', $dynamicAnchor: 'node' },
      ...object({ children: { type: 'array', items: { $dynamicRef: '#node' } } }),
    };
    const StrictTree = {
      ...{ $id: 'strict-tree', $dynamicAnchor: 'node', ...ref('Tree') },
      unevaluatedProperties: false,
    };
    const schemas = bound({ Tree, StrictTree });
    expect(schemas['Tree']).toMatchObject({
      properties: { children: { items: ref('Tree') } },
    });
    expect(schemas['StrictTree']).toEqual({
      ...{ $id: 'strict-tree', $dynamicAnchor: 'node', unevaluatedProperties: false },
      ...object({ children: { type: 'array', items: ref('StrictTree') } }),
    });
  });

  test('is bound behind other references, and beside keywords of its own', () => {
    const Envelope = object({ result: ref('Paged') });
    const Answer = { ...paged('Book'), ...ref('Envelope'), ...object({ ok: text }) };
    const { Answer: found } = bound({ Book, Paged, Envelope, Answer });
    expect(found).toMatchObject({
      properties: { ok: text },
      allOf: [{ properties: { result: { properties: { data: { items: ref('Book') } } } } }],
    });
  });

  test('leads to the only anchor of a document', () => {
    const schemas = {
      Tree: object({ child: { $dynamicRef: '#node' } }, []),
      Node: { $dynamicAnchor: 'node', ...object({ name: text }) },
    };
    expect(bound(schemas)['Tree']).toMatchObject({ properties: { child: ref('Node') } });
    const { model } = buildModel(
      document({ '/tree': { get: call('tree.get', { gives: ref('Tree') }) } }, schemas),
    );
    expect(model.operations).toHaveLength(1);
  });

  test('stays where two anchors of one resource have its name', () => {
    const schemas = {
      Tree: object({ child: { $dynamicRef: '#node' } }),
      A: { $dynamicAnchor: 'node', ...text },
      B: { $dynamicAnchor: 'node', ...number },
    };
    expect(bound(structuredClone(schemas))).toEqual(schemas);
  });

  test('leaves properties alone that are called like its keywords', () => {
    const Odd = object({ $id: text, $dynamicAnchor: text, item: { $dynamicRef: '#item' } });
    const schemas = bound({ Book, Odd, Used: { ...paged('Book'), ...ref('Odd') } });
    expect(schemas['Used']).toMatchObject({
      properties: { $id: text, $dynamicAnchor: text, item: ref('Book') },
    });
  });
});
