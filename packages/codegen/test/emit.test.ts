import { describe, expect, test } from 'vitest';
import { emitMock } from '../src/emit/mock.ts';
import { emitReference } from '../src/emit/reference.ts';
import { emitResources } from '../src/emit/resources.ts';
import { unshare } from '../src/emit/share.ts';
import { emitTypes } from '../src/emit/types.ts';
import { buildModel } from '../src/infer/build-model.ts';
import type { MockAPI } from '../src/model/model.ts';
import {
  call,
  cursor,
  document,
  type Json,
  manyOperations,
  object,
  page,
  ref,
  text,
} from './support/document.ts';

const schemas = {
  Book: object({
    id: text,
    title: text,
    author: ref('Person'),
    tags: { type: 'array', items: ref('Tag') },
  }),
  Person: object({ name: text }),
  Tag: object({ label: text }),
  Error: object({ message: text }),
};
const built = (paths: Record<string, Json>, more: Json = schemas) =>
  buildModel(document(paths, more));
const books = page(ref('Book'), 'has_more', 'next');

/** The one file that a single resource is generated into. */
function resource(path: string, item: Json): string {
  const files = emitResources(built({ [path]: item }));
  return files['packages/client/src/resources/books.gen.ts'] ?? '';
}

describe('a method', () => {
  const body = object({ title: text });
  const limit = { limit: { type: 'integer', minimum: 1, maximum: 9, default: 3 } };
  test.each<[string, string, Json, string, string]>([
    [
      'without arguments',
      '/books',
      { get: call('books.count', { gives: ref('Book') }) },
      'count(options?: RequestOptions): APIPromise<Book>',
      `call('get', '/books', undefined, options)`,
    ],
    [
      'that gives nothing',
      '/books/{book_id}',
      { delete: call('books.delete') },
      'delete(bookID: string, options?: RequestOptions): APIPromise<void>',
      `call('delete', '/books/{book_id}', { path: { book_id: bookID }, result: 'none' }, options)`,
    ],
    [
      'with a body',
      '/books/{id}',
      { patch: call('books.update', { body, gives: ref('Book') }) },
      'update(id: string, body: BookUpdateParams, options?: RequestOptions): APIPromise<Book>',
      `call('patch', '/books/{id}', { path: { id }, body }, options)`,
    ],
    [
      'with an earlier path parameter and a body',
      '/shelves/{shelf_id}/books/{id}',
      { put: call('books.replace', { body, gives: ref('Book') }) },
      'replace(id: string, params: BookReplaceParams, options?: RequestOptions): APIPromise<Book>',
      `const { shelf_id, ...body } = params ?? {};`,
    ],
    [
      'with a query and a body',
      '/books',
      { post: call('books.create', { query: { 'dry-run': text }, body }) },
      'create(params: BookCreateParams, options?: RequestOptions): APIPromise<void>',
      `const { 'dry-run': dryRun, ...body } = params ?? {};`,
    ],
    [
      'with a query and a body, neither of which the client makes up',
      '/books',
      { post: call('books.create', { query: { 'dry-run': text }, body }) },
      'create(params: BookCreateParams, options?: RequestOptions)',
      `call('post', '/books', { query: { 'dry-run': dryRun }, body: params && body, result: 'none' }, options)`,
    ],
    [
      'with a body that may be left out',
      '/books/{id}',
      {
        patch: call('books.update', {
          requestBody: { content: { 'application/json': { schema: body } } },
        }),
      },
      'update(id: string, body?: BookUpdateParams | null, options?: RequestOptions): APIPromise<void>',
      `call('patch', '/books/{id}', { path: { id }, body: body ?? null, result: 'none' }, options)`,
    ],
    [
      'that lists',
      '/books',
      { get: call('books.list', { query: { ...cursor, ...limit }, gives: books }) },
      'list(query?: QueryOrOptions<BookListParams> | null, options?: RequestOptions): PagePromise<NextCursorPage<Book>, Book>',
      `list(NextCursorPage<Book>, '/books', { query }, options)`,
    ],
    [
      'that lists in a scope of two parents',
      '/a/{a_id}/b/{b_id}/books',
      { get: call('books.list', { query: cursor, gives: books }) },
      'list(bID: string, params: BookListParams, options?: RequestOptions): PagePromise',
      `const { a_id, ...query } = params ?? {};`,
    ],
    [
      'with a query parameter that is called like a request option',
      '/books',
      { get: call('books.list', { query: { ...cursor, timeout: text }, gives: books }) },
      'list(query?: QueryOrOptions<BookListParams>',
      `own: ['timeout']`,
    ],
    [
      'whose path parameter is a word of the language',
      '/books/{class}',
      { get: call('books.byClass', { gives: ref('Book') }) },
      'byClass(class_: string,',
      `{ path: { class: class_ } }`,
    ],
  ])('%s', (_, path, item, signature, statement) => {
    const code = resource(path, item);
    expect(code).toContain(signature);
    expect(code).toContain(statement);
  });

  test('has a docstring of its description, arguments with bounds, errors and an example', () => {
    const code = resource('/books/{book_id}', {
      get: call('books.retrieve', {
        query: limit,
        gives: ref('Book'),
        description: 'Returns a book. Ends no comment: */',
        deprecated: true,
        responses: {
          200: { description: 'The book.' },
          404: { description: 'No such book' },
          503: { description: 'Closed' },
        },
      }),
    });
    for (const line of [
      'Returns a book. Ends no comment: \\*\\/',
      '@param query.limit 1 to 9, default 3.',
      '@throws {LibraryClientError} `bookID` is empty',
      '@throws {NotFoundError} No such book.',
      '@throws {InternalServerError} Closed.',
      '@deprecated',
      "await client.books.retrieve('book_id');",
    ]) {
      expect(code).toContain(line);
    }
  });
});

