import { SpecProblems } from '@org/openapi';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildModel, type Resource } from '../src/index.ts';
import {
  call,
  cursor,
  document,
  flag,
  type Json,
  object,
  page,
  ref,
  text,
} from './support/document.ts';

const book = object({ id: text, title: text, archived: flag });
const books = page(ref('Book'), 'has_more', 'next');
const schemas = { Book: book, BookList: books };

const modelOf = (paths: Record<string, Json>, more: Json = schemas) =>
  buildModel(document(paths, more)).model;
const operationsOf = (paths: Record<string, Json>, more?: Json) =>
  Object.fromEntries(modelOf(paths, more).operations.map((operation) => [operation.id, operation]));
const behaviorsOf = (paths: Record<string, Json>, more?: Json) =>
  Object.fromEntries(modelOf(paths, more).operations.map(({ id, behavior }) => [id, behavior]));

const list = call('books.list', { query: cursor, gives: ref('BookList') });
const retrieve = call('books.retrieve', { gives: ref('Book') });

describe('arguments', () => {
  const { 'shelves.books.chapters.update': update, 'shelves.books.list': listed } = operationsOf({
    '/shelves/{shelf_id}/books': {
      get: call('shelves.books.list', {
        query: { ...cursor, limit: text },
        gives: ref('BookList'),
      }),
    },
    '/shelves/{shelf_id}/books/{book_id}/chapters/{chapter_id}': {
      put: call('shelves.books.chapters.update', {
        body: object({ title: text }),
        gives: ref('Book'),
      }),
    },
  });

  test('the last path parameter is positional, the earlier ones are named', () => {
    expect(update?.positional).toMatchObject({ name: 'chapter_id', argument: 'chapterID' });
    expect(update?.pathParams.map(({ name }) => name)).toEqual(['shelf_id', 'book_id']);
    expect(listed?.positional?.argument).toBe('shelfID');
    expect(listed?.pathParams).toEqual([]);
  });

  test('params are named after the call, and may be left out where nothing in them is required', () => {
    expect([update?.paramsType, update?.paramsOptional]).toEqual(['ChapterUpdateParams', false]);
    expect([listed?.paramsType, listed?.paramsOptional]).toEqual(['BookListParams', true]);
  });

  test.each<[string, Json, boolean]>([
    [
      'a body that is not required',
      { requestBody: { content: { 'application/json': { schema: ref('Book') } } } },
      true,
    ],
    [
      'a required body',
      { requestBody: { required: true, content: { 'application/json': { schema: ref('Book') } } } },
      false,
    ],
    [
      'a required query parameter',
      { parameters: [{ name: 'q', in: 'query', required: true, schema: text }] },
      false,
    ],
    [
      'an optional query parameter',
      { parameters: [{ name: 'q', in: 'query', schema: text }] },
      true,
    ],
  ])('params are optional or not by %s', (_, more, optional) => {
    const { 'books.find': find } = operationsOf({ '/find': { post: call('books.find', more) } });
    expect(find?.paramsOptional).toBe(optional);
  });

  test('parameters of the path are those of each operation, and an operation may state them anew', () => {
    const path = {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: text },
        { name: 'lang', in: 'query', schema: text },
      ],
    };
    const own = { parameters: [{ name: 'lang', in: 'query', required: true, schema: text }] };
    const operations = operationsOf({
      '/books/{id}': { ...path, get: retrieve, delete: call('books.delete', own) },
    });
    expect(operations['books.retrieve']?.query).toMatchObject([{ name: 'lang', required: false }]);
    expect(operations['books.delete']?.query).toMatchObject([{ name: 'lang', required: true }]);
  });
});

