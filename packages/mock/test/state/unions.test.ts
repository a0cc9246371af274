import { describe, expect, test } from 'vitest';
import { createMock, loadAPI } from '../../src/index.ts';
import {
  askFor,
  gives,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  notes,
  object,
  takes,
  text,
} from '../support/paths.ts';

// Items whose schema has several objects: people are teachers or pupils.

interface Union {
  keyword?: 'oneOf' | 'anyOf';
  isSwapped?: boolean;
  isStrict?: boolean;
  /** Whether each has a `kind` of its own. */
  isTagged?: boolean;
  hasDiscriminator?: boolean;
}

async function peopleOf(union: Union, people: number | object[] = 0) {
  const { keyword = 'oneOf', isSwapped, isStrict, isTagged = true, hasDiscriminator } = union;
  const branch = (kind: string, own: object) => ({
    ...object({ id: text, kind: isTagged ? { ...text, enum: [kind] } : text, name: text, ...own }, [
      'kind',
      'name',
      ...Object.keys(own),
    ]),
    ...(isStrict && { additionalProperties: false }),
  });
  const refs = ['Teacher', 'Pupil'].map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const mapping = { teacher: refs[0]?.$ref, pupil: refs[1]?.$ref };
  const person = { $ref: '#/components/schemas/Person' };
  const api = await loadAPI({
    openapi: '3.0.3',
    info: { title: 'School', version: '1' },
    paths: {
      '/people': { get: gives(listOf(person)), post: { ...takes(person), ...gives(person) } },
      '/people/{id}': {
        parameters: inPath('id'),
        get: gives(person),
        put: { ...takes(person), ...gives(person) },
        patch: { ...takes({ type: 'object' }), ...gives(person) },
      },
    },
    components: {
      schemas: {
        Person: {
          [keyword]: isSwapped ? refs.toReversed() : refs,
          ...(hasDiscriminator && { discriminator: { propertyName: 'kind', mapping } }),
        },
        Teacher: branch('teacher', { subjects: listOf(text) }),
        Pupil: branch('pupil', { year: integer }),
      },
    },
  });
  return createMock({ api, data: { people } });
}

const unions: [string, Union][] = [
  ['oneOf', {}],
  ['oneOf with a discriminator', { hasDiscriminator: true }],
  ['anyOf', { keyword: 'anyOf' }],
  ['in the other order', { isSwapped: true }],
  ['without further properties', { isStrict: true }],
  ['without a kind of their own', { isTagged: false }],
  ['without a kind or further properties', { isTagged: false, isStrict: true }],
];
const pupil = { kind: 'pupil', name: 'N', year: 2 };
const teacher = { kind: 'teacher', name: 'M', subjects: ['a'] };

describe.each(unions)('items that are one of several objects: %s', (_, union) => {
  test('are stored, answered and listed as they were sent', async () => {
    const mock = await peopleOf(union);
    const people: object[] = [];
    for (const sent of [pupil, teacher, pupil]) {
      const { body } = await askFor(mock, 'POST /people', sent);
      expect(notes(mock)).toEqual([]);
      expect(body).toEqual({ ...sent, id: expect.any(String) });
      expect((await askFor(mock, `GET /people/${body.id}`)).body).toEqual(body);
      people.push(body);
    }
    expect((await askFor(mock, 'GET /people')).body).toEqual(people);
  });

  test('are added by a program, and given from the start', async () => {
    const mock = await peopleOf(union, [
      { id: 'a', ...pupil },
      { id: 'b', ...teacher },
    ]);
    expect(mock.data['people']?.list()).toEqual([
      { id: 'a', ...pupil },
      { id: 'b', ...teacher },
    ]);
    expect(mock.data['people']?.add(pupil)).toEqual({ ...pupil, id: expect.any(String) });
    const given = { kind: 'pupil', year: 3 };
    expect(Object.keys(mock.data['people']?.add(given) ?? {}).sort()).toEqual([
      ...['id', 'kind', 'name', 'year'],
    ]);
  });

  test('are changed and replaced, by another one as well', async () => {
    const mock = await peopleOf(union, [
      { id: 'a', ...pupil },
      { id: 'b', ...teacher },
    ]);
    expect((await askFor(mock, 'PATCH /people/a', { year: 3 })).body).toEqual({
      ...{ ...pupil, id: 'a', year: 3 },
    });
    expect((await askFor(mock, 'PUT /people/a', teacher)).body).toEqual({ ...teacher, id: 'a' });
    expect((await askFor(mock, 'PUT /people/b', pupil)).body).toEqual({ ...pupil, id: 'b' });
    const { kind, ...rest } = teacher;
    expect((await askFor(mock, 'PATCH /people/b', { kind, ...rest })).body).toEqual({
      ...{ ...teacher, id: 'b' },
    });
    expect(mock.requests.flatMap(({ validations }) => validations)).toEqual([]);
  });

  test('are generated of every kind, and valid', async () => {
    const mock = await peopleOf(union, 20);
    const { status, body } = await askFor(mock, 'GET /people');
    expect(status).toBe(200);
    expect(notes(mock)).toEqual([]);
    expect(body).toHaveLength(20);
    expect(body).toEqual(mock.data['people']?.list());
    const people = body as object[];
    expect(people.some((one) => 'subjects' in one)).toBe(true);
    expect(people.some((one) => 'year' in one)).toBe(true);
  });
});