test('a resource whose name is also that of a type or of its parent imports it under another', () => {
  const files = emitResources(
    built(
      {
        '/a': { get: call('library.books.list', { gives: ref('Books') }) },
        '/b': { get: call('library.books.books.list', { gives: ref('Books') }) },
      },
      { Books: object({ id: text }) },
    ),
  );
  const code = files['packages/client/src/resources/library/books.gen.ts'] ?? '';
  expect(code).toContain("import type { Books as BooksType } from '@org/types';");
  expect(code).toContain("import { Books as BooksResource } from './books/books.gen.ts';");
  expect(code).toContain('readonly books: BooksResource = new BooksResource(this._client);');
});

test('a resource of the root whose name is that of a schema gets a class of another name', () => {
  const files = emitResources(
    built(
      { '/pets': { get: call('pet.retrieve', { gives: ref('Pet') }) } },
      { Pet: object({ id: text }), PetResource: object({ id: text }) },
    ),
  );
  const code = files['packages/client/src/resources/pet.gen.ts'] ?? '';
  expect(code).toContain("import type { Pet } from '@org/types';");
  expect(code).toContain('export class PetResourceResource extends APIResource');
  expect(files['packages/client/src/client.gen.ts']).toContain(
    'readonly pet: PetResourceResource = new PetResourceResource(this._client);',
  );
});

test('an index has a resource and its children, each name once, and the namespace has their types', () => {
  const files = emitResources(
    built({
      '/books': { get: call('library.books.list', { query: cursor, gives: books }) },
      '/shelves': { get: call('library.shelves.list', { query: cursor, gives: books }) },
    }),
  );
  const folder = 'packages/client/src/resources';
  expect(files[`${folder}/library/index.gen.ts`]?.split('\n').slice(2, 5)).toEqual([
    "export { Library } from '../library.gen.ts';",
    "export { Books, type Book, type BookListParams, type BooksPage, type BookListResponse, type BookListResponsesPage } from './books.gen.ts';",
    "export { Shelves, type ShelfListParams, type ShelfListResponse, type ShelfListResponsesPage } from './shelves.gen.ts';",
  ]);
  expect(files[`${folder}/index.gen.ts`]).toContain("export { Library } from './library.gen.ts';");
  expect(files[`${folder}/library/books/index.gen.ts`]).toBeUndefined();
  const library = files[`${folder}/library.gen.ts`] ?? '';
  // `Person` and `Tag` are parts of a book.
  for (const name of ['Books', 'Shelves', 'type Book', 'type ShelfListParams', 'type Person']) {
    expect(library).toMatch(new RegExp(`^ +${name},$`, 'm'));
  }
  expect(library).toContain('Object.assign(this, { Books, Shelves });');
});