describe('pages', () => {
  const item = ref('Book');
  test.each<[string, Json, string]>([
    ['has_more and next', page(item, 'has_more', 'next', 'last_id'), 'NextCursorPage'],
    [
      'has_more and last_id',
      page(item, 'has_more', 'first_id', 'last_id'),
      'ConversationCursorPage',
    ],
    ['has_more', page(item, 'has_more'), 'CursorPage'],
    ['data alone', page(item), 'Page'],
    [
      'data in a part of allOf',
      { allOf: [object({ has_more: flag, next: text }), page(item)] },
      'NextCursorPage',
    ],
    [
      'data that may be null',
      object({ data: { anyOf: [{ type: 'array', items: item }, { type: 'null' }] } }),
      'Page',
    ],
  ])('%s', (_, gives, pageClass) => {
    const { 'books.list': listed } = operationsOf({
      '/books': { get: call('books.list', { query: cursor, gives }) },
    });
    expect(listed?.result).toMatchObject({ kind: 'page', pageClass, item: 'Book' });
  });

  test.each<[string, string, Json]>([
    ['a POST', 'post', page(item)],
    ['an object without data', 'get', book],
    ['data that is not an array', 'get', object({ data: text })],
  ])('%s gives a value', (_, method, gives) => {
    const { 'books.list': listed } = operationsOf({
      '/books': { [method]: call('books.list', { gives }) },
    });
    expect(listed?.result.kind).toBe('value');
  });

  test('a response without JSON is empty', () => {
    const { 'books.delete': deleted } = operationsOf({
      '/b/{id}': { delete: call('books.delete') },
    });
    expect(deleted?.result).toEqual({ kind: 'empty' });
  });
});

describe('names of types', () => {
  test("types of calls with the same name get their parent's name; the first keeps its name", () => {
    const query = { q: text };
    const { operations } = modelOf({
      '/users/{id}/roles': { get: call('users.roles.list', { query, gives: book }) },
      '/groups/{id}/roles': { get: call('groups.roles.list', { query, gives: book }) },
      '/roles': { get: call('roles.list', { query, gives: book }) },
    });
    expect(operations.map(({ paramsType }) => paramsType)).toEqual([
      'RoleListParams',
      'GroupRoleListParams',
      'RoleList2Params',
    ]);
    expect(operations.map(({ callName }) => callName)).toEqual([
      'RoleList',
      'RoleList',
      'RoleList',
    ]);
  });

  test('schemas that are stated in place are named after the call', () => {
    const { model, document: named } = buildModel(
      document({
        '/books': {
          get: call('books.list', { gives: page(object({ id: text })) }),
          post: call('books.create', {
            body: object({ title: text }),
            gives: object({ id: text }),
          }),
        },
      }),
    );
    expect(model.operations.map(({ result }) => result)).toMatchObject([
      { item: 'BookListResponse', type: 'BookListPage' },
      { type: 'BookCreateResponse' },
    ]);
    expect(Object.keys(named.components?.schemas ?? {}).sort()).toEqual([
      'BookCreateParams',
      'BookCreateResponse',
      'BookListPage',
      'BookListResponse',
    ]);
  });

  test('the document that is given is not changed', () => {
    const given = document({
      '/books': { get: call('books.list', { gives: page(object({ id: text })) }) },
    });
    const before = structuredClone(given);
    buildModel(given);
    expect(given).toEqual(before);
  });
});

