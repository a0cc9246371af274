import type { Document } from '@org/openapi';
import { describe, expect, test } from 'vitest';
import { type Adaptation, adaptDocument } from '../src/adapt-document.ts';
import { generate } from '../src/index.ts';
import { call, document, type Json, object, ref, text } from './support/document.ts';

// What `pnpm adopt` changes in a document that has problems.

const schemas = { Book: object({ id: text }), ErrorObject: object({ message: text }) };
const book = (id: string, more: Json = {}): Json => ({
  ...call(id, { gives: ref('Book') }),
  ...more,
});
const query = (name: string, more: Json = {}): Json => ({
  ...{ name, in: 'query', schema: text },
  ...more,
});
const session = { name: 'session', in: 'cookie', required: true, schema: text };
const body = object({ limit: text, query_limit: text });
const fine = { get: book('books.retrieve') };
const adapt = (paths: Record<string, Json>, components: Json = {}, more: Json = {}) => {
  const spec = document(paths, schemas, more);
  Object.assign(spec['components'] as Json, components);
  return adaptDocument(spec as Document, () => undefined);
};
const shown = (changes: readonly Adaptation[]) =>
  changes.map(({ pointer, update, problems }) => [
    pointer.join(' '),
    update && Object.values(update)[0],
    problems.map(({ id }) => id).join(' '),
  ]);
const ignore = { ignore: true };

describe('an argument with the name of another one gets a name of its own', () => {
  const clash = (parameter: Json, more: Json = {}): Json => ({
    post: book('books.create', { ...call('books.create', { body }), parameters: [parameter] }),
    ...more,
  });

  test('where its parameter is described', async () => {
    const parameters = [query('limit')];
    const { document: adapted, ...found } = adapt({
      '/own': clash(query('limit')),
      '/shared': { ...clash(query('q')), parameters, get: book('shared.retrieve') },
    });
    expect(shown(found.renamed)).toEqual([
      ['paths /own post parameters 0', { argument: 'query_query_limit' }, 'argument-clash'],
      ['paths /shared parameters 0', { argument: 'query_query_limit' }, 'argument-clash'],
    ]);
    expect([found.leftOut, found.problems]).toEqual([[], []]);
    const { files } = await generate(adapted);
    expect(files['packages/client/api.md']).toContain('params.query_query_limit');
  });

  test('in the components, so that all operations have the same name', () => {
    const reference = { $ref: '#/components/parameters/Limit' };
    const other = {
      get: { ...book('others.retrieve'), parameters: [reference, query('query_limit')] },
    };
    const found = adapt(
      { '/books': clash(reference), '/others': other },
      { parameters: { Limit: { $ref: '#/components/parameters/Max' }, Max: query('limit') } },
    );
    expect(shown(found.renamed)).toEqual([
      ['components parameters Max', { argument: 'query_query_limit' }, 'argument-clash'],
    ]);
    expect(found.problems).toEqual([]);
  });

  test('keeps what the parameter says of the client otherwise', () => {
    const parameter = query('limit', { 'x-client': { argument: 'query_limit' } });
    const { document: adapted } = adapt({ '/books': clash(parameter) });
    expect(adapted.paths?.['/books']?.post?.parameters).toEqual([
      query('limit', { 'x-client': { argument: 'query_query_limit' } }),
    ]);
  });

  test('unless no one describes it: then its operation is left out', () => {
    const post = call('books.create', { body: object({ id: text }) });
    const found = adapt({
      '/shelves/{id}/books/{book}': { post, parameters: [] },
      '/books': fine,
    });
    expect(shown(found.leftOut)).toEqual([
      ['paths /shelves/{id}/books/{book} post', ignore, 'argument-clash'],
    ]);
  });
});

describe('an operation with another problem is left out', () => {
  const several = {
    200: { description: 'A file.', content: { 'image/png': {} } },
    204: { description: 'None.' },
  };
  test.each<[string, string, Json]>([
    ['a cookie', 'cookie-parameter', book('others.retrieve', { parameters: [session] })],
    ['several results', 'several-results', book('others.retrieve', { responses: several })],
    [
      'a server',
      'operation-server',
      book('others.retrieve', { servers: [{ url: 'https://a.test' }] }),
    ],
    ['an unknown key', 'security-scheme', book('others.retrieve', { security: [{ none: [] }] })],
    [
      'half a list',
      'page-style',
      {
        ...call('others.list', { gives: { type: 'array', items: ref('Book') } }),
        parameters: [query('page_token')],
      },
    ],
  ])('with %s', async (_, id, get) => {
    const found = adapt({ '/books': fine, '/others': { get } });
    expect(shown(found.leftOut)).toEqual([['paths /others get', ignore, id]]);
    const { model, listed } = await generate(found.document);
    expect(model.operations.map((each) => each.id)).toEqual(['books.retrieve']);
    expect(listed.map((each) => each.id)).toContain('ignored-operation');
  });

  test('alone, if the part with the problem is that of its path', () => {
    const own = { ...session, required: false };
    const found = adapt(
      {
        '/books': {
          parameters: [session],
          servers: [{ url: 'https://a.test' }],
          get: book('books.retrieve', {
            parameters: [own],
            servers: [{ url: 'https://api.test' }],
          }),
          post: book('books.create'),
          delete: book('books.delete', { parameters: [own] }),
        },
      },
      {},
      { servers: [{ url: 'https://api.test' }] },
    );
    expect(shown(found.leftOut)).toEqual([
      ['paths /books post', ignore, 'operation-server cookie-parameter'],
      ['paths /books delete', ignore, 'operation-server'],
    ]);
    expect(found.problems).toEqual([]);
  });

  test('and removed, if the mock cannot serve it either', async () => {
    const pattern = query('q', { schema: { type: 'string', pattern: 'a{1000000000}' } });
    const found = adapt({
      '/books': fine,
      '/own': { get: book('own.retrieve', { parameters: [pattern] }), post: book('own.create') },
      '/shared': { parameters: [pattern], get: book('shared.retrieve') },
    });
    expect(shown(found.leftOut)).toEqual([
      ['paths /own get', undefined, 'too-large'],
      ['paths /shared', undefined, 'too-large'],
    ]);
    expect(Object.keys(found.document.paths ?? {})).toEqual(['/books', '/own']);
    await generate(found.document);
  });
});

test('problems of the document stay, and a client always has a method', () => {
  const clash = { schemas: { ...schemas, 'a-b': object({ a: text }), 'a.b': object({ a: text }) } };
  const found = adapt(
    { '/books': fine, '/others': { get: book('others.retrieve', { parameters: [session] }) } },
    clash,
  );
  expect(found.problems.map(({ id }) => id)).toEqual(['type-clash']);
  expect(shown(found.leftOut)).toEqual([['paths /others get', ignore, 'cookie-parameter']]);
  const none = adapt({ '/books': { get: book('books.retrieve', { parameters: [session] }) } });
  expect(none.leftOut).toEqual([]);
  expect(none.problems.map(({ id }) => id)).toEqual(['cookie-parameter']);
});
