import { describe, expect, test } from 'vitest';
import { emitMock } from '../src/emit/mock.ts';
import { emitResources } from '../src/emit/resources.ts';
import { emitTypes } from '../src/emit/types.ts';
import { buildModel } from '../src/infer/build-model.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';

// What documents of other people have, and this repository's has not.

const Book = object({ id: text });

async function files(paths: Record<string, Json>, schemas: Json = { Book }, more: Json = {}) {
  const built = buildModel(document(paths, schemas, more));
  return { ...emitResources(built), ...(await emitTypes(built)), ...(await emitMock(built)) };
}

describe('a path parameter', () => {
  const method = async (schema: Json, name = 'id') => {
    const item = {
      get: call('books.get', { gives: ref('Book') }),
      parameters: [{ name, in: 'path', required: true, schema }],
    };
    const made = await files(
      { [`/books/{${name}}`]: item },
      { Book, ID: { type: 'integer' }, Kind: { type: 'string', enum: ['a', "b'c"] } },
    );
    return made['packages/client/src/resources/books.gen.ts'];
  };

  test.each<[string, Json, string]>([
    ['an integer behind a reference', ref('ID'), 'number'],
    ['an integer in an allOf', { allOf: [ref('ID')] }, 'number'],
    ['a value of a list', ref('Kind'), `'a' | 'b\\'c'`],
    ['a number of a list', { type: 'integer', enum: [1, 2] }, '1 | 2'],
    ['a constant', { const: 'me' }, `'me'`],
    ['a text or a number', { oneOf: [text, { type: 'integer' }] }, 'string | number'],
    ['unknown', {}, 'string'],
  ])('that is %s is typed as that', async (_, schema, type) => {
    expect(await method(schema)).toContain(`get(id: ${type}, options?: RequestOptions)`);
  });

  test('whose name is not an identifier keeps its name in the path', async () => {
    const code = await method(text, 'book-id');
    expect(code).toContain(`'/books/{book-id}', { path: { 'book-id': `);
    expect(code).not.toMatch(/get\(book-id/);
  });
});

test('a webhook may refer to schemas that no path needs', async () => {
  const webhooks = {
    sold: {
      post: {
        requestBody: { content: { 'application/json': { schema: ref('Sale') } } },
        responses: {},
      },
    },
  };
  for (const key of ['webhooks', 'x-webhooks']) {
    const made = await files(
      { '/books': { get: call('books.get', { gives: ref('Book') }) } },
      { Book, Sale: object({ price: text }) },
      { [key]: webhooks },
    );
    expect(made['packages/mock/src/api.gen.json']).toContain('books.get');
  }
});

test('types are generated without changing the document that the mock is made from', async () => {
  const schemas = {
    Book,
    Message: { oneOf: [ref('UserMsg')], discriminator: { propertyName: 'role' } },
    UserMsg: object({ role: text }),
  };
  const built = buildModel(
    document({ '/m': { get: call('messages.get', { gives: ref('Message') }) } }, schemas),
  );
  const before = JSON.stringify(built.document);
  await emitTypes(built);
  expect(JSON.stringify(built.document)).toBe(before);
});

test('an object without properties allows any', async () => {
  const made = await files(
    { '/books': { get: call('books.get', { gives: ref('Book') }) } },
    { Book: object({ metadata: { type: 'object' } }) },
  );
  const types = made['packages/types/src/openapi.gen.d.ts'];
  expect(types).toContain('metadata: Record<string, unknown>;');
  expect(types).not.toContain('Record<string, never>;\n}\nexport declare');
});

test('a document without lists imports nothing that it does not use', async () => {
  const made = await files({ '/books': { get: call('books.get', { gives: ref('Book') }) } });
  const code = made['packages/mock/src/api.gen.ts'] ?? '';
  expect(code).toContain("import type { Book } from '@org/types';");
  expect(code).not.toContain('./collection.ts');
});

test.each(['Page', 'APIPromise', 'RequestOptions', 'APIResource', 'Collection', 'OrgClient'])(
  'the type of a schema called %s has a name of its own',
  async (name) => {
    const made = await files(
      { '/books': { get: call('books.get', { gives: ref(name) }) } },
      { [name]: Book },
    );
    expect(made['packages/types/src/openapi.gen.d.ts']).toContain(
      `export interface ${name}Object `,
    );
    expect(made['packages/client/src/resources/books.gen.ts']).toContain(
      `APIPromise<${name}Object>`,
    );
  },
);