describe('collections', () => {
  test('a list whose items are what is at P/{id} is a collection, named after its resource', () => {
    const { collections } = modelOf({
      '/books': { get: list },
      '/books/{book_id}': { get: retrieve },
    });
    expect(collections).toMatchObject([
      {
        name: 'books',
        path: '/books',
        itemParam: 'book_id',
        idProperty: 'id',
        scope: [],
        seed: 100,
        itemType: 'Book',
      },
    ]);
  });

  test('a nested one is scoped by the parameters of its path, each with the collection that it names an item of', () => {
    const nested = (id: string) => call(id, { query: cursor, gives: ref('BookList') });
    const { collections } = modelOf({
      '/v/libraries': { get: nested('v.libraries.list') },
      '/v/libraries/{library_id}/shelves': { get: nested('v.libraries.shelves.list') },
      '/v/libraries/{lib}/shelves/{shelf_id}/books': {
        get: nested('v.libraries.shelves.books.list'),
      },
      '/v/rooms/{room_id}/books': { get: nested('v.rooms.books.list') },
    });
    expect(collections.map(({ name, scope, seed }) => ({ name, scope, seed }))).toEqual([
      { name: 'libraries', scope: [], seed: 100 },
      {
        name: 'libraries.shelves',
        scope: [{ param: 'library_id', collection: 'libraries' }],
        seed: 3,
      },
      {
        name: 'libraries.shelves.books',
        scope: [
          { param: 'lib', collection: 'libraries' },
          { param: 'shelf_id', collection: 'libraries.shelves' },
        ],
        seed: 3,
      },
      { name: 'books', scope: [{ param: 'room_id', collection: undefined }], seed: 3 },
    ]);
  });

  test('two resources of one name keep apart: the later one takes its parent’s name along', () => {
    const { collections } = modelOf({
      '/a/books': { get: call('a.books.list', { query: cursor, gives: ref('BookList') }) },
      '/b/books': { get: call('b.books.list', { query: cursor, gives: ref('BookList') }) },
    });
    expect(collections.map(({ name }) => name)).toEqual(['books', 'b.books']);
  });

  test.each<[string, string, Json, string | undefined]>([
    ['the property of the parameter’s name', 'isbn', object({ id: text, isbn: text }), 'isbn'],
    ['`id`', 'book_id', object({ id: text, name: text }), 'id'],
    ['the last word of the parameter', 'book_slug', object({ slug: text }), 'slug'],
    ['none: it is only listed', 'book_id', object({ title: text }), 'id'],
    [
      'the last word of the parameter, before `id`',
      'book_no',
      object({ id: text, no: text }),
      'no',
    ],
    ['`_id`', 'id', object({ _id: text }), '_id'],
    ['an integer', 'book_id', object({ id: { type: 'integer' } }), 'id'],
    ['a name in another case', 'bookID', object({ book_id: text }), 'book_id'],
    ['none, where the id is an object', 'id', object({ id: object({ value: text }) }), undefined],
  ])('an item is identified by %s', (_, param, item, idProperty) => {
    const { collections } = modelOf(
      {
        '/books': {
          get: call('books.list', { query: cursor, gives: page(ref('Book'), 'has_more', 'next') }),
        },
        [`/books/{${param}}`]: { get: retrieve },
      },
      { Book: item },
    );
    expect(collections.map((collection) => collection.idProperty)).toEqual(
      idProperty === undefined ? [] : [idProperty],
    );
  });

  test.each<[string, Json, string]>([
    ['the property’s examples', { ...text, examples: ['bk_abc'] }, 'bk_'],
    ['an example of several words', { ...text, examples: ['api_key_abc'] }, 'api_key_'],
    ['an example without a prefix', { ...text, examples: ['3fa85f64'] }, ''],
    ['the resource’s name, without examples', text, 'rare_book_'],
  ])('ids begin as %s', (_, id, idPrefix) => {
    const { collections } = modelOf(
      { '/books': { get: call('rareBooks.list', { query: cursor, gives: ref('BookList') }) } },
      { Book: object({ id }), BookList: books },
    );
    expect(collections[0]?.idPrefix).toBe(idPrefix);
  });
});

