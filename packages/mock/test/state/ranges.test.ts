import { describe, expect, test } from 'vitest';
import { describeInferred } from '../../src/cli/inferred.ts';
import { loadAPI } from '../../src/index.ts';
import type { AnyBody } from '../support/ask.ts';
import {
  askFor,
  gives,
  inPath,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  object,
  text,
} from '../support/paths.ts';

const day = { type: 'string', format: 'date-time' };
const status = { enum: ['open', 'closed'] };
const charge = object({ id: text, at: integer, createdAt: day, status, price: integer });
const deep = { style: 'deepObject', explode: true };
const bounds = object({ gt: integer, gte: integer, lt: integer, lte: integer, near: integer }, []);
const paths = {
  '/charges': {
    get: {
      ...gives(listOf(charge)),
      parameters: [
        inQuery('at', { anyOf: [bounds, integer] }, deep),
        inQuery('filter', object({ status: text, price: bounds, colour: text }, []), deep),
        inQuery('where', { type: 'object', additionalProperties: true }, deep),
        inQuery('created_after', day),
        inQuery('createdAt__lte'),
        inQuery('createdAt[before]', day),
        inQuery('price_ne', integer),
        inQuery('minPrice', integer),
        inQuery('updated_after', day),
        inQuery('sort'),
      ],
    },
  },
};

type Test = (charge: AnyBody) => boolean;
const noon = '2024-01-01T12:00:00Z';

describe('a range of a query', async () => {
  const mock = await mockOfPaths(paths);
  const all: AnyBody[] = (await askFor(mock, 'GET /charges')).body;
  const [{ at, price }] = [...all].sort((a, b) => a.at - b.at).slice(50);

  test.each<[string, Test]>([
    [`at[gte]=${at}`, (one) => one.at >= at],
    [`at%5Blt%5D=${at}&at%5Bgt%5D=200`, (one) => one.at < at && one.at > 200],
    [`at=${at}`, (one) => one.at === at],
    ['filter[status]=open', (one) => one.status === 'open'],
    [`filter[price][lte]=${price}`, (one) => one.price <= price],
    ['where[status]=open', (one) => one.status === 'open'],
    [`where[price][gt]=${price}`, (one) => one.price > price],
    [`created_after=${noon}`, (one) => Date.parse(one.createdAt) > Date.parse(noon)],
    ['createdAt__lte=2024-01-01', (one) => one.createdAt.slice(0, 10) <= '2024-01-01'],
    [`createdAt[before]=${noon}`, (one) => Date.parse(one.createdAt) < Date.parse(noon)],
    [`price_ne=${price}`, (one) => one.price !== price],
    [`minPrice=${price}`, (one) => one.price >= price],
  ])('%s leaves the items out that are outside of it', async (query, isWanted) => {
    const { body } = await askFor(mock, `GET /charges?${query}`);
    expect(body).toEqual(all.filter(isWanted));
    expect(body.length).toBeLessThan(all.length);
    expect(mock.requests.at(-1)?.validations).toEqual([]);
  });

  test.each(['at[near]', 'filter[colour]', 'updated_after', 'sort'])(
    '%s has no effect, which the journal and the start say',
    async (name) => {
      const value = name === 'updated_after' ? noon : '1';
      expect((await askFor(mock, `GET /charges?${name}=${value}`)).body).toEqual(all);
      const { validations = [] } = mock.requests.at(-1) ?? {};
      expect(validations.map(({ message }) => message)).toEqual([
        `Request query parameter ${name} has no effect in the mock`,
      ]);
      const api = await loadAPI({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
      expect(describeInferred(api, 'x.yaml')).toContain(
        'Parameters without an effect: charges.list (at[near], filter[colour], updated_after, sort)',
      );
    },
  );
});

test.each<[string, Test]>([
  ['price=gte.500', ({ price }) => price >= 500],
  ['price=neq.500&status=eq.open', ({ price, status: is }) => price !== 500 && is === 'open'],
  ['status=in.(open,closed)', () => true],
  ['status=ilike.*o*', () => true],
])('operators of PostgREST compare: %s', async (query, isWanted) => {
  const header = { name: 'Range-Unit', in: 'header', schema: text };
  const parameters = [inQuery('price'), inQuery('status'), header];
  const mock = await mockOfPaths({
    '/charges': { get: { ...gives(listOf(charge)), parameters } },
    '/charges/{id}': { parameters: inPath('id'), get: gives(charge) },
  });
  const all: AnyBody[] = (await askFor(mock, 'GET /charges')).body;
  expect((await askFor(mock, `GET /charges?${query}`)).body).toEqual(all.filter(isWanted));
});