describe('the client', () => {
  const clientOf = (paths: Record<string, Json>) =>
    emitResources(built(paths))['packages/client/src/client.gen.ts'] ?? '';

  test('has every resource of the root as a property and as a name in its namespace', () => {
    const code = clientOf({
      '/books': { get: call('books.list', { query: cursor, gives: books }) },
      '/staff': { get: call('library.staff.list', { gives: ref('Person') }) },
    });
    expect(code).toContain("import { Books } from './resources/books.gen.ts';");
    expect(code).toContain("import { Library } from './resources/library.gen.ts';");
    expect(code).toContain("export type { BooksPage } from './resources/books.gen.ts';");
    expect(code).toContain('export type { Library };');
    const [, declared = '', namespace = ''] =
      /class LibraryClient extends BaseClient \{(.*?)\n\}.*declare namespace LibraryClient \{(.*?)\n\}/s.exec(
        code,
      ) ?? [];
    expect(declared).toContain('readonly books: Books = new Books(this._client);');
    expect(declared).toContain('readonly library: Library = new Library(this._client);');
    for (const name of ['Books', 'Library', 'Page', 'type RequestOptions']) {
      expect(namespace).toMatch(new RegExp(`^ +${name},$`, 'm'));
    }
  });

  test('shows a call of the document as its example', () => {
    const code = clientOf({
      '/books/{id}': { get: call('books.retrieve', { gives: ref('Book') }) },
    });
    expect(code).toContain(" * const result = await client.books.retrieve('id');");
  });

  test('names a resource that is called like a type of the core, and leaves that type out', () => {
    const code = clientOf({ '/page': { get: call('page.retrieve', { gives: ref('Book') }) } });
    expect(code.match(/^ +Page,$/gm)).toHaveLength(1);
    expect(code).toContain("import { Page } from './resources/page.gen.ts';");
    expect(code).not.toMatch(/import \{[^}]*\bPage\b[^}]*\} from '.\/core\/page.ts'/);
  });
});