describe('behaviors', () => {
  const item = (more: Json = {}) => ({
    '/books': { get: list, ...(more['collection'] as Json) },
    '/books/{book_id}': { get: retrieve, ...(more['item'] as Json) },
  });

  test('methods on a list and on its items', () => {
    const kinds = behaviorsOf(
      item({
        collection: { post: call('books.create', { gives: ref('Book') }) },
        item: {
          post: call('books.update', { gives: ref('Book') }),
          put: call('books.replace', { gives: ref('Book') }),
          delete: call('books.delete'),
        },
      }),
    );
    expect(kinds).toEqual({
      'books.list': {
        kind: 'list',
        collection: 'books',
        pageClass: 'NextCursorPage',
        paging: { items: ['data'], position: 'after', next: ['next'], hasMore: ['has_more'] },
      },
      'books.create': { kind: 'create', collection: 'books' },
      'books.retrieve': { kind: 'retrieve', collection: 'books' },
      'books.update': { kind: 'update', collection: 'books' },
      'books.replace': { kind: 'replace', collection: 'books' },
      'books.delete': { kind: 'delete', collection: 'books' },
    });
  });

  test.each<[string, Json]>([
    ['the id and a flag', object({ id: text, object: { const: 'book.deleted' }, deleted: flag })],
    ['a flag alone', object({ deleted: flag })],
    ['the item', ref('Book')],
  ])('a delete may answer with %s', (_, gives) => {
    const kinds = behaviorsOf(item({ item: { delete: call('books.delete', { gives }) } }));
    expect(kinds['books.delete']).toEqual({ kind: 'delete', collection: 'books' });
  });

  test('a create may answer with another schema, and name the item in its body', () => {
    const create = call('books.create', {
      body: object({ book_id: text }),
      gives: object({ object: { const: 'loan' }, book: ref('Book') }),
    });
    expect(behaviorsOf(item({ collection: { post: create } }))['books.create']).toEqual({
      kind: 'create',
      collection: 'books',
      id: 'book_id',
    });
  });

  test.each<[string, Json, string]>([
    ['the same reference', ref('Book'), 'retrieve'],
    ['an equal schema stated in place', structuredClone(book), 'retrieve'],
    [
      'nullable in another spelling',
      object({ id: text, title: { anyOf: [text, { type: 'null' }] } }),
      'retrieve',
    ],
    [
      'a schema with more properties',
      object({ id: text, title: text, pages: { type: 'integer' } }),
      'retrieve',
    ],
    ['a schema without the id', object({ title: text }), 'mocker'],
    ['a property of another type', object({ id: text, title: { type: 'integer' } }), 'mocker'],
  ])('a retrieve is held against the list’s items: %s', (_, gives, kind) => {
    const kinds = behaviorsOf({
      '/books': { get: list },
      '/books/{book_id}': { get: call('books.retrieve', { gives }) },
    });
    expect(kinds['books.retrieve']?.kind).toBe(kind);
  });

  test('objects of two kinds are not the same, whatever else they share', () => {
    const of = (kind: string) => object({ id: text, object: { const: kind } });
    const kinds = behaviorsOf(
      {
        '/books': {
          get: call('books.list', { query: cursor, gives: page(ref('A'), 'has_more', 'next') }),
        },
        '/books/{id}': { get: call('books.retrieve', { gives: ref('B') }) },
      },
      { A: of('a'), B: of('b') },
    );
    expect(kinds['books.retrieve']?.kind).toBe('mocker');
  });

  test('one object at a path without an id is a singleton, in the scope of its path', () => {
    const settings = object({ theme: text });
    const kinds = behaviorsOf({
      ...item(),
      '/books/{book_id}/settings': {
        get: call('books.settings.retrieve', { gives: settings }),
        post: call('books.settings.update', { body: settings, gives: settings }),
        delete: call('books.settings.reset'),
      },
    });
    const singleton = 'books.settings';
    const scope = [{ param: 'book_id', collection: 'books' }];
    expect(kinds).toMatchObject({
      'books.settings.retrieve': { kind: 'singleton.retrieve', singleton, scope },
      'books.settings.update': { kind: 'singleton.update', singleton, scope },
      'books.settings.reset': { kind: 'singleton.reset', singleton, scope },
    });
  });

  test('a POST on a verb of an item is an action if it answers with the item', () => {
    const kinds = behaviorsOf({
      ...item(),
      '/books/{book_id}/archive': {
        post: call('books.archive', { gives: ref('Book'), 'x-mock': { set: { archived: true } } }),
      },
      '/books/{book_id}/print': { post: call('books.print', { gives: object({ job: text }) }) },
    });
    expect(kinds['books.archive']).toEqual({
      kind: 'action',
      collection: 'books',
      set: { archived: true },
    });
    expect(kinds['books.print']).toEqual({ kind: 'mocker' });
  });

  test.each<[string, Json, boolean]>([
    [
      'PUT with the same schema',
      {
        put: call('site.settings.replace', {
          body: object({ theme: text }),
          gives: object({ theme: text }),
        }),
      },
      true,
    ],
    [
      'PATCH without an answer',
      { patch: call('site.settings.update', { body: object({ theme: text }, []) }) },
      true,
    ],
    [
      'POST that answers with something else',
      { post: call('site.settings.check', { gives: object({ job: text }) }) },
      false,
    ],
    ['DELETE alone', { delete: call('site.settings.reset') }, false],
  ])('a GET beside a %s: a singleton %#', (_, methods, isSingleton) => {
    const kinds = behaviorsOf({
      '/settings': {
        get: call('site.settings.retrieve', { gives: object({ theme: text }) }),
        ...methods,
      },
    });
    const kind = isSingleton ? 'singleton.retrieve' : 'mocker';
    expect(kinds['site.settings.retrieve']?.kind).toBe(kind);
  });

  test('an object that holds a list of objects is not a singleton', () => {
    const shelf = object({
      theme: text,
      books: { type: 'array', items: object({ title: text }) },
      tags: { type: 'array', items: object({ name: text }) },
    });
    const kinds = behaviorsOf({
      '/shelf': {
        get: call('site.shelf.retrieve', { gives: shelf }),
        put: call('site.shelf.replace', { body: shelf, gives: shelf }),
      },
    });
    expect(kinds['site.shelf.retrieve']).toEqual({ kind: 'mocker' });
  });

  test('an answer that wraps the item is about the item', () => {
    const wrapped = object({ book: ref('Book') });
    const kinds = behaviorsOf({
      '/books': {
        get: call('books.list', {
          gives: object({ books: { type: 'array', items: ref('Book') } }),
        }),
        post: call('books.create', {
          body: object({ book: object({ name: text }) }),
          gives: wrapped,
        }),
      },
      '/books/{book_id}': { get: call('books.retrieve', { gives: wrapped }) },
      '/books/{book_id}/archive': { post: call('books.archive', { gives: wrapped }) },
    });
    expect(Object.values(kinds).map(({ kind }) => kind)).toEqual([
      'list',
      'create',
      'retrieve',
      'action',
    ]);
  });

  test('paths of a list and of its items may end in .json or a slash', () => {
    for (const end of ['.json', '/']) {
      const kinds = behaviorsOf({
        [`/books${end}`]: { get: list },
        [`/books/{book_id}${end}`]: { get: retrieve },
      });
      expect(kinds['books.retrieve']).toEqual({ kind: 'retrieve', collection: 'books' });
    }
  });

  test('the reason lists the parameters that filter, and those that do nothing', () => {
    const query = { ...cursor, id: text, titles: text, sort: text, include: text };
    const { operations } = modelOf({
      '/books': {
        get: {
          ...call('books.list', { query, gives: ref('BookList') }),
          'x-mock': { filter: { titles: 'title' } },
        },
      },
      '/books/{book_id}': { get: retrieve },
    });
    expect(operations[0]?.reason).toContain(
      '; filters: `id`, `titles` (by `title`); no effect in the mock: `sort`, `include`',
    );
  });

  test('the number of a page has an effect where the next page has an address', () => {
    const links = object({ next: text });
    const { operations } = modelOf({
      '/books': {
        get: call('books.list', {
          query: { 'page[number]': { type: 'integer' }, sort: text },
          gives: object({ data: { type: 'array', items: ref('Book') }, links }),
        }),
      },
      '/books/{book_id}': { get: retrieve },
    });
    expect(operations[0]?.reason).toMatch(/LinkPage/);
    expect(operations[0]?.reason).toContain('no effect in the mock: `sort`');
    expect(operations[0]?.reason).not.toContain('page[number]');
  });

  test('operations without a convention are left to Prism, and every operation has a reason', () => {
    const { operations } = modelOf({
      ...item(),
      '/report': { get: call('report.get', { gives: book }) },
    });
    expect(operations.at(-1)?.behavior).toEqual({ kind: 'mocker' });
    expect(operations.every(({ reason }) => reason.length > 20)).toBe(true);
  });
});

