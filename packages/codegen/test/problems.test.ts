import { formatProblem, SpecProblems } from '@org/openapi';
import { createLocator } from '@org/openapi/read';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { buildModel } from '../src/index.ts';
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

const schemas = { Book: object({ id: text, title: text, printed: flag, sold_at: text }) };
const books = page(ref('Book'), 'has_more', 'next');
const list = (more: Json = {}) =>
  call('books.list', { query: { ...cursor, titles: text }, gives: books, ...more });

/** The problems of a document, which stands in YAML as well. */
function problemsOf(paths: Record<string, Json>, given: Json = schemas): readonly string[] {
  const spec = document(paths, given);
  const yaml = stringify(spec);
  const locate = createLocator('api.yaml', () => yaml).inDocument;
  try {
    buildModel(spec, locate);
    return [];
  } catch (error) {
    if (!(error instanceof SpecProblems)) throw error;
    return error.problems.map(formatProblem);
  }
}

const withProperty = (mock: Json) => ({
  Book: object({ id: text, flag, sold_at: { ...text, 'x-mock': mock } }),
});

test.each<[string, Record<string, Json>, RegExp]>([
  [
    'an id of one word',
    { '/a': { get: call('books') } },
    /"books" is not a method path.*two or more camelCase names/,
  ],
  [
    'an id that is not in camel case',
    { '/a': { get: call('books.List') } },
    /"books\.List" is not a method path/,
  ],
  [
    'a parameter with a pattern in a path',
    { '/v1/{parent=projects/*/shelves/*}/books': { get: call('books.list') } },
    /Write `\/v1\/projects\/\{project\}\/shelves\/\{shelf\}\/books`, and describe each of its parameters/,
  ],
  [
    'a parameter of any depth in a path',
    { '/v1/{name=files/**}': { get: call('files.get') } },
    /has a brace that does not enclose a parameter's name.*Write `\/users\/\{user_id\}`/,
  ],
  ['no id', { '/a': { get: { responses: {} } } }, /"" is not a method path/],
  [
    'an id that begins with a member of the client',
    { '/a': { get: call('organization.users.list') } },
    /begins with `organization`, which is a member of the client.*`admin\.organization\.users\.list`/,
  ],
  [
    'an id that JavaScript reserves',
    { '/a': { get: call('books.then') } },
    /has the name `then`, which is reserved/,
  ],
  [
    'two operations of one id',
    { '/a': { get: call('books.list') }, '/b': { get: call('books.list') } },
    /`books\.list` is also the id of GET \/a/,
  ],
  [
    'an id that is the beginning of another',
    { '/a': { get: call('shop.books') }, '/b': { get: call('shop.books.list') } },
    /`shop\.books` is the beginning of `shop\.books\.list`: `books` would be a method and a resource/,
  ],
  [
    'resources that would be in one file',
    { '/a': { get: call('aBc.list') }, '/b': { get: call('aBC.list') } },
    /`aBC` would be in the same file as `aBc`/,
  ],
  [
    'a body of no media type',
    { '/a': { post: { ...call('books.create'), requestBody: { content: {} } } } },
    /The request body has no media type/,
  ],
  [
    'a path parameter that is a property of the body as well',
    {
      '/a/{book_id}/{page_id}': { put: call('pages.update', { body: object({ book_id: text }) }) },
    },
    /`book_id` is both a path parameter and a property of the body/,
  ],
  [
    'a parameter called like the property of a body that is no object',
    {
      '/a/{body}/{page_id}': {
        put: call('pages.update', { body: { type: 'array', items: text } }),
      },
    },
    /`body` is both a path parameter and a property of the body/,
  ],
  [
    'a parameter of path and query',
    { '/a/{book_id}/{page_id}': { get: call('pages.get', { query: { book_id: text } }) } },
    /`book_id` is both a query parameter and a path parameter/,
  ],
  [
    'x-mock that is not an object',
    { '/a': { get: list({ 'x-mock': 3 }) } },
    /x-mock must be an object/,
  ],
  [
    'x-mock with an unknown key',
    { '/a': { get: list({ 'x-mock': { sed: 3 } }) } },
    /x-mock has no `sed`.*`seed`/,
  ],
  [
    'a seed that is not a number',
    { '/a': { get: list({ 'x-mock': { seed: -1 } }) } },
    /whole number of items, not -1/,
  ],
  [
    'a filter by a parameter that does not exist',
    { '/a': { get: list({ 'x-mock': { filter: { name: 'title' } } }) } },
    /query parameter `name`, which `books\.list` does not have. It has `after`, `titles`/,
  ],
  [
    'a filter by a property that does not exist',
    { '/a': { get: list({ 'x-mock': { filter: { titles: 'name' } } }) } },
    /property `name`, which Book does not have/,
  ],
  [
    'an id that is neither in the body nor in the path',
    {
      '/a': {
        get: list(),
        post: call('books.create', { body: object({ n: text }), 'x-mock': { id: 'key' } }),
      },
    },
    /names `key`, which is neither in the body nor in the path of `books\.create`. There are `n`/,
  ],
  [
    'a setting for another kind of operation',
    { '/a': { get: list({ 'x-mock': { id: 'title' } }) } },
    /x-mock\.id only applies to a create, but `books\.list` is inferred as: list/,
  ],
  [
    'an action that sets what does not exist',
    {
      '/a': { get: list() },
      '/a/{id}/burn': {
        post: call('books.burn', { gives: ref('Book'), 'x-mock': { set: { gone: true } } }),
      },
    },
    /property `gone`, which Book does not have/,
  ],
])('%s', (_, paths, message) => {
  const problems = problemsOf(paths);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  // The location in the YAML comes first.
  expect(problems[0]).toMatch(/^api\.yaml:\d+:\d+: /);
});