describe('types', () => {
  const declarations = async (paths: Record<string, Json>) =>
    (await emitTypes(built(paths)))['packages/types/src/openapi.gen.d.ts'] ?? '';

  test('each schema is an interface of its name, and others refer to it by that name', async () => {
    const code = await declarations({ '/a': { get: call('books.get', { gives: ref('Book') }) } });
    expect(code).toContain('export interface Book {\n    author: Person;\n');
    expect(code).toContain('tags: Tag[];');
    expect(code).toContain('        Book: Book;');
    expect(code).not.toContain('components["schemas"]');
  });

  test('a schema that is named like a global keeps its key and gets another name', async () => {
    const code = await declarations({});
    expect(code).toContain('export interface ErrorObject {');
    expect(code).toContain('        Error: ErrorObject;');
  });

  test('the parts of an object have names within it', async () => {
    expect(await declarations({})).toContain(
      'export declare namespace Book {\n    export { type Person as Author, type Tag };\n}',
    );
  });

  test('a comment is the description with one example, and without what the type says', async () => {
    const described = {
      ...text,
      format: 'uuid',
      description: 'Identifies the book',
      deprecated: true,
      examples: ['a', 'b'],
    };
    const kind = { const: 'book', description: 'The kind of object.' };
    const given = buildModel(document({}, { Book: object({ id: described, kind }) }));
    const code = (await emitTypes(given))['packages/types/src/openapi.gen.d.ts'];
    expect(code).toContain(
      [
        '    /**',
        '     * Identifies the book. Format: uuid.',
        '     * @deprecated',
        '     * @example a',
        '     */',
        '    id: string;',
        '    /** The kind of object. */',
        '    kind: "book";',
      ].join('\n'),
    );
  });

  test('an example that is an array stays on one line', async () => {
    const tags = { type: 'array', items: text, description: 'Labels.', example: ['a', 'b'] };
    const given = buildModel(document({}, { Book: object({ tags }) }));
    const code = (await emitTypes(given))['packages/types/src/openapi.gen.d.ts'];
    expect(code).toContain('     * @example [ "a", "b" ]\n     */\n    tags: string[];');
  });

  test('a value that looks like a comment or a reference stays as it is', async () => {
    const values = ['components["schemas"]["Person"]', '\n/** @example a */\n', 'Person'];
    const given = buildModel(
      document(
        {},
        { Book: object({ kind: { enum: values }, author: ref('Person') }), Person: object({}) },
      ),
    );
    const code = (await emitTypes(given))['packages/types/src/openapi.gen.d.ts'] ?? '';
    expect(code).toContain('    author: Person;\n');
    expect(code).toContain(
      `    kind: ${values.map((value) => JSON.stringify(value)).join(' | ')};`,
    );
  });

  test('an operation without a body does not mention one', async () => {
    const code = await declarations({
      '/books': {
        get: call('books.get', { gives: ref('Book') }),
        post: call('books.create', { body: ref('Book') }),
      },
    });
    expect(code.match(/requestBody/g)).toHaveLength(1);
    expect(code).not.toMatch(/requestBodies|pathItems/);
  });

  test('a path has the methods that the document gives it, and no others', async () => {
    const code = await declarations({
      '/books/{id}': {
        get: call('books.retrieve', { gives: ref('Book'), summary: 'Retrieve a book' }),
      },
    });
    expect(code).toContain(
      [
        'export interface paths {',
        '    "/books/{id}": {',
        '        /** Retrieve a book */',
        '        get: operations["books.retrieve"];',
        '    };',
        '}',
      ].join('\n'),
    );
  });

  test('params hold earlier path parameters and the query', async () => {
    const code = await declarations({
      '/a/{a_id}/b/{b_id}/books': { get: call('books.list', { query: cursor, gives: books }) },
    });
    expect(code).toMatch(/interface BookListParams \{\s+a_id: string;\s+after\?: string;\s+\}/);
  });

  test('an operation takes null as a cursor, where it is a list', async () => {
    const code = await declarations({
      '/books': { get: call('books.list', { query: cursor, gives: books }) },
      '/audit': { get: call('audit.retrieve', { query: cursor, gives: ref('Book') }) },
    });
    const operations = code.slice(code.indexOf('export interface operations'));
    expect(operations).toMatch(
      /"books\.list": \{\s+parameters: \{\s+query\?: \{\s+after\?: string \| null;/,
    );
    expect(operations).toMatch(
      /"audit\.retrieve": \{\s+parameters: \{\s+query\?: \{\s+after\?: string;/,
    );
  });

  test('a body and path parameters are one object', async () => {
    const code = await declarations({
      '/a/{a_id}/books/{id}': {
        put: call('books.replace', { body: ref('Person'), gives: ref('Book') }),
      },
    });
    expect(code).toContain(
      'export interface BookReplaceParams extends Person {\n    a_id: string;\n}',
    );
  });
});

describe('the mock’s file', () => {
  const apiOf = async (built_: ReturnType<typeof built>): Promise<MockAPI> =>
    JSON.parse((await emitMock(built_))['packages/mock/src/api.gen.json'] ?? '');

  test("has the operations in Prism's format, and the mock's behavior for each", async () => {
    const {
      shared,
      operations,
      schemas: items,
      ...api
    } = await apiOf(
      built({ '/books': { get: call('books.list', { query: cursor, gives: books }) } }),
    );
    expect(api).toMatchObject({
      title: 'Library',
      basePath: '/v2',
      behaviors: { 'books.list': { kind: 'list', collection: 'books' } },
      calls: {
        'books.list': {
          method: 'client.books.list',
          arguments: [
            { name: 'query', type: 'BookListParams', optional: true, properties: ['after'] },
          ],
          returns: 'NextCursorPage<Book>',
        },
      },
    });
    expect(unshare(operations, shared)).toMatchObject([
      { iid: 'books.list', path: '/books', method: 'get' },
    ]);
    expect(unshare(items, shared)).toMatchObject({
      books: { properties: { id: { type: 'string' } } },
    });
  });

  test('schemas that refer to themselves find what they refer to, in operations and on their own', async () => {
    const tree = object({ id: text, children: { type: 'array', items: ref('Tree') } });
    const {
      shared,
      operations,
      schemas: items,
    } = await apiOf(
      built(
        {
          '/a': {
            get: call('a.list', { query: cursor, gives: page(ref('Tree'), 'has_more', 'next') }),
          },
          '/b': {
            get: call('b.list', { query: cursor, gives: page(ref('Tree'), 'has_more', 'next') }),
          },
        },
        { Tree: tree },
      ),
    );
    for (const root of [...unshare(operations, shared), ...Object.values(unshare(items, shared))]) {
      const references = [...JSON.stringify(root).matchAll(/"\$ref":"#\/__bundled__\/([^"]+)"/g)];
      const { __bundled__ } = root as { __bundled__: Json };
      expect(references.length).toBeGreaterThan(0);
      for (const [, name = ''] of references) expect(__bundled__).toHaveProperty([name]);
    }
  });

  test('a described reference to the schema that it is in refers to that schema', async () => {
    const node = object({
      id: text,
      parent: { description: 'The node above.', ...ref('Node') },
      other: { description: 'Of another kind.', ...ref('Leaf') },
    });
    const { shared, operations } = await apiOf(
      built(
        { '/a/{id}': { get: call('a.retrieve', { gives: ref('Node') }) } },
        { Node: node, Leaf: object({ id: text }) },
      ),
    );
    const [operation] = unshare(operations, shared) as [{ responses: Json[]; __bundled__: Json }];
    const whole = JSON.stringify(operation);
    expect(whole).not.toContain('"properties":{"$ref"');
    expect(whole).toMatch(/"parent":\{"description":"The node above.","\$ref":"[^"]+"\}/);
    expect(whole).toContain('"other":{"description":"Of another kind.","type":"object"');
  });
});

test('generated files grow no faster than the document', async () => {
  const sizeOf = async (count: number) => {
    const model = buildModel(manyOperations(count));
    const files = {
      ...(await emitTypes(model)),
      ...(await emitMock(model)),
      ...emitResources(model),
      ...emitReference(model),
    };
    return Object.values(files).join('').length;
  };
  const [few, many] = [await sizeOf(40), await sizeOf(160)];
  expect(many / few).toBeLessThan(4.4);
});

test('the same document gives the same bytes', async () => {
  const of = async () =>
    JSON.stringify([
      await emitTypes(buildModel(manyOperations(20))),
      await emitMock(buildModel(manyOperations(20))),
    ]);
  expect(await of()).toBe(await of());
});

test('the reference has every method, its HTTP operation and its arguments', () => {
  const text_ = emitReference(
    built({
      '/books/{book_id}': {
        get: call('books.retrieve', {
          query: { lang: { ...text, enum: ['en', 'de'] } },
          gives: ref('Book'),
        }),
      },
    }),
  )['packages/client/api.md'];
  expect(text_).toContain(
    'client.books.retrieve(bookID: string, query?: BookRetrieveParams | null, options?: RequestOptions): APIPromise<Book>',
  );
  expect(text_).toContain('| `query.lang?` | `string` | One of "en", "de". |');
  expect(text_).toContain('`GET /books/{book_id}`');
});