describe('x-mock', () => {
  test('sets filter, seed and id, on the operation or on the path', () => {
    const create = call('books.create', { body: object({ name: text }), 'x-mock': { id: 'name' } });
    const paths = (onPath: Json, onList: Json) => ({
      '/books': {
        ...onPath,
        get: call('books.list', {
          query: { ...cursor, titles: text },
          gives: ref('BookList'),
          ...onList,
        }),
        post: create,
      },
    });
    const mock = { 'x-mock': { filter: { titles: 'title' }, seed: 7 } };
    for (const { collections, operations } of [
      modelOf(paths(mock, {})),
      modelOf(paths({}, mock)),
    ]) {
      expect(collections).toMatchObject([{ filter: { titles: 'title' }, seed: 7 }]);
      expect(operations[1]?.behavior).toEqual({ kind: 'create', collection: 'books', id: 'name' });
    }
  });
});

test('the tree of resources follows the ids, in the order of the document', () => {
  const { root, operations } = modelOf({
    '/a': { get: call('shop.books.list'), post: call('shop.books.create') },
    '/b': { get: call('shop.books.chapters.list') },
    '/c': { get: call('shop.auditLogs.list') },
  });
  expect(root.children).toMatchObject([
    {
      name: 'shop',
      className: 'Shop',
      operations: [],
      children: [
        {
          name: 'books',
          operations: ['shop.books.list', 'shop.books.create'],
          children: [{ name: 'chapters', path: ['shop', 'books', 'chapters'] }],
        },
        { name: 'auditLogs', className: 'AuditLogs' },
      ],
    },
  ]);
  expect(operations.map(({ action }) => action)).toEqual(['list', 'create', 'list', 'list']);
});

