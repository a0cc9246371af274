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
