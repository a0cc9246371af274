import { describe, expect, test } from 'vitest';
import { createMock, loadAPI } from '../src/index.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const done = { 204: { description: 'Done.' } };
const api = await loadAPI({
  openapi: '3.1.0',
  info: { title: 'Words', version: '1' },
  paths: {
    '/image': { put: { requestBody: { content: { 'image/*': {} } }, responses: done } },
    '/images': {
      put: {
        requestBody: { content: { 'image/png': {}, 'image/gif': {} } },
        responses: done,
      },
    },
    '/required': {
      put: { requestBody: { required: true, ...json({ type: 'object' }) }, responses: done },
    },
    '/nullable': {
      put: {
        requestBody: { required: true, ...json({ type: ['object', 'null'] }) },
        responses: done,
      },
    },
    '/optional': { put: { requestBody: json({ type: 'object' }), responses: done } },
    '/form': {
      put: {
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        responses: done,
      },
    },
    '/none': { put: { responses: done } },
    '/old': {
      get: {
        parameters: [{ name: 'age', in: 'query', deprecated: true, schema: text }],
        responses: { 200: { description: 'OK', ...json(text) } },
      },
    },
  },
});
const mock = createMock({
  api,
  handlers: {
    'old.retrieve': (call, next) => {
      const { age } = call.query;
      return age === undefined ? next() : new Response('{}', { status: Number(age) });
    },
  },
});

async function ask(path: string, init: RequestInit = {}) {
  const response = await mock.fetch(`http://mock.test${path}`, init);
  const { detail: message } = JSON.parse((await response.text()) || '{}') as { detail?: string };
  const said = (mock.requests.at(-1)?.validations ?? []).map((one) => one.message);
  return { status: response.status, message, said };
}
const put = (type: string, body = 'x'): RequestInit => ({
  method: 'PUT',
  body,
  headers: { 'content-type': type },
});

describe('a body of a type that the operation does not take is refused with those that it takes', () => {
  test.each([
    ['/image', 'text/plain', 'The content type "text/plain" is not accepted: send image/*.'],
    [
      '/images',
      'image/webp',
      'The content type "image/webp" is not accepted: send image/png or image/gif.',
    ],
    ['/image', 'png', 'The Content-Type "png" is not a media type: send image/*.'],
    ['/none', 'text/plain', 'The request has a body, but the operation takes none.'],
    [
      '/form',
      'multipart/form-data',
      'The Content-Type "multipart/form-data" has no boundary: let the HTTP client write this header.',
    ],
    [
      '/image',
      'multipart/form-data',
      'The content type "multipart/form-data" is not accepted: send image/*.',
    ],
  ])('%s, %s', async (path, type, message) => {
    expect(await ask(path, put(type))).toMatchObject({ status: 415, message });
  });

  test('and one that it takes is not', async () => {
    expect(await ask('/image', put('image/png'))).toMatchObject({ status: 204 });
  });
});

describe('what is wrong with a body as a whole is said in the response and in the journal', () => {
  test.each([
    ['/required', '{', /^The body is not valid JSON: .*\.$/],
    ['/optional', '{', /^The body is not valid JSON: .*\.$/],
    ['/required', 'null', /^Request body must be object\.$/],
    ['/required', '0', /^Request body must be object\.$/],
    ['/nullable', 'false', /^Request body must be object or null\.$/],
  ])('%s, %s', async (path, body, expected) => {
    const { status, message = '', said } = await ask(path, put('application/json', body));
    expect(status).toBe(400);
    expect(message).toMatch(expected);
    expect(said.map((one) => `${one}.`)).toContain(message);
    expect(said).not.toContain('The request body is required');
  });

  test('null is accepted where the document allows it', async () => {
    const { status, said } = await ask('/nullable', put('application/json', 'null'));
    expect(status).toBe(204);
    expect(said).not.toContain('The request body is required');
  });
});

test.each([
  ['a missing body', '/required', { method: 'PUT' }, 'The request body is required'],
  ['a deprecated parameter', '/old?age=418', {}, 'Query parameter age is deprecated'],
  [
    'a status that the document does not have',
    '/old?age=418',
    {},
    'The document has no response with status 418 (it has: 200)',
  ],
  [
    'its own error',
    '/image',
    put('text/plain'),
    'The document has no response with status 415 (it has: 204)',
  ],
])('the journal says in plain words what is wrong: %s', async (_, path, init, sentence) => {
  expect((await ask(path, init)).said).toContain(sentence);
});

test('a handler is told which response the document has', async () => {
  const response = await mock.fetch('http://mock.test/old?age=202');
  expect(await response.text()).toContain(
    "The handler's response doesn't match the spec: The document has no response with status 202 (it has: 200).",
  );
});

test.each([
  ['code=418', 404, 'The operation has no response with status 418.'],
  ['code=200, example=x', 404, 'The spec has no response with the preferred status and example.'],
])('a preference that cannot be met: %s', async (prefer, status, message) => {
  expect(await ask('/old', { headers: { prefer } })).toMatchObject({ status, message });
});

test('a response of another type than described', async () => {
  const typed = createMock({
    api,
    handlers: {
      'old.retrieve': () => new Response('x', { headers: { 'content-type': 'text/css' } }),
    },
  });
  const response = await typed.fetch('http://mock.test/old');
  expect(await response.text()).toContain(
    'The response has the content type \\"text/css\\"; the document describes application/json',
  );
});
