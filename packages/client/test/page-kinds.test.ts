import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../src/index.ts';
import { kinds, type Thing, Things } from './support/probe.ts';
import { type Answer, collect, json, rejection, stubClient } from './support/stub.ts';

function stubThings(answers: Answer[] = [], options: ClientOptions = {}) {
  const { client, sent } = stubClient(answers, options);
  return { things: Things.of(client), sent };
}

const itemsOf = (ids: readonly string[]) => ids.map((id) => ({ id }));
const ids = (items: readonly Thing[]) => items.map(({ id }) => id);

/** The body of a page of each kind, which leads to `cursor`, or nowhere. */
const bodies = {
  CursorPage: (items: readonly string[], cursor?: string) => ({
    object: 'list',
    data: itemsOf(cursor === undefined ? items : [...items, cursor]),
    has_more: cursor !== undefined,
  }),
  ConversationCursorPage: (items: readonly string[], cursor?: string) => ({
    object: 'list',
    data: itemsOf(items),
    first_id: items[0] ?? null,
    last_id: cursor ?? null,
    has_more: cursor !== undefined,
  }),
  NextCursorPage: (items: readonly string[], cursor?: string) => ({
    object: 'list',
    data: itemsOf(items),
    next: cursor ?? null,
    has_more: cursor !== undefined,
  }),
};
type Kind = keyof typeof bodies;

describe.each(Object.keys(bodies) as Kind[])('a %s', (kind) => {
  const body = bodies[kind];

  test('has the properties of the body, and is of its class', async () => {
    const { things } = stubThings([json(body(['a'], 'b'))]);
    const page = await things.list(kind);
    expect(page).toBeInstanceOf(kinds[kind]);
    expect({ ...page }).toEqual(body(['a'], 'b'));
    expect(page._request_id).toBe('req_1');
    expect(JSON.parse(JSON.stringify(page))).toEqual(body(['a'], 'b'));
  });

  test('leads to the next one by its cursor, with the query of the first', async () => {
    const { things, sent } = stubThings([json(body(['a'], 'c1')), json(body(['z']))]);
    const all = ids(await collect(things.list(kind, { limit: 1 })));
    expect([all[0], all.at(-1)]).toEqual(['a', 'z']);
    expect(sent.map(({ url }) => url.search)).toEqual(['?limit=1', '?limit=1&after=c1']);
  });

  test('ends where has_more is false, null or missing', async () => {
    for (const has_more of [false, null, undefined]) {
      const { things, sent } = stubThings([json({ ...body(['a'], 'c1'), has_more })]);
      const page = await things.list(kind);
      expect(page.hasNextPage()).toBe(false);
      // As in the official package: what would follow, if anything did.
      expect(page.nextPageRequestOptions()?.query).toStrictEqual({ after: 'c1' });
      await expect(page.getNextPage()).rejects.toThrow('No next page expected');
      await collect(page);
      expect(sent).toHaveLength(1);
    }
  });

  test('walks through an empty page', async () => {
    const empty = kind === 'CursorPage' ? body([], 'gap') : body([], 'c2');
    const { things, sent } = stubThings([json(body(['a'], 'c1')), json(empty), json(body(['z']))]);
    expect(ids(await collect(things.list(kind))).at(-1)).toBe('z');
    expect(sent).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ['an object', { 'x]&limit=100&emails=victim@example.com&z[': '1' }],
    ['an array', ['a']],
    ['a number', 5],
    ['true', true],
    ['an empty string', ''],
    ['null', null],
  ])('with %s for a cursor is an error, and nothing is sent', async (_, cursor) => {
    const whole = { object: 'list', data: [{ id: cursor }], last_id: cursor, next: cursor };
    const { things, sent } = stubThings([json({ ...whole, has_more: true })]);
    const error = await rejection(collect(things.list(kind)));
    expect(error.name).toBe('InvalidResponseError');
    expect(sent).toHaveLength(1);
  });

  test('that leads to a cursor of this walk is an error', async () => {
    const { things, sent } = stubThings([
      json(body(['a'], 'c1')),
      json(body(['b'], 'c2')),
      json(body(['c'], 'c1')),
    ]);
    const error = await rejection(collect(things.list(kind)));
    expect(error.message).toBe('200 Pagination loop: the server returned the cursor "c1" twice.');
    expect(sent).toHaveLength(3);
  });
});

