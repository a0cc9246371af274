import { describe, expect, test } from 'vitest';
import { createCore } from '../src/core.ts';
import { createFetch } from '../src/http/fetch.ts';
import { apiOf } from './support/api-of.ts';

// What no rule of HTTP allows, and documents have all the same. The reader of documents warns of it.
const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const description = 'The thing';

/** The statuses of requests for a document's paths, each with its problems. */
async function ask(paths: object, ...requests: [path: string, init?: RequestInit][]) {
  const info = { title: 'Things', version: '1' };
  const core = createCore({}, await apiOf({ openapi: '3.1.0', info, paths }));
  const send = createFetch(core);
  const statuses: number[] = [];
  for (const [path, init] of requests) statuses.push((await send(path, init)).status);
  const broken = core.requests.flatMap(({ validations }) =>
    validations.filter(({ severity }) => severity === 'error'),
  );
  return { statuses, broken };
}

const content = { 'application/json': { schema: thing } };

test.each(['then:', 'ok', '20x', '20', '2000', '0', '999', '-1', 'x-note'])(
  'the key %s of responses has no effect',
  async (key) => {
    const responses = { [key]: { description, content }, 201: { description, content } };
    const found = await ask({ '/thing': { get: { responses } } }, ['/thing']);
    expect(found).toEqual({ statuses: [201], broken: [] });
    const alone = { '/thing': { get: { responses: { [key]: { description, content } } } } };
    expect((await ask(alone, ['/thing'])).statuses).toEqual([500]);
  },
);

test.each(['200 OK', '200.0'])('responses of %s have the status 200', async (key) => {
  const responses = { [key]: { description, content }, 404: { description } };
  const found = await ask({ '/thing': { get: { responses } } }, ['/thing']);
  expect(found).toEqual({ statuses: [200], broken: [] });
});

test.each(['json', '', '*', 'application json', 'application/json;', 'a/b/c', 'text'])(
  'content of the media type %j is JSON',
  async (type) => {
    const odd = { [type]: { schema: thing } };
    const post = {
      requestBody: { content: odd },
      responses: { 200: { description, content: odd } },
    };
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"a"}',
    };
    const found = await ask(
      { '/thing': { post } },
      ['/thing', init],
      ['/thing', { ...init, body: '{}' }],
    );
    expect(found.statuses).toEqual([200, 400]);
  },
);

describe('a parameter of a path', () => {
  const get = { responses: { 200: { description, content } } };
  const item = (name: string) => ({
    parameters: [{ name, in: 'path', required: true, schema: { type: 'integer' } }],
    get,
  });

  test.each([
    ['/things/{+id}', 'id'],
    ['/things/{+id}', '+id'],
    ['/things/{id*}', 'id'],
    ['/things/{id+}', 'id'],
    ['/things/{id:int}', 'id'],
    ['/things/{id?}', 'id'],
    ['/things/{*id}', 'id'],
    ['/things/{id}{?limit,page}', 'id'],
    ['/things/{thing.id}', 'thing.id'],
    ['/things/{thing id}', 'thing id'],
    ['/things/{größe}', 'größe'],
  ])('in %s, called %s, is one segment', async (path, name) => {
    const { statuses } = await ask({ [path]: item(name) }, ['/things/7'], ['/things/seven']);
    expect(statuses).toEqual([200, 400]);
  });

  test('has no effect where the path does not have it', async () => {
    expect((await ask({ '/things': item('id') }, ['/things'])).statuses).toEqual([200]);
  });

  test('names the same items in two ways of writing a path', async () => {
    const paths = {
      '/things/{+id}': item('id'),
      '/things/{id}': {
        parameters: item('id').parameters,
        delete: { responses: { 204: { description } } },
      },
    };
    const remove: RequestInit = { method: 'DELETE' };
    const found = await ask(paths, ['/things/7'], ['/things/7', remove], ['/things/7']);
    expect(found.statuses).toEqual([200, 204, 404]);
  });
});

