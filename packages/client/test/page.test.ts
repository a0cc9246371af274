import { describe, expect, test } from 'vitest';
import { ConversationCursorPage } from '../src/index.ts';
import { collect, failure, json, page, pages, rejection, stubClient } from './support/stub.ts';

const idsOf = (users: { id: string }[]) => users.map(({ id }) => id);

describe('a page', () => {
  test('has what the server sent, and the request id out of sight', async () => {
    const body = page(['a', 'b'], { has_more: true });
    const { users } = stubClient([json(body)]);
    const got = await users.list();
    expect(got).toBeInstanceOf(ConversationCursorPage);
    expect({ ...got }).toEqual(body);
    expect(got.getPaginatedItems()).toBe(got.data);
    expect(got._request_id).toBe('req_1');
    expect(Object.keys(got)).not.toContain('_request_id');
  });

  test('stringifies to the body of the server, properties that we do not know included', async () => {
    const body = { ...page(['a']), next_year: { hope: true } };
    const { users } = stubClient([json(body)], { defaultHeaders: { 'x-secret': 'hidden' } });
    expect(JSON.parse(JSON.stringify(await users.list()))).toEqual(body);
  });

  test('says whether and how to go on', async () => {
    const { users } = stubClient([json(page(['a'], { has_more: true })), json(page(['b']))]);
    const first = await users.list({ limit: 1 }, { headers: { 'x-team': 'search' } });
    expect(first.hasNextPage()).toBe(true);
    expect(first.nextPageRequestOptions()).toMatchObject({
      query: { limit: 1, after: 'a' },
      headers: { 'x-team': 'search' },
    });
    const second = await first.getNextPage();
    expect(idsOf(second.data)).toEqual(['b']);
    expect(second.hasNextPage()).toBe(false);
    await expect(second.getNextPage()).rejects.toThrow('No next page expected');
  });
});

test('a page without `object` is a list, and its items are its data', async () => {
  const { users } = stubClient([json(page(['a', 'b'], { object: undefined }))]);
  const list = await users.list();
  expect(list.object).toBe('list');
  expect(list.getPaginatedItems()).toBe(list.data);
});