test('a mapping says what the items are whose schema does not', async () => {
  const union = { isTagged: false, hasDiscriminator: true };
  const mock = await peopleOf(union, 20);
  const people = mock.data['people'];
  for (const item of people?.list() ?? [])
    expect(item).toMatchObject({ kind: 'subjects' in item ? 'teacher' : 'pupil' });
  const [id, name, year] = [1, 2, 3].map(() => expect.anything());
  expect(people?.add({ kind: 'pupil' })).toEqual({ id, kind: 'pupil', name, year });
  expect(people?.add({ year: 5 })).toEqual({ id, kind: 'pupil', name, year: 5 });
});

const one = (kind: string, own: object, required = Object.keys(own)) => ({
  ...object({ id: text, kind: { const: kind }, ...own }, ['kind', ...required]),
  additionalProperties: false,
});
const anything = takes({ type: 'object' });

test('an item that becomes another object has what that one requires', async () => {
  const mock = await peopleOf({ isStrict: true }, [{ id: 'a', ...pupil }]);
  const { status, body } = await askFor(mock, 'PATCH /people/a', { kind: 'teacher' });
  expect(status).toBe(200);
  expect(body).toEqual({ id: 'a', kind: 'teacher', name: 'N', subjects: expect.any(Array) });
  expect((await askFor(mock, 'PATCH /people/a', { year: 1 })).status).toBe(400);
});

test('what a body leaves out has the defaults of its own object', async () => {
  const level = { ...text, default: 'low' };
  const grade = { ...text, default: 'high' };
  const item = { oneOf: [one('a', { level }), one('b', { level: text, grade })] };
  const sent = { oneOf: [one('a', { level }, []), one('b', { level: text, grade }, ['level'])] };
  const mock = await mockOfPaths({
    '/things': { get: gives(listOf(item)), post: { ...takes(sent), ...gives(item, 201) } },
    '/things/{id}': { parameters: inPath('id'), get: gives(item) },
  });
  const id = expect.any(String);
  expect((await askFor(mock, 'POST /things', { kind: 'a' })).body).toEqual({
    ...{ id, kind: 'a', level: 'low' },
  });
  expect((await askFor(mock, 'POST /things', { kind: 'b', level: 'x' })).body).toEqual({
    ...{ id, kind: 'b', level: 'x', grade: 'high' },
  });
});

test('an item of several objects at once keeps the properties of each', async () => {
  const item = { anyOf: [object({ id: text, a: text }), object({ id: text, b: text })] };
  const mock = await mockOfPaths({
    '/things': { get: gives(listOf(item)), post: { ...anything, ...gives(item, 201) } },
    '/things/{id}': {
      parameters: inPath('id'),
      get: gives(item),
      patch: { ...anything, ...gives(item) },
    },
  });
  const { body } = await askFor(mock, 'POST /things', { a: '1', b: '2' });
  expect(body).toEqual({ id: expect.any(String), a: '1', b: '2' });
  const changed = await askFor(mock, `PATCH /things/${body.id}`, { b: '3' });
  expect(changed.body).toEqual({ ...body, b: '3' });
});

test('items name the one that they belong to where their own object does', async () => {
  const item = { oneOf: [one('a', { org_id: text }), one('b', { size: integer })] };
  const org = object({ id: text });
  const things = { get: gives(listOf(item)), post: { ...anything, ...gives(item, 201) } };
  const mock = await mockOfPaths({
    '/orgs': { get: gives(listOf(org)) },
    '/orgs/{org_id}': { parameters: inPath('org_id'), get: gives(org) },
    '/orgs/{org_id}/things': { parameters: inPath('org_id'), ...things },
    '/orgs/{org_id}/things/{id}': { parameters: inPath('org_id', 'id'), get: gives(item) },
  });
  const [{ id }] = (await askFor(mock, 'GET /orgs')).body;
  const own = expect.any(String);
  expect((await askFor(mock, `POST /orgs/${id}/things`, { kind: 'a' })).body).toEqual({
    ...{ id: own, kind: 'a', org_id: id },
  });
  expect((await askFor(mock, `POST /orgs/${id}/things`, { kind: 'b', size: 1 })).body).toEqual({
    ...{ id: own, kind: 'b', size: 1 },
  });
  expect((await askFor(mock, `GET /orgs/${id}/things`)).status).toBe(200);
  expect(mock.requests.flatMap(({ validations }) => validations)).toEqual([]);
});

test('a single object is replaced by another of its kinds', async () => {
  const item = { oneOf: [one('card', { number: text }), one('bank', { iban: text })] };
  const mock = await mockOfPaths({
    '/payment': {
      get: gives(item),
      put: { ...takes(item), ...gives(item) },
      patch: { ...anything, ...gives(item) },
    },
  });
  const bank = { kind: 'bank', iban: 'x' };
  expect((await askFor(mock, 'PUT /payment', bank)).body).toEqual(bank);
  expect((await askFor(mock, 'GET /payment')).body).toEqual(bank);
  const card = { kind: 'card', number: '4' };
  expect((await askFor(mock, 'PATCH /payment', card)).body).toEqual(card);
  expect((await askFor(mock, 'GET /payment')).body).toEqual(card);
});
