import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from './support/compare.mts';

const fixtures = join(import.meta.dirname, 'support/fixtures');
const [ours, theirs] = [join(fixtures, 'ours.mjs'), join(fixtures, 'theirs.mjs')];

test('what a program misses is a departure, however deep; additions are none', () => {
  const [item, query, gone] = (['Item', 'Query', 'Gone'] as const).map((name) => ({
    name,
    ours,
    official: [theirs, name] as const,
    direction: name === 'Query' ? ('sent' as const) : ('received' as const),
    pointer: [name],
  }));
  const departures = compare([item, query, gone].filter((pair) => pair !== undefined));
  expect(departures.map(({ name, message }) => `${name} ${message}`).sort()).toEqual([
    'Gone is missing',
    'Item.name has another type',
    'Item.owner.phone is missing',
    'Item.since may be missing',
    'Item.tags[].color has another type',
    'Query.after is missing',
    'Query.limit has another type',
    'Query.order is required',
    'Query.page is required',
  ]);
  expect(departures.find(({ name }) => name === 'Item.tags[].color')?.pointer).toEqual([
    'Item',
    'properties',
    'tags',
    'items',
    'properties',
    'color',
  ]);
});
