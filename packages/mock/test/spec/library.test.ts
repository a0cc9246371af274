import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMock, loadAPI, startMock } from '../../src/index.ts';
import { library, petShop } from '../support/pet-shop.ts';

let folder: string;
let main: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
  main = join(folder, 'openapi.yaml');
  for (const [path, text] of Object.entries(library)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('loadAPI', () => {
  test("reads a file, and describes the mock's behavior for each operation", async () => {
    const api = await loadAPI(main);
    expect(api.title).toBe('Library');
    expect(api.files).toEqual(
      ['openapi.yaml', 'paths/books.yaml', 'limit.yaml', 'schemas/book.yaml'].map((file) =>
        join(folder, file),
      ),
    );
    expect(api.operations.map(({ id, behavior, subject }) => [id, behavior, subject])).toEqual([
      ['books.list', 'list', 'books'],
      ['books.create', 'create', 'books'],
      ['books.retrieve', 'retrieve', 'books'],
      ['books.delete', 'delete', 'books'],
    ]);
  });

  test('reads data in an extension that looks like a schema', async () => {
    const Thing = { type: 'object', 'x-form': { properties: { a: null } } };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } };
    const api = await loadAPI({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: { '/things': { get: { responses: { 200: { description: 'OK', content } } } } },
      components: { schemas: { Thing } },
    });
    expect([api.operations.length, api.warnings]).toEqual([1, []]);
  });

  test('reads an object without changing it', async () => {
    const document = parse(petShop);
    const api = await loadAPI(document);
    expect(document).toEqual(parse(petShop));
    expect([api.title, api.files]).toEqual(['Pet shop', []]);
    expect(api.operations.map(({ id, given }) => [id, given])).toEqual([
      ['pets.list', 'listPets'],
      ['pets.create', 'addPet'],
      ['pets.retrieve', undefined],
      ['pets.delete', 'delete'],
      ['pets.photo', 'uploadPhoto'],
    ]);
  });

  test.each<[string, unknown, string]>([
    ['a file that is missing', '/none/openapi.yaml', '`/none/openapi.yaml` does not exist.'],
    ['a URL', 'https://a.test/openapi.yaml', 'URLs are never fetched. Save it first: curl'],
    ['an empty object', {}, 'found no key `openapi`'],
    ['an array', [], 'found no key `openapi`'],
    ['another version', { openapi: '2.0' }, 'found OpenAPI 2.0'],
    [
      'a reference of an object to a file',
      { openapi: '3.1.0', paths: { '/a': { $ref: 'a.yaml' } } },
      '`a.yaml` cannot be read: the document is an object. Pass the path of its file instead.',
    ],
    [
      'a reference to nothing, with its path in the object',
      { openapi: '3.1.0', paths: { '/a': { $ref: '#/b' } } },
      'paths › /a',
    ],
    ['null', null, 'not null'],
    ['a number', 5, 'not number'],
  ])('refuses %s', async (_, source, message) => {
    await expect(loadAPI(source as object)).rejects.toThrow(message);
  });

  test('refuses an object that contains itself', async () => {
    const document: Record<string, unknown> = { openapi: '3.1.0', paths: {} };
    document['x-self'] = document;
    await expect(loadAPI(document)).rejects.toThrow('circular');
  });
});

describe('a mock of a loaded API', () => {
  test('keeps data of its own, answers by handlers, and fails by rules', async () => {
    const api = await loadAPI(main);
    await using mock = createMock({
      api,
      data: { books: [{ id: 'emma', title: 'Emma' }] },
      faults: [{ status: 503, match: { operation: 'books.delete' } }],
    });
    const ask = async (path: string, method = 'GET') => {
      const response = await mock.fetch(`http://library.test${path}`, { method });
      return { status: response.status, body: await response.text() };
    };
    expect(JSON.parse((await ask('/books')).body).data).toEqual([{ id: 'emma', title: 'Emma' }]);
    mock.data['books']?.add({ title: 'Persuasion' });
    expect(mock.data['books']?.size).toBe(2);
    mock.handle('books.retrieve', ({ params }) => ({ id: params['book_id'], title: 'Handled' }));
    expect(JSON.parse((await ask('/books/emma')).body).title).toBe('Handled');
    expect((await ask('/books/emma', 'DELETE')).status).toBe(503);
    expect((await ask('/organization/users')).status).toBe(404);
  });

  test('two mocks of one API share nothing', async () => {
    const api = await loadAPI(main);
    const [one, other] = [createMock({ api }), createMock({ api })];
    one.data['books']?.add({ title: 'Emma' });
    expect(other.data['books']?.size).toBe(100);
    expect(createMock().data.users.size).toBe(100);
  });

  test('startMock reads the document that `spec` names', async () => {
    await using mock = await startMock({ spec: main, data: { books: 2 } });
    const response = await fetch(`${mock.url}/books`);
    expect(((await response.json()) as { data: object[] }).data).toHaveLength(2);
  });

  test.each<[string, object, string]>([
    ['a promise', { api: Promise.resolve() }, 'write api: await loadAPI(…)'],
    ['a document', { api: { openapi: '3.1.0' } }, 'api must be the result of loadAPI'],
    ['null', { api: null }, 'api must be the result of loadAPI'],
    ['spec, which startMock has', { spec: 'a.yaml' }, 'startMock has it'],
  ])('createMock refuses %s', (_, options, message) => {
    expect(() => createMock(options)).toThrow(message);
  });

  test('startMock refuses both, and a spec that is not a path', async () => {
    const api = await loadAPI(main);
    await expect(startMock({ api, spec: main } as object)).rejects.toThrow('contradict');
    await expect(startMock({ spec: 5 } as object)).rejects.toThrow('spec must be the path');
    await expect(startMock({ spec: join(folder, 'none.yaml') })).rejects.toThrow('does not exist');
  });
});