describe('a walk', () => {
  test('yields every user of every page, in order', async () => {
    const { users, sent } = stubClient([pages(['a', 'b'], ['c'], ['d', 'e'])]);
    expect(idsOf(await collect(users.list()))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(sent.map(({ url }) => url.searchParams.get('after'))).toEqual([null, 'b', 'c']);
  });

  test('starts from any page, by pages as well', async () => {
    const { users } = stubClient([pages(['a'], ['b'], ['c'])]);
    const second = await (await users.list()).getNextPage();
    expect((await collect(second.iterPages())).map(({ data }) => idsOf(data))).toEqual([
      ['b'],
      ['c'],
    ]);
    expect(idsOf(await collect(second))).toEqual(['b', 'c']);
  });

  test('keeps query, headers, timeout and fetch options of the first call', async () => {
    const { users, sent } = stubClient([pages(['a'], ['b'])]);
    const options = {
      headers: { 'x-team': 'search' },
      query: { extra: '1' },
      fetchOptions: { cache: 'no-store' as const },
    };
    await collect(users.list({ limit: 1, emails: ['x@example.com'] }, options));
    const [first, second] = sent;
    expect(second?.url.search).toBe(`${first?.url.search}&after=a`);
    expect(second?.headers.get('x-team')).toBe('search');
    expect(second?.init.cache).toBe('no-store');
  });

  test('goes through an empty page that is not the last', async () => {
    const { users } = stubClient([
      json(page(['a'], { has_more: true })),
      json(page([], { has_more: true, last_id: 'gap' })),
      json(page(['b'])),
    ]);
    expect(idsOf(await collect(users.list()))).toEqual(['a', 'b']);
  });

  test('goes on from the last user where `last_id` is missing', async () => {
    const { users, sent } = stubClient([
      json(page(['a', 'b'], { has_more: true, last_id: null })),
      json(page(['c'])),
    ]);
    expect(idsOf(await collect(users.list()))).toEqual(['a', 'b', 'c']);
    expect(sent[1]?.url.searchParams.get('after')).toBe('b');
  });

  test('uses `last_id` as it is, even if no user has that id', async () => {
    const { users, sent } = stubClient([
      json(page(['a'], { has_more: true, last_id: 'ü/&=?\r\n' })),
      json(page()),
    ]);
    await collect(users.list());
    expect(sent[1]?.url.searchParams.get('after')).toBe('ü/&=?\r\n');
  });

  test('fails where the server says that there is more but gives no cursor', async () => {
    const { users } = stubClient([json(page([], { has_more: true }))]);
    const error = await rejection(collect(users.list()));
    expect(error).toMatchObject({ name: 'InvalidResponseError', status: 200, requestID: 'req_1' });
    expect(error.message).toBe('200 Expected a cursor: `has_more` is true, but the page has none.');
  });

  test.each([
    ['at once', [page(['a'], { has_more: true }), page(['a'], { has_more: true })]],
    [
      'after a while',
      [
        page(['a'], { has_more: true }),
        page(['b'], { has_more: true }),
        page(['c'], { has_more: true }),
        page(['a'], { has_more: true }),
      ],
    ],
  ])('fails where a cursor comes back %s', async (_, bodies) => {
    const { users, sent } = stubClient(bodies.map((body) => json(body)));
    const yielded: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const { id } of users.list()) yielded.push(id);
      })(),
    );
    expect(error.name).toBe('InvalidResponseError');
    expect(error.message).toContain('"a"');
    expect(sent).toHaveLength(bodies.length);
    expect(yielded).toHaveLength(bodies.length);
  });

  test('fails where the first cursor is the one that the caller gave', async () => {
    const { users } = stubClient([json(page(['x'], { has_more: true }))]);
    await expect(collect(users.list({ after: 'x' }))).rejects.toThrow('Pagination loop');
  });

  test('notices a circle when it is walked by hand, too', async () => {
    const { users } = stubClient([
      json(page(['a'], { has_more: true })),
      json(page(['b'], { has_more: true })),
      json(page(['a'], { has_more: true })),
    ]);
    let current = await users.list();
    current = await current.getNextPage();
    current = await current.getNextPage();
    await expect(current.getNextPage()).rejects.toThrow('Pagination loop');
  });

  test('may be done twice from the same page', async () => {
    const { users } = stubClient([pages(['a'], ['b'], ['c'])]);
    const first = await users.list();
    expect(idsOf(await collect(first))).toEqual(['a', 'b', 'c']);
    expect(idsOf(await collect(first))).toEqual(['a', 'b', 'c']);
    expect(idsOf((await first.getNextPage()).data)).toEqual(['b']);
  });

  test('leaves what it yielded valid when a page fails, and says where to go on', async () => {
    const { users } = stubClient([json(page(['a'], { has_more: true })), failure(400)]);
    const yielded: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const { id } of users.list({ limit: 1 })) yielded.push(id);
      })(),
    );
    expect(yielded).toEqual(['a']);
    expect(error).toMatchObject({ status: 400, method: 'GET' });
    expect(new URL(String(error['url'])).searchParams.get('after')).toBe('a');
  });

  test('sends nothing more after a break', async () => {
    const { users, sent } = stubClient([pages(['a'], ['b'], ['c'])]);
    for await (const user of users.list()) if (user.id === 'a') break;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toHaveLength(1);
  });
});