describe('a Page', () => {
  test('is the whole list, whatever has_more says', async () => {
    const { things, sent } = stubThings([
      json({ object: 'list', data: itemsOf(['a', 'b']), has_more: true, last_id: 'b' }),
    ]);
    const page = await things.list('Page');
    expect({ ...page }).toEqual({ object: 'list', data: itemsOf(['a', 'b']) });
    expect(page.hasNextPage()).toBe(false);
    expect(page.nextPageRequestOptions()).toBe(null);
    expect(ids(await collect(page))).toEqual(['a', 'b']);
    await expect(page.getNextPage()).rejects.toThrow(
      'No next page expected; please check `.hasNextPage()` before calling `.getNextPage()`.',
    );
    expect(sent).toHaveLength(1);
  });
});

test('a server cannot replace the methods of a page', async () => {
  const body = {
    ...bodies.NextCursorPage(['a']),
    getNextPage: 'x',
    hasNextPage: 'x',
    toJSON: 'x',
    constructor: 'x',
  };
  const hostile = JSON.stringify(body).replace('{', '{"__proto__":{"polluted":true},');
  const headers = { 'content-type': 'application/json' };
  const { things } = stubThings([new Response(hostile, { headers })]);
  const page = await things.list('NextCursorPage');
  expect(page.hasNextPage()).toBe(false);
  expect(page).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

describe('two walks from one page', () => {
  /** Cursors a → b → a → b …, without an end. */
  const circle: Answer = ({ url }) =>
    json(bodies.NextCursorPage(['x'], url.searchParams.get('after') === 'a' ? 'b' : 'a'));
  const outcomes = (walks: AsyncIterable<unknown>[]) =>
    Promise.all(walks.map((walk) => rejection(collect(walk))));

  test('each find the loop, side by side', async () => {
    const { things, sent } = stubThings([circle]);
    const page = await things.list('NextCursorPage');
    for (const { message } of await outcomes([page, page])) expect(message).toContain('"a" twice');
    expect(sent.length).toBeLessThan(8);
  });

  test('each find the loop, on one promise', async () => {
    const { things } = stubThings([circle]);
    const call = things.list('NextCursorPage');
    for (const { message } of await outcomes([call, call])) expect(message).toContain('"a" twice');
  });

  test('do not find a loop where none is', async () => {
    const next = ['a', 'b', 'c', undefined];
    const { things } = stubThings([
      ({ url }) => {
        const at = next.indexOf(url.searchParams.get('after') ?? undefined) + 1;
        return json(bodies.NextCursorPage(['x'], next[at % next.length]));
      },
    ]);
    const page = await things.list('NextCursorPage');
    const walks = await Promise.all([collect(page), collect(page), collect(page.iterPages())]);
    expect(walks.map(({ length }) => length)).toEqual([4, 4, 4]);
  });
});

test('a walk of 3,000 pages finds its loop at the end, and no sooner', async () => {
  const { things, sent } = stubThings([
    ({ url }) => {
      const at = Number(url.searchParams.get('after') ?? 0);
      return json(bodies.NextCursorPage([], String(at === 3000 ? 1500 : at + 1)));
    },
  ]);
  const error = await rejection(collect(things.list('NextCursorPage')));
  expect(error.message).toContain('"1500" twice');
  expect(sent).toHaveLength(3001);
});

describe('the options of the next page', () => {
  test('keep method, path and the options of the first call', async () => {
    const { things } = stubThings([json(bodies.CursorPage(['a'], 'b'))]);
    const page = await things.list('CursorPage', { limit: 2 }, { headers: { 'x-team': 'search' } });
    expect(page.nextPageRequestOptions()).toEqual({
      method: 'get',
      path: '/things',
      query: { limit: 2, after: 'b' },
      headers: { 'x-team': 'search' },
    });
  });
});