describe('a keyword that no schema can be compiled with', () => {
  const post = { requestBody: {}, responses: { 200: { description, content } } };
  const create = (schema: object | null, openapi = '3.0.3') => {
    const body = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, odd: schema },
    };
    const schemas = { Body: body };
    const reference = { $ref: '#/components/schemas/Body' };
    const operation = {
      ...post,
      requestBody: { content: { 'application/json': { schema: reference } } },
    };
    const info = { title: 'Things', version: '1' };
    return apiOf({
      openapi,
      info,
      paths: { '/thing': { post: operation } },
      components: { schemas },
    });
  };
  const send = async (api: Awaited<ReturnType<typeof create>>, body: unknown) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await createFetch(createCore({}, api))('/thing', init);
    await response.body?.cancel();
    return response.status;
  };

  const nullable = true;
  const text = { type: 'string' };
  const body = { $ref: '#/components/schemas/Body' };

  test.each([
    ['nullable alone', { nullable }, [null, 1]],
    ['nullable: false', { nullable: false }, [1]],
    ['a nullable enum', { nullable, enum: ['a'] }, [null, 'a'], ['b']],
    [
      'nullable alternatives',
      { nullable, oneOf: [text, { type: 'integer' }] },
      [null, 'a', 1],
      [{}],
    ],
    ['any nullable one', { nullable, anyOf: [text, { type: 'integer' }] }, [null, 'a', 1], [{}]],
    ['a nullable reference', { nullable, ...body }, [null, { name: 'a' }], [{}, 1]],
    ['a nullable allOf', { nullable, allOf: [body] }, [null, { name: 'a' }], [{}, 1]],
    [
      'nullable allOf with properties',
      { nullable, allOf: [body], required: ['odd'] },
      [null],
      [{ name: 'a' }],
    ],
    ['nullable not', { nullable, not: text }, [null, 1], ['a']],
    ['an enum that has null', { type: 'string', nullable, enum: ['a', null] }, [null, 'a'], ['b']],
    ['an enum with repeats', { enum: ['a', 'b', 'a', { c: 1 }, { c: 1 }] }, ['a', { c: 1 }], ['c']],
    ['names required twice', { type: 'object', required: ['a', 'a'] }, [{ a: 1 }], [{}]],
    ['a flag that describes', { type: 'string', readOnly: 'no', deprecated: 'yes' }, ['a'], [{}]],
    ['a title that is a number', { type: 'string', title: 3, description: {} }, ['a'], [{}]],
    ['examples that are no list', { type: 'string', examples: { a: { value: 'a' } } }, ['a'], [{}]],
    ['empty alternatives', { type: 'string', oneOf: [], anyOf: [], allOf: [] }, ['a'], [{}]],
    ['a type null without quotes', { anyOf: [text, { type: null }] }, [null, 'a'], [{}]],
    ['null without quotes among types', { type: ['string', null] }, [null, 'a'], [{}]],
    ['an empty property', null, [null, 1, {}]],
    ['an empty keyword', { type: 'array', items: null, minItems: null }, [[], [1]], [1]],
    ['a type that is none', { type: 'any' }, [null, 1, {}]],
    ['a type that is none among others', { type: ['string', 'file'] }, ['a'], [{}]],
    ['a length that is a text', { type: 'string', minLength: '3' }, ['a'], [{}]],
    ['a limit that is a text', { type: 'integer', maximum: '3', minimum: 1 }, [9], [0]],
    ['a negative length', { type: 'string', maxLength: -1 }, ['a'], [{}]],
    ['a multiple of nothing', { type: 'integer', multipleOf: 0 }, [9], ['a']],
    [
      'a flag that is a text',
      { type: 'array', items: text, uniqueItems: 'yes' },
      [['a', 'a']],
      ['a'],
    ],
    [
      'a pattern with needless escapes',
      { type: 'string', pattern: '^\\d+\\-\\d+$' },
      ['1-2'],
      ['1', '-'],
    ],
    [
      'a pattern that is not of JavaScript',
      { type: 'string', pattern: '(?i)^a$' },
      ['A', 'b'],
      [{}],
    ],
    [
      'names with a pattern that is none',
      { type: 'object', patternProperties: { '(': text } },
      [{}],
      [1],
    ],
  ])('%s leaves the others checked', async (_, odd, right, wrong: unknown[] = []) => {
    for (const openapi of ['3.0.3', '3.1.0']) {
      const api = await create(odd, openapi);
      expect(await send(api, { name: {} })).toBe(400);
      for (const value of right) {
        expect([value, await send(api, { name: 'a', odd: value })]).toEqual([value, 200]);
        expect([value, await send(api, { name: {}, odd: value })]).toEqual([value, 400]);
      }
      for (const value of wrong)
        expect([value, await send(api, { name: 'a', odd: value })]).toEqual([value, 400]);
    }
  });
});
