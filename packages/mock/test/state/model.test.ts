import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadedMock } from '../../src/index.ts';
import type { AnyBody } from '../support/ask.ts';
import {
  askFor,
  gives,
  givesNothing,
  inPath,
  inQuery,
  integer,
  listOf,
  mockOfPaths,
  object,
  takes,
  text,
} from '../support/paths.ts';

// Random sequences of requests are held against a model in memory, for documents of several styles.

interface Thing {
  id: string | number;
  name: string;
  size: number;
}

interface Style {
  id: object;
  /** The path of the list, and of an item of it. */
  list: string;
  item: (id: string | number) => string;
  parameters: object[];
  /** The schema of the list's body. */
  page: (thing: object) => object;
  items: (body: AnyBody) => Thing[];
  /** The query of the next page; undefined after the last one. */
  next: (body: AnyBody, seen: Thing[], limit: number) => string | undefined;
  limit: string;
  /** An item, or a request for one, in a body. */
  wrap: (schema: object) => object;
  wrapped: (thing: object) => object;
  unwrap: (body: AnyBody) => Thing;
  /** Paths above the list. */
  above?: (thing: object) => Record<string, object>;
}

const same = <T>(value: T): T => value;
const plain = { wrap: same, wrapped: same, unwrap: same };
const uuid = { type: 'string', format: 'uuid' };
const pages = [inQuery('page', integer), inQuery('per_page', integer)];

const styles: Record<string, Style> = {
  'bare arrays and numbers': {
    ...plain,
    id: integer,
    list: '/things',
    item: (id) => `/things/${id}`,
    parameters: pages,
    page: listOf,
    items: same,
    next: (body, seen, limit) =>
      body.length < limit ? undefined : `page=${Math.ceil(seen.length / limit) + 1}`,
    limit: 'per_page',
  },
  Django: {
    ...plain,
    id: integer,
    list: '/api/things/',
    item: (id) => `/api/things/${id}/`,
    parameters: [inQuery('page', integer), inQuery('page_size', integer)],
    page: (thing) =>
      object({
        count: integer,
        next: { type: ['string', 'null'], format: 'uri' },
        results: listOf(thing),
      }),
    items: (body) => body.results,
    next: ({ next }) => (next === null ? undefined : new URL(next).search.slice(1)),
    limit: 'page_size',
  },
  Spring: {
    ...plain,
    id: uuid,
    list: '/things',
    item: (id) => `/things/${id}`,
    parameters: [inQuery('page', { ...integer, minimum: 0 }), inQuery('size', integer)],
    page: (thing) =>
      object({
        content: listOf(thing),
        totalElements: integer,
        number: integer,
        last: { type: 'boolean' },
      }),
    items: (body) => body.content,
    next: ({ last, number }) => (last ? undefined : `page=${number + 1}`),
    limit: 'size',
  },
  'Rails, below a parent': {
    id: integer,
    list: '/shelves/3/things.json',
    item: (id) => `/shelves/3/things/${id}.json`,
    parameters: pages,
    page: listOf,
    items: same,
    next: (body, seen, limit) =>
      body.length < limit ? undefined : `page=${Math.ceil(seen.length / limit) + 1}`,
    limit: 'per_page',
    wrap: (schema) => object({ thing: schema }),
    wrapped: (thing) => ({ thing }),
    unwrap: same,
    above: (thing) => ({
      '/shelves.json': { get: gives(listOf(thing)) },
      '/shelves/{id}.json': { parameters: inPath('id'), get: gives(thing) },
    }),
  },
  'cursors and wrapped items': {
    id: text,
    list: '/things',
    item: (id) => `/things/${id}`,
    parameters: [inQuery('cursor'), inQuery('limit', integer)],
    page: (thing) => object({ data: listOf(thing), next_cursor: { type: ['string', 'null'] } }),
    items: (body) => body.data,
    next: ({ next_cursor: cursor }) =>
      cursor ? `cursor=${encodeURIComponent(cursor)}` : undefined,
    limit: 'limit',
    wrap: same,
    wrapped: same,
    unwrap: (body) => body.data,
  },
};