describe('prefetch', () => {
  test('asks for the next page while this one is used, one page ahead at most', async () => {
    const { users, sent } = stubClient([pages(['a'], ['b'], ['c'], ['d'])]);
    const requests: number[] = [];
    for await (const _ of users.list({}, { prefetch: true })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      requests.push(sent.length);
    }
    expect(requests).toEqual([2, 3, 4, 4]);
  });

  test('ends a request under way when the consumer breaks off', async () => {
    let ended: AbortSignal | null | undefined;
    const { users } = stubClient([
      json(page(['a'], { has_more: true })),
      ({ init }) => {
        ended = init.signal;
        return new Promise(() => {});
      },
    ]);
    for await (const _ of users.list({}, { prefetch: true })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      break;
    }
    expect(ended?.aborted).toBe(true);
  });

  test('does not abort what has arrived when the consumer breaks off after the last page', async () => {
    const { users, sent } = stubClient([pages(['a'], ['b'])]);
    for await (const { id } of users.list({}, { prefetch: true })) if (id === 'b') break;
    expect(sent.map(({ init }) => init.signal?.aborted)).toEqual([false, false]);
  });

  test('is not done unless it is asked for', async () => {
    const { users, sent } = stubClient([pages(['a'], ['b'])]);
    for await (const _ of users.list()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      break;
    }
    expect(sent).toHaveLength(1);
  });

  test('fails only once the consumer gets there', async () => {
    const { users } = stubClient([json(page(['a', 'b'], { has_more: true })), failure(403)]);
    const yielded: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const { id } of users.list({}, { prefetch: true })) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          yielded.push(id);
        }
      })(),
    );
    expect(yielded).toEqual(['a', 'b']);
    expect(error['status']).toBe(403);
  });
});

describe('a response that is not a list', () => {
  test.each([
    ['{"data":{}}', '`data` is not an array'],
    ['null', '`data` is not an array'],
    ['{"data":[],"has_more":"no"}', '`has_more` is not a boolean'],
  ])('says of %s which property is wrong, and how', async (text, problem) => {
    const { users } = stubClient([new Response(text)]);
    await expect(users.list()).rejects.toThrow(`200 Expected a list: ${problem}.`);
  });

  test.each([
    ['null', 'null'],
    ['an array', '[]'],
    ['a text', '"list"'],
    ['an object without data', '{"object":"list"}'],
    ['data that is not an array', '{"data":{}}'],
    ['has_more that is not a boolean', '{"data":[],"has_more":"no"}'],
    ['not JSON', '<html>'],
    ['half of a JSON text', '{"object":"list","data":[{"id":"a"}'],
    ['nothing', ''],
  ])('is an error: %s', async (_, text) => {
    const { users } = stubClient([new Response(text, { headers: { 'x-request-id': 'req_7' } })]);
    const error = await rejection(users.list());
    expect(error).toMatchObject({
      name: 'InvalidResponseError',
      status: 200,
      requestID: 'req_7',
      attempts: 1,
    });
  });
});

describe('a field that nobody needs', () => {
  test.each([
    '{"data":[{"id":"a"}],"first_id":5}',
    '{"data":[{"id":"a"}],"last_id":7}',
    '{"data":[{"id":"a"}],"last_id":{},"has_more":false}',
  ])('refuses nothing: %s', async (text) => {
    const { users } = stubClient([new Response(text)]);
    expect((await collect(users.list())).map(({ id }) => id)).toEqual(['a']);
  });

  test('is an error once a next page is asked for by it', async () => {
    const text = '{"data":[{"id":"a"}],"has_more":true,"last_id":5}';
    const { users, sent } = stubClient([new Response(text)]);
    const page = await users.list();
    expect(page.nextPageRequestOptions()).toBe(null);
    await expect(page.getNextPage()).rejects.toMatchObject({ name: 'InvalidResponseError' });
    expect(sent).toHaveLength(1);
  });

  test('is empty where the server sends no cursor', async () => {
    const { users } = stubClient([new Response('{"data":[]}')]);
    const page = await users.list();
    expect([page.first_id, page.last_id, page.has_more]).toEqual([null, '', false]);
  });
});
