import { expect, test } from 'vitest';
import { createMock, loadAPI } from '../../src/index.ts';
import { type AnyBody, bodyOf } from '../support/ask.ts';

// The answers of frameworks, whose parts besides the items have to tell the same as the items.

const text = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const integer = { type: 'integer' };
const number = { type: 'number' };
const flag = { type: 'boolean' };
const object = (properties: Record<string, object>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const items = { type: 'array', items: object({ id: integer, name: text }) };
const origin = 'http://mock.test';

interface Framework {
  query: Record<string, object>;
  gives: object;
  /** The query of the third page of ten items. */
  third: string;
  /** Of 25 items. */
  body: object;
}

const links = { first: nullable, last: nullable, prev: nullable, next: nullable };

const frameworks: Record<string, Framework> = {
  'Laravel, with `links` and `meta`': {
    query: { page: integer, per_page: integer },
    gives: object({
      data: items,
      links: object(links),
      meta: object({
        ...{ current_page: integer, from: integer, last_page: integer, path: nullable },
        ...{ per_page: integer, to: integer, total: integer },
      }),
    }),
    third: 'per_page=10&page=3',
    body: {
      links: {
        first: `${origin}/books?per_page=10&page=1`,
        last: `${origin}/books?per_page=10&page=3`,
        prev: `${origin}/books?per_page=10&page=2`,
        next: null,
      },
      meta: expect.objectContaining({
        ...{ current_page: 3, from: 21, last_page: 3, per_page: 10, to: 25, total: 25 },
      }),
    },
  },
  'Django REST framework, with `count`': {
    query: { limit: integer, offset: integer },
    gives: object({ count: integer, next: nullable, previous: nullable, results: items }),
    third: 'limit=10&offset=20',
    body: { count: 25, next: null, previous: `${origin}/books?limit=10&offset=10` },
  },
  'Rails, with the number of the next page': {
    query: { page: integer, per_page: integer },
    gives: object({
      books: items,
      meta: object({
        current_page: integer,
        next_page: { type: ['integer', 'null'] },
        prev_page: { type: ['integer', 'null'] },
        ...{ total_pages: integer, total_count: integer },
      }),
    }),
    third: 'per_page=10&page=3',
    body: {
      meta: { current_page: 3, next_page: null, prev_page: 2, total_pages: 3, total_count: 25 },
    },
  },
  'NestJS, whose numbers are of type number': {
    query: { page: { ...number, default: 1 }, take: number },
    gives: object({
      data: items,
      meta: object({
        ...{ page: number, take: number, itemCount: number, pageCount: number },
        ...{ hasPreviousPage: flag, hasNextPage: flag },
      }),
    }),
    third: 'take=10&page=3',
    body: {
      meta: {
        ...{ page: 3, take: 10, itemCount: 25, pageCount: 3 },
        ...{ hasPreviousPage: true, hasNextPage: false },
      },
    },
  },
  'ASP.NET, in Pascal case': {
    query: { PageNumber: integer, PageSize: integer },
    gives: object({
      Items: items,
      ...{ PageNumber: integer, PageSize: integer, TotalPages: integer, TotalCount: integer },
      ...{ HasPreviousPage: flag, HasNextPage: flag },
    }),
    third: 'PageSize=10&PageNumber=3',
    body: {
      ...{ PageNumber: 3, PageSize: 10, TotalPages: 3, TotalCount: 25 },
      ...{ HasPreviousPage: true, HasNextPage: false },
    },
  },
  'ASP.NET, whose integers may be texts': {
    query: {
      pageIndex: { type: ['integer', 'string'], format: 'int32', default: 0 },
      pageSize: { type: ['integer', 'string'], format: 'int32', default: 10 },
    },
    gives: object({ pageIndex: integer, pageSize: integer, count: integer, data: items }),
    third: 'pageSize=10&pageIndex=2',
    body: { pageIndex: 2, pageSize: 10, count: 25 },
  },
  'Go, with everything in `data`': {
    query: { page: integer, pageSize: integer },
    gives: object({
      code: integer,
      data: object({ list: items, page: integer, pageSize: integer, total: integer }),
    }),
    third: 'pageSize=10&page=3',
    body: { data: { page: 3, pageSize: 10, total: 25 } },
  },
  HAL: {
    query: { page: integer, size: integer },
    gives: object({
      _embedded: object({ books: items }),
      _links: object({
        self: object({ href: text }),
        prev: object({ href: text }),
        next: object({ href: nullable }),
      }),
      page: object({ size: integer, totalElements: integer, totalPages: integer, number: integer }),
    }),
    third: 'size=10&page=3',
    body: {
      _links: {
        self: { href: `${origin}/books?size=10&page=3` },
        prev: { href: `${origin}/books?size=10&page=2` },
        next: { href: null },
      },
      page: { size: 10, totalElements: 25, totalPages: 3, number: 3 },
    },
  },
};

test.each(Object.entries(frameworks))(
  'an answer tells about its page as its framework does: %s',
  async (_, { query, gives, third, body }) => {
    const api = await loadAPI({
      openapi: '3.1.0',
      info: { title: 'Books', version: '1' },
      paths: {
        '/books': {
          get: {
            'x-mock': { seed: 25 },
            parameters: Object.entries(query).map(([name, schema]) => ({
              name,
              in: 'query',
              schema,
            })),
            responses: {
              200: { description: 'OK', content: { 'application/json': { schema: gives } } },
            },
          },
        },
      },
    });
    const mock = createMock({ api });
    const found: AnyBody = await bodyOf(await mock.fetch(`${origin}/books?${third}`));
    expect(found).toMatchObject(body);
    expect(mock.requests.at(-1)?.validations).toEqual([]);
    const list = Object.values({ ...found, ...found._embedded, ...found.data }).find(Array.isArray);
    expect(list).toHaveLength(5);
  },
);
