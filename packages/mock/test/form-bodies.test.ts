import { describe, expect, test } from 'vitest';
import { createMock, type LoadedMock, loadAPI } from '../src/index.ts';
import { type AnyBody, bodyOf } from './support/ask.ts';

const text = { type: 'string' };
const input = {
  type: 'object',
  required: ['name'],
  properties: {
    name: text,
    age: { type: 'integer' },
    tame: { type: 'boolean' },
    tags: { type: 'array', items: text },
    address: {
      anyOf: [
        { type: 'object', properties: { city: text, zip: { type: 'integer' } } },
        { enum: [''], type: 'string' },
      ],
    },
    metadata: { type: 'object', additionalProperties: text },
    toys: { type: 'array', items: { type: 'object', properties: { kind: text } } },
    photo: { type: 'string', format: 'binary' },
    albums: { type: 'array', items: { type: 'string', format: 'binary' } },
  },
};
const { photo: _, albums: __, ...stored } = input.properties;
const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: text, photo: { type: 'string', format: 'uri' }, ...stored },
};
const json = (schema: object) => ({
  description: 'OK',
  content: { 'application/json': { schema } },
});
const deep = { style: 'deepObject', explode: true };
const bodies = (...types: string[]) => ({
  content: Object.fromEntries(
    types.map((type) => [
      type,
      { schema: input, ...(type === form && { encoding: { address: deep, metadata: deep } }) },
    ]),
  ),
});
const form = 'application/x-www-form-urlencoded';
const files = 'multipart/form-data';
const id = { name: 'id', in: 'path', required: true, schema: text };

async function mockOf(...types: string[]): Promise<LoadedMock> {
  const api = await loadAPI({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: { responses: { 200: json({ type: 'array', items: pet }) } },
        post: { requestBody: bodies(...types), responses: { 201: json(pet) } },
      },
      '/pets/{id}': {
        parameters: [id],
        get: { responses: { 200: json(pet) } },
        post: { requestBody: bodies(...types), responses: { 200: json(pet) } },
      },
    },
  });
  return createMock({ api });
}

async function post(mock: LoadedMock, path: string, body: RequestInit['body'], type?: string) {
  const headers = type === undefined ? {} : { 'content-type': type };
  const response = await mock.fetch(path, { method: 'POST', headers, body: body ?? null });
  expect(response.status).toBeLessThan(300);
  const made: AnyBody = await bodyOf(response);
  return bodyOf(await mock.fetch(`/pets/${made.id}`));
}

test.each([[[form]], [['application/json', form, files]]])(
  'the fields of a form are stored, with their types: %j',
  async (types) => {
    const mock = await mockOf(...types);
    const fields =
      'name=Ada+L&age=3&tame=true&tags=a&tags=b&address%5Bcity%5D=Rome&address[zip]=7&metadata[k]=1';
    const made = await post(mock, '/pets', fields, form);
    const sent = {
      ...{ name: 'Ada L', age: 3, tame: true, tags: ['a', 'b'] },
      ...{ address: { city: 'Rome', zip: 7 }, metadata: { k: '1' } },
    };
    expect(made).toMatchObject(sent);
    const changed = await post(mock, `/pets/${made.id}`, 'name=12&address=', form);
    expect(changed).toMatchObject({ ...sent, name: '12', address: '' });
  },
);

test('the fields of a form with files are stored, but no file', async () => {
  const mock = await mockOf('application/json', files);
  const body = new FormData();
  body.set('name', 'Ada');
  body.set('age', '3');
  body.set('address', '{"city":"Rome"}');
  body.set('photo', new File(['bytes'], 'ada.png'));
  const made = await post(mock, '/pets', body);
  expect(made).toMatchObject({ name: 'Ada', age: 3, address: { city: 'Rome' } });
  expect(made.photo).not.toBe('bytes');
});

describe('a part whose type is JSON is a value, although FormData names it like a file', () => {
  const part = (value: unknown) => new Blob([JSON.stringify(value)], { type: 'application/json' });

  test('where it may be an object, or an array of values', async () => {
    const mock = await mockOf(files);
    const body = new FormData();
    body.set('name', 'Ada');
    body.set('address', part({ city: 'Rome', zip: 7 }));
    body.set('tags', part(['a', 'b']));
    expect(await post(mock, '/pets', body)).toMatchObject({
      ...{ name: 'Ada', address: { city: 'Rome', zip: 7 }, tags: ['a', 'b'] },
    });
  });

  test('where it is an element of an array', async () => {
    const mock = await mockOf(files);
    const body = new FormData();
    body.set('name', 'Ada');
    body.append('toys', part({ kind: 'ball' }));
    expect(await post(mock, '/pets', body)).toMatchObject({ toys: [{ kind: 'ball' }] });
    body.append('toys', part({ kind: 'bone' }));
    const toys = [{ kind: 'ball' }, { kind: 'bone' }];
    expect(await post(mock, '/pets', body)).toMatchObject({ toys });
  });

  test('but a file where the document has a file', async () => {
    const mock = await mockOf(files);
    const body = new FormData();
    body.set('name', 'Ada');
    body.set('photo', part({ city: 'Rome' }));
    body.append('albums', part([{ city: 'Rome' }]));
    const sent: unknown[] = [];
    mock.handle('pets.create', ({ body: fields }, next) => {
      sent.push(fields);
      return next();
    });
    await post(mock, '/pets', body);
    expect(sent).toEqual([{ name: 'Ada' }]);
  });

  test('and is refused where it does not have the types of the document, or is not JSON', async () => {
    const mock = await mockOf(files);
    const broken = new Blob(['{'], { type: 'application/json' });
    for (const metadata of [part({ k: 1 }), part('k'), broken]) {
      const body = new FormData();
      body.set('name', 'Ada');
      body.set('metadata', metadata);
      expect((await mock.fetch('/pets', { method: 'POST', body })).status).toBe(400);
    }
  });
});

test('a handler gets the fields of a form', async () => {
  const mock = await mockOf(form);
  const bodies: unknown[] = [];
  mock.handle('pets.create', async ({ body }, next) => {
    bodies.push(body);
    return next();
  });
  await post(mock, '/pets', 'name=Ada&age=3&__proto__[x]=1', form);
  expect(bodies).toEqual([{ name: 'Ada', age: 3 }]);
});

test('a field that has no value of its type is refused', async () => {
  const mock = await mockOf(form);
  const headers = { 'content-type': form };
  const response = await mock.fetch('/pets', { method: 'POST', headers, body: 'name=a&age=old' });
  expect(response.status).toBe(400);
});
