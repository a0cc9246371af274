import { expect, test } from 'vitest';
import { createMock, loadAPI } from '../src/index.ts';
import { type AnyBody, bodyOf } from './support/ask.ts';

// The error schemas of frameworks, which have no examples.

const text = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const integer = { type: 'integer' };
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const texts = { type: 'array', items: text };
const map = { type: 'object', additionalProperties: texts };

async function errorsOf(schema: object, mediaType = 'application/json') {
  const body = object({ name: text }, ['name']);
  const json = (of: object) => ({ content: { 'application/json': { schema: of } } });
  const pet = object({ id: text, name: text }, ['id', 'name']);
  const ok = { description: 'OK', ...json(pet) };
  const failed = { description: 'Error', content: { [mediaType]: { schema } } };
  const api = await loadAPI({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: { responses: { 200: { description: 'OK', ...json({ type: 'array', items: pet }) } } },
        post: { requestBody: json(body), responses: { 201: ok, default: failed } },
      },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: ok, default: failed } },
      },
    },
  });
  const mock = createMock({ api });
  const headers = { 'content-type': 'application/json' };
  const invalid = await mock.fetch('/pets', { method: 'POST', headers, body: '{"name":5}' });
  const missing = await mock.fetch('/pets/x');
  expect([invalid.status, missing.status]).toEqual([400, 404]);
  expect(mock.requests.flatMap(({ validations }) => validations.slice(1))).toEqual([]);
  return {
    invalid: (await bodyOf(invalid)) as AnyBody,
    missing: (await bodyOf(missing)) as AnyBody,
  };
}

const wrong = "Invalid 'name': must be string.";
const absent = 'No object with the id "x" exists.';

test.each<[string, object, object, object]>([
  [
    'a code and a message, both required',
    object({ error: object({ code: text, message: text, target: text }, ['code', 'message']) }, [
      'error',
    ]),
    { error: { code: expect.any(String), message: wrong } },
    { error: { code: expect.any(String), message: absent } },
  ],
  [
    'validation errors by field, of Laravel',
    object({ message: text, errors: map }, ['message', 'errors']),
    { message: wrong, errors: { name: [wrong] } },
    { message: absent, errors: {} },
  ],
  [
    'validation errors by field alone, of Rails',
    object({ errors: map }),
    { errors: { name: [wrong] } },
    { errors: { base: [absent] } },
  ],
  [
    'problem details of ASP.NET',
    object({
      ...{ type: nullable, title: nullable, status: integer, detail: nullable, instance: nullable },
      errors: map,
    }),
    { title: 'Request refused', status: 400, detail: wrong, errors: { name: [wrong] } },
    { title: 'Request refused', status: 404, detail: absent },
  ],
  [
    'problem details with a list of errors',
    object({
      ...{ $schema: text, title: text, status: integer, detail: text },
      errors: { type: 'array', items: object({ location: text, message: text, value: {} }) },
    }),
    {
      ...{ title: 'Request refused', status: 400, detail: wrong },
      errors: [{ location: 'name', message: wrong }],
    },
    { title: 'Request refused', status: 404, detail: absent },
  ],
  [
    'an error that holds other objects',
    object({
      error: object(
        { message: text, param: text, type: { enum: ['a', 'b'] }, charge: object({ id: text }) },
        ['type'],
      ),
    }),
    { error: { message: wrong, param: 'name', type: 'a' } },
    { error: { message: absent, type: 'a' } },
  ],
  ['a sentence of another name', object({ errors: text }), { errors: wrong }, { errors: absent }],
  [
    'a sentence of a name that begins otherwise',
    object({ ErrorMessage: text, Code: text }),
    { ErrorMessage: wrong },
    { ErrorMessage: absent },
  ],
  ['a list of sentences', object({ errors: texts }), { errors: [wrong] }, { errors: [absent] }],
])('a generated error says what is wrong and no more: %s', async (_, schema, invalid, missing) => {
  expect(await errorsOf(schema)).toEqual({ invalid, missing });
});

const coded = { message: text, param: text, code: text };
const types = { enum: ['api_error', 'invalid_request_error'] };

test.each<[string, object, object]>([
  ['optional', object({ ...coded, type: types }, ['type']), { type: 'api_error' }],
  ['optional, in `error`', object({ error: object({ ...coded, type: types }, ['type']) }), {}],
  ['required', object(coded, ['message', 'param']), { param: '' }],
  [
    'required, with a pattern',
    object({ ...coded, param: { ...text, pattern: '^[a-z]{3}$' } }, ['message', 'param']),
    { param: expect.stringMatching(/^[a-z]{3}$/) },
  ],
  [
    'in an example',
    { ...object(coded, ['message']), example: { message: 'a', param: 'b', code: 'c' } },
    {},
  ],
])(
  'an error about no property has a message, where `param` is a text: %s',
  async (_, schema, rest) => {
    const json = { content: { 'application/json': { schema } } };
    const body = {
      required: true,
      content: { 'application/json': { schema: object({ a: text }) } },
    };
    const responses = { 200: { description: 'OK' }, default: { description: 'Error', ...json } };
    const api = await loadAPI({
      openapi: '3.1.0',
      info: { title: 'Charges', version: '1' },
      paths: { '/charges': { post: { requestBody: body, responses } } },
    });
    const mock = createMock({ api });
    const headers = { 'content-type': 'application/json' };
    const ask = async (path: string, init: RequestInit): Promise<object> => {
      const { error, ...others } = (await bodyOf(await mock.fetch(path, init))) as AnyBody;
      return typeof error === 'object' ? { ...others, ...error, type: undefined } : { ...others };
    };
    const missing = await ask('/charges', { method: 'POST', headers });
    expect(missing).toEqual({ ...rest, message: 'The request body is required.' });
    const broken = await ask('/charges', { method: 'POST', headers, body: '{' });
    expect(broken).toEqual({ ...rest, message: expect.stringContaining('not valid JSON') });
    const other = await ask('/charges', { method: 'PUT' });
    expect(other).toEqual({ ...rest, message: 'The path allows POST, not PUT.' });
    const unknown = await ask('/nothing', {});
    expect(unknown).toEqual({ ...rest, message: expect.stringContaining('/nothing') });
  },
);
