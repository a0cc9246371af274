import { expect, test } from 'vitest';
import { buildModel, generate } from '../src/index.ts';
import { inferAPI } from '../src/mock-api.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';
import { compile, generateClient } from './support/generated-client.ts';

// `x-client: { ignore: true }`: the client has no method, and the mock serves the operation.

const cookie = { name: 'session', in: 'cookie', required: true, schema: text };
const query = { name: 'id', in: 'query', schema: text };
const login = (more: Json = {}): Json => ({
  ...call('sessions.create', { body: object({ id: text }), gives: ref('Session') }),
  parameters: [cookie, query],
  security: [{ session: [] }],
  servers: [{ url: 'https://login.test' }],
  ...more,
});
const spec = (more: Json): Json => ({
  ...document(
    {
      '/books': { get: call('books.retrieve', { gives: ref('Book') }) },
      '/sessions': { post: login(more) },
      '/timeout': { get: { ...call('timeout.retrieve', { gives: ref('Book') }), ...more } },
    },
    {
      Book: object({ id: text }),
      Session: object({ id: text }),
      ErrorObject: object({ message: text }),
    },
  ),
});
const ignored = { 'x-client': { ignore: true } };

test('an ignored operation is in the mock, and not in the client, whatever its problems are', async () => {
  await expect(generate(spec({}))).rejects.toThrow('timeout');
  const { files, listed, model } = await generate(spec(ignored));
  expect(model.operations.map(({ id }) => id)).toEqual(['books.retrieve']);
  expect(model.root.children.map(({ name }) => name)).toEqual(['books']);
  expect(files['packages/client/api.md']).not.toContain('session');
  const ignoring = listed.filter(({ id }) => id === 'ignored-operation');
  expect(ignoring.map(({ message }) => message)).toEqual([
    '`sessions.create` has no method in the client, as its `x-client.ignore` says. The mock serves it.',
    '`timeout.retrieve` has no method in the client, as its `x-client.ignore` says. The mock serves it.',
  ]);
  // Nothing else is said of them.
  expect(listed.filter(({ place }) => place.includes('sessions'))).toHaveLength(1);
  const mock = JSON.parse(files['packages/mock/src/api.gen.json'] ?? '');
  expect(Object.keys(mock.behaviors)).toEqual([
    'books.retrieve',
    'sessions.create',
    'timeout.retrieve',
  ]);
  expect(mock.calls['sessions.create'].method).toBe('');
  expect(files['packages/mock/src/api.gen.ts']).toContain("'sessions.create': {");
  // The mock that reads a document when it starts knows it as well.
  const { operations } = await inferAPI(spec(ignored));
  expect(operations.map(({ id }) => id)).toContain('sessions.create');
});

test('the mock repairs what no request could have', async () => {
  const odd = { description: 'A file.', content: { json: { schema: ref('Book') } } };
  const get = { ...call('files.retrieve', ignored), responses: { 200: odd } };
  const { files } = await generate(
    document(
      {
        '/files/{+path}': { get },
        '/books': { get: call('books.retrieve', { gives: ref('Book') }) },
      },
      { Book: object({ id: text }), ErrorObject: object({ message: text }) },
    ),
  );
  const mock = files['packages/mock/src/api.gen.json'];
  expect(mock).toContain('"/files/{path}"');
  expect(mock).not.toContain('"mediaType":"json"');
});

test('a client without an ignored operation compiles', async () => {
  const generated = await generateClient(spec(ignored));
  expect(
    compile(
      generated,
      `const client = new Client();
client.books.retrieve();
// @ts-expect-error: it has no method.
client.sessions;
const timeout: number = client.timeout;
console.log(timeout);`,
    ),
  ).toEqual([]);
});

test('`ignore` is true or false', async () => {
  const given = (ignore: unknown) => ({
    paths: { '/a': { get: { ...call('a.get', { gives: text }), 'x-client': { ignore } } } },
  });
  await expect(generate(document(given('yes').paths, {}, { components: {} }))).rejects.toThrow(
    '`x-client.ignore` must be `true`',
  );
  expect(buildModel(document(given(false).paths)).model.ignored).toEqual([]);
});
