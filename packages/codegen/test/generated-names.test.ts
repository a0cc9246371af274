import { expect, test } from 'vitest';
import { call, document, type Json, object, page, ref, text } from './support/document.ts';
import { compile, type GeneratedClient, generateClient } from './support/generated-client.ts';

const Book = object({ id: text });

function shop(more: Json): Json {
  return document(
    {
      '/books': { get: call('books.list', { gives: page(ref('Book')) }) },
      '/books/{id}': {
        get: call('books.retrieve', {
          gives: ref('Book'),
          responses: {
            200: {
              description: 'A book.',
              content: { 'application/json': { schema: ref('Book') } },
            },
            404: {
              description: 'None.',
              content: { 'application/json': { schema: object({ message: text }) } },
            },
          },
        }),
      },
    },
    { Book },
    { info: { title: 'Book shop', version: '1.0.0' }, ...more },
  );
}

const named: GeneratedClient = await generateClient(
  shop({ 'x-client': { name: 'Shop', aliases: ['Store', 'Books2'], env: 'SHOP' } }),
);
const untitled: GeneratedClient = await generateClient(shop({}));

test('the class and its errors have the names and aliases of the document', async () => {
  const { module } = named;
  const { default: Shop } = module;
  expect([module.Shop, module.Store, module.Books2, Shop.Store, Shop.Books2]).toEqual(
    Array(5).fill(Shop),
  );
  const { ShopError } = module;
  expect([module.StoreError, module.Books2Error, Shop.ShopError, Shop.StoreError]).toEqual(
    Array(4).fill(ShopError),
  );
  expect(Object.keys(module).filter((name) => /OrgClient|OpenAI|ClientError/.test(name))).toEqual(
    [],
  );
  expect(Shop.name).toBe('Shop');
  const client = new Shop({
    logLevel: 'off',
    fetch: async () => Response.json({ message: 'Gone' }, { status: 404 }),
  });
  const error = await client.books.retrieve('a').catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ShopError);
  expect(error).toBeInstanceOf(module.NotFoundError);
  const invalid = new ShopError('Invalid.');
  expect([invalid.name, `${invalid}`]).toEqual(['ShopError', 'ShopError: Invalid.']);
  expect(() => client.books.retrieve('')).toThrow(ShopError);
});

test('messages and docstrings say the name of the document', async () => {
  const { module, files } = named;
  expect(() => new module.Shop({ baseURL: 'https://a:b@c.test' })).toThrow(module.ShopError);
  expect(files['packages/client/api.md']).toContain(
    'Every method of the client, `Shop` (also exported as `Store`, `Books2`). Errors are instances of `ShopError` (also',
  );
  expect(files['packages/client/src/resources/books.gen.ts']).toContain('@throws {ShopError} `id`');
  for (const [path, content] of Object.entries(files))
    expect(content, path).not.toMatch(/OrgClient|OpenAI/);
});

test('programs compile with every name', () => {
  const program = `
import { BookShopClient, BookShopClientError } from './index.ts';
import { BookShopClientError as Again } from './error.ts';
const client: BookShopClient = new Client();
const error: BookShopClientError = new Again('x');
const alike: typeof BookShopClientError = BookShopClient.BookShopClientError;
const options: BookShopClient.RequestOptions = {};
void [client.books, error, alike, options];`;
  expect(compile(untitled, program)).toEqual([]);
  const aliases = `
import { Shop, Store, StoreError, type ShopError } from './index.ts';
import { Books2 } from './client.ts';
const client: Store = new Books2();
const error: ShopError = new Shop.StoreError('x');
const options: Store.RequestOptions = {};
// @ts-expect-error The name of the title is not used.
void Shop.BookShopClientError;
void [client.books, error, options, StoreError];`;
  expect(compile(named, aliases)).toEqual([]);
});

test('no name of the package can be the name of a client', async () => {
  const { clientExports } = await import('../src/model/client-core.ts');
  const { module, folder } = untitled;
  const { readFileSync } = await import('node:fs');
  const index = readFileSync(`${folder}/packages/client/src/index.ts`, 'utf8');
  const listed = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/^type /, '')),
  );
  const fixed = [...listed, ...Object.keys(module)].filter(
    (name) => name !== '' && name !== 'default' && !/^(BookShop|Book)/.test(name),
  );
  expect(fixed.length).toBeGreaterThan(40);
  for (const name of fixed) expect(clientExports).toContain(name);
});

test('a resource that is called like a class of JavaScript hides none', async () => {
  const names = ['object', 'record', 'promise', 'error', 'map', 'array', 'url'];
  const paths = Object.fromEntries(
    names.flatMap((name) => [
      [`/${name}`, { get: call(`${name}.retrieve`, { gives: ref('Book') }) }],
      [`/kinds/${name}`, { get: call(`kinds.${name}.retrieve`, { gives: ref('Book') }) }],
    ]),
  );
  const generated = await generateClient(document(paths, { Book }));
  const client = new generated.module.default({
    baseURL: 'https://a.test',
    fetch: async () => Response.json({ id: 'a' }),
  });
  for (const name of names)
    for (const resource of [client[name], client.kinds[name]])
      expect(await resource.retrieve()).toEqual({ id: 'a' });
  const program = `
const client = new Client({ baseURL: 'https://a.test' });
const books: Promise<{ id: string }>[] = [client.object.retrieve(), client.kinds.object.retrieve()];
void books;`;
  expect(compile(generated, program)).toEqual([]);
});