describe('x-mock of a property', () => {
  test.each<[string, Json, RegExp]>([
    ['a chance above 1', { chance: 3 }, /chance must be a number from 0 to 1, not 3/],
    [
      'a sibling that does not exist',
      { after: 'bought_at' },
      /"bought_at", which is not a sibling of `sold_at`. Its siblings are `id`, `flag`/,
    ],
    ['itself', { after: 'sold_at' }, /not a sibling of/],
    ['a sibling that is not a time', { after: 'flag' }, /`flag`, which is not a time/],
    ['a condition that is not a boolean', { when: 'id' }, /`id`, which is not a boolean/],
    ['an unknown key', { odds: 1 }, /has no `odds`/],
  ])('%s', (_, mock, message) => {
    const problems = problemsOf({ '/a': { get: list() } }, withProperty(mock));
    expect(problems.join('\n')).toMatch(message);
    expect(problems[0]).toMatch(/^api\.yaml:\d+:\d+: /);
  });

  test('one that names what exists is accepted', () => {
    const mock = { chance: 0.5, after: 'id', when: 'flag' };
    expect(problemsOf({ '/a': { get: list({ 'x-mock': {} }) } }, withProperty(mock))).toEqual([]);
  });
});

test('all problems are reported at once, each with its own location', () => {
  const problems = problemsOf({
    '/a': { get: list({ 'x-mock': { seed: 'many', filter: { none: 'title' } } }) },
    '/b': { get: call('shelves.list', { gives: books, 'x-mock': { seed: -1 } }) },
  });
  expect(problems).toHaveLength(3);
  expect(new Set(problems.map((problem) => problem.split(' ')[0])).size).toBe(3);
});

test.each([
  ['nowhere', {}, '`$ref: #leaf` leads to no schema: none has that `$anchor`'],
  [
    'to two schemas',
    { A: { ...text, $anchor: 'leaf' }, B: { ...text, $anchor: 'leaf' } },
    '`$ref: #leaf` is ambiguous: two schemas have that `$anchor`',
  ],
])('a reference to an anchor that leads %s is refused', (_, more, message) => {
  const given = { Book: object({ id: text, leaf: { $ref: '#leaf' } }), ...more };
  expect(
    problemsOf({ '/books': { get: call('books.get', { gives: ref('Book') }) } }, given),
  ).toEqual([expect.stringContaining(message)]);
});