test('the mock’s base path is that of the server', () => {
  expect(modelOf({}).basePath).toBe('/v2');
  expect(buildModel({ ...document({}), servers: [{ url: '/' }] }).model.basePath).toBe('');
});

test('with any ids, each call is in the tree and has types of its own, or a problem is reported', () => {
  const segment = fc.constantFrom('a', 'b', 'things', 'thing', 'list', 'aB');
  const id = fc
    .array(segment, { minLength: 2, maxLength: 4 })
    .map((segments) => segments.join('.'));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 8 }), (ids) => {
      const paths = Object.fromEntries(
        ids.map((name, i) => [`/p${i}`, { get: call(name, { query: { q: text }, gives: book }) }]),
      );
      const isPrefix = ids.some((one, i) =>
        ids.some((other, k) => i !== k && (one === other || other.startsWith(`${one}.`))),
      );
      if (isPrefix) {
        expect(() => modelOf(paths)).toThrow(SpecProblems);
        return;
      }
      const { root, operations } = modelOf(paths);
      const types = operations.map(({ paramsType }) => paramsType);
      expect(new Set(types).size).toBe(ids.length);
      for (const { id: name } of operations) {
        const resource = name
          .split('.')
          .slice(0, -1)
          .reduce<Resource | undefined>(
            (node, step) => node?.children.find((child) => child.name === step),
            root,
          );
        expect(resource?.operations).toContain(name);
      }
    }),
  );
});