async function mockOf({ id, list, item, parameters, page, wrap, unwrap, above }: Style) {
  const thing = object({ id, name: text, size: integer });
  const input = (required: string[]) =>
    takes(wrap(object({ name: text, size: integer }, required)));
  const answer = unwrap === same ? thing : object({ data: thing });
  const [names, path] = list.includes('/3/') ? [['shelf_id'], '{shelf_id}'] : [[], '3'];
  const at = (given: string) => given.replace('/3/', `/${path}/`);
  return mockOfPaths({
    ...above?.(object({ id: integer, title: text })),
    [at(list)]: {
      parameters: inPath(...names),
      get: {
        'x-mock': { seed: 5 },
        parameters: [...parameters, inQuery('name')],
        ...gives(page(thing)),
      },
      post: { ...input(['name', 'size']), ...gives(answer, 201) },
    },
    [at(item('{id}'))]: {
      parameters: [...inPath(...names), { name: 'id', in: 'path', required: true, schema: id }],
      get: gives(answer),
      patch: { ...input([]), ...gives(answer) },
      put: { ...input(['name', 'size']), ...gives(answer) },
      delete: givesNothing,
    },
  });
}

async function walk(style: Style, mock: LoadedMock, limit: number, filter = ''): Promise<Thing[]> {
  const seen: Thing[] = [];
  const own = `${style.limit}=${limit}${filter}`;
  let search: string | undefined = own;
  while (search !== undefined) {
    const { status, body } = await askFor(mock, `GET ${style.list}?${search}`);
    expect(status).toBe(200);
    const items = style.items(body);
    expect(items.length).toBeLessThanOrEqual(limit);
    seen.push(...items);
    const next = style.next(body, seen, limit);
    search = next === undefined ? undefined : next.includes(own) ? next : `${own}&${next}`;
  }
  return seen;
}

const name = fc.constantFrom('ann', 'bob', 'cyd');
const size = fc.nat(9);
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), name, size }),
  fc.record({ kind: fc.constant('patch' as const), at: fc.nat(20), name }),
  fc.record({ kind: fc.constant('put' as const), at: fc.nat(20), name, size }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('list' as const), limit: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('filter' as const), name }),
  fc.record({ kind: fc.constant('reset' as const) }),
);

test.each(Object.entries(styles))(
  'the state of a document with %s is that of a model',
  async (_, style) => {
    const mock = await mockOf(style);
    const { item, wrapped, unwrap } = style;
    const initial = await walk(style, mock, 3);
    expect(initial).toHaveLength(5);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        mock.reset();
        let things = [...initial];
        const removed: Thing[] = [];
        for (const one of steps) {
          const at = 'at' in one ? one.at % Math.max(1, things.length) : 0;
          const known = things[at];
          if (one.kind === 'reset') {
            mock.reset();
            things = [...initial];
            removed.length = 0;
          } else if (one.kind === 'create') {
            const sent = { name: one.name, size: one.size };
            const { status, body } = await askFor(mock, `POST ${style.list}`, wrapped(sent));
            expect([status, unwrap(body)]).toEqual([201, { id: unwrap(body).id, ...sent }]);
            expect([...things, ...removed].map(({ id }) => id)).not.toContain(unwrap(body).id);
            things.push(unwrap(body));
          } else if (one.kind === 'list') {
            expect(await walk(style, mock, one.limit)).toEqual(things);
          } else if (one.kind === 'filter') {
            const wanted = things.filter((thing) => thing.name === one.name);
            expect(await walk(style, mock, 2, `&name=${one.name}`)).toEqual(wanted);
          } else if (!known) continue;
          else if (one.kind === 'delete') {
            expect((await askFor(mock, `DELETE ${item(known.id)}`)).status).toBe(204);
            removed.push(...things.splice(at, 1));
            expect((await askFor(mock, `GET ${item(known.id)}`)).status).toBe(404);
          } else {
            const { kind, at: __, ...sent } = one;
            const { body } = await askFor(
              mock,
              `${kind.toUpperCase()} ${item(known.id)}`,
              wrapped(sent),
            );
            things[at] = { ...known, ...sent };
            expect(unwrap(body)).toEqual(things[at]);
            expect(unwrap((await askFor(mock, `GET ${item(known.id)}`)).body)).toEqual(things[at]);
          }
        }
        expect(await walk(style, mock, 3)).toEqual(things);
      }),
      { numRuns: 40 },
    );
    const errors = mock.requests.flatMap(({ validations }) =>
      validations.filter(
        ({ severity, message }) => severity === 'error' && !/status 404/.test(message),
      ),
    );
    expect(errors).toEqual([]);
  },
  60_000,
);
