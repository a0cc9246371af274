import { describe, expect, test } from 'vitest';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

const item = { parameters: inPath('id') };
const boolean = { type: 'boolean' };
const time = { type: 'string', format: 'date-time' };
const nullableTime = { type: ['string', 'null'], format: 'date-time' };

const note = object(
  {
    id: integer,
    name: text,
    deleted: boolean,
    deleted_at: nullableTime,
    removedAt: time,
    status: { enum: ['draft', 'published', 'deleted'] },
  },
  ['id', 'name', 'deleted', 'deleted_at'],
);
const paths = {
  '/notes': { get: gives(listOf(note)), post: { ...takes(note), ...gives(note, 201) } },
  '/notes/{id}': {
    ...item,
    get: gives(note),
    patch: { ...takes(note), ...gives(note) },
    delete: givesNothing,
  },
  '/notes/{id}/restore': { ...item, post: gives(note) },
};

describe('an item that a change marked as deleted', () => {
  const date = '2026-01-01T00:00:00Z';
  const whole = { id: 1001, name: 'a', deleted: false, deleted_at: null, status: 'published' };

  test.each([
    { deleted: true },
    { deleted_at: date },
    { removedAt: date },
    { status: 'deleted' },
    { deleted: true, deleted_at: date, removedAt: date, status: 'deleted' },
  ])('is not any more after it is restored: %j', async (marks) => {
    const mock = await mockOfPaths(paths);
    await askFor(mock, 'POST /notes', whole);
    const marked = await askFor(mock, 'PATCH /notes/1001', { ...whole, ...marks });
    expect(marked.body).toEqual({ ...whole, ...marks });
    expect((await askFor(mock, 'POST /notes/1001/restore')).body).toEqual(whole);
    expect((await askFor(mock, 'GET /notes/1001')).body).toEqual(whole);
  });

  test('and was deleted then is neither after it is restored', async () => {
    const mock = await mockOfPaths(paths);
    await askFor(mock, 'POST /notes', { ...whole, deleted: true, deleted_at: date });
    await askFor(mock, 'DELETE /notes/1001');
    expect((await askFor(mock, 'POST /notes/1001/restore')).body).toEqual(whole);
  });
});

test('items that are there from the start are neither deleted nor archived', async () => {
  const names = ['deleted', 'isArchived', 'deleted_at', 'archivedAt', 'archived_on', 'deletedBy'];
  const of = (name: string) =>
    name.startsWith('is') || name === 'deleted' ? boolean : nullableTime;
  const properties = Object.fromEntries(names.map((name) => [name, of(name)]));
  const task = object({ id: integer, ...properties, archive_date: time, trashedAt: time }, [
    'id',
    ...names,
  ]);
  const mock = await mockOfPaths({
    '/tasks': { get: gives(listOf(task)) },
    '/tasks/{id}': { ...item, get: gives(task) },
  });
  const { body } = await askFor(mock, 'GET /tasks');
  expect(body).toHaveLength(100);
  for (const one of body) {
    const { id: _, ...marks } = one;
    expect(Object.keys(marks)).toEqual(names);
    expect(Object.values(marks).filter(Boolean)).toEqual([]);
  }
});
