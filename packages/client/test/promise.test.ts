import { describe, expect, test, vi } from 'vitest';
import { APIPromise, PagePromise } from '../src/index.ts';
import { collect, json, page, pages, rejection, stubClient } from './support/stub.ts';

describe('a call', () => {
  test('is sent at once, awaited or not', async () => {
    const { users, sent } = stubClient();
    users.list();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
  });

  test('is sent once, and its body read once, however it is used', async () => {
    const answer = json(page(['a', 'b']));
    const read = vi.spyOn(answer.body as ReadableStream, 'getReader');
    const { users, sent } = stubClient([() => answer]);
    const call = users.list();
    const [first, second, { data, response, request_id }, raw] = await Promise.all([
      call,
      call,
      call.withResponse(),
      call.asResponse(),
    ]);
    expect(await collect(call)).toHaveLength(2);
    expect(second).toBe(first);
    expect(data).toBe(first);
    expect(response).toBe(answer);
    expect(raw).toBe(answer);
    expect(request_id).toBe('req_1');
    expect(sent).toHaveLength(1);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('gives the raw response with its body unread', async () => {
    const { users } = stubClient([json(page(['a']))]);
    const response = await users.list().asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(page(['a']));
  });

  test('is a promise, and what it leads to are plain ones', async () => {
    const call = stubClient([json(page(['a']))]).users.list();
    expect(call).toBeInstanceOf(Promise);
    expect(call).toBeInstanceOf(APIPromise);
    expect(call).toBeInstanceOf(PagePromise);
    const next = call.then(({ data }) => data.length);
    expect(next).not.toBeInstanceOf(APIPromise);
    expect(await next).toBe(1);
    expect(await Promise.resolve(call)).toBe(await call);
  });

  test('runs catch and finally as promises do', async () => {
    const { users } = stubClient([new Response('no', { status: 404 })]);
    const after = vi.fn();
    const caught = await users
      .list()
      .finally(after)
      .catch((error: Error) => error.name);
    expect(caught).toBe('NotFoundError');
    expect(after).toHaveBeenCalledTimes(1);
  });

  test('can be iterated without being awaited', async () => {
    const { users } = stubClient([pages(['a'], ['b', 'c'])]);
    expect((await collect(users.list())).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('a body that the caller has taken', () => {
  test.each<[string, (response: Response) => unknown]>([
    ['read', (response) => response.text()],
    ['cancelled', (response) => response.body?.cancel()],
    ['locked', (response) => response.body?.getReader()],
  ])('and %s is an error that says so, never another request', async (_, take) => {
    const { users, sent } = stubClient([() => json(page(['a']))]);
    const call = users.list();
    await take(await call.asResponse());
    const error = await rejection(call);
    expect(error.name).toBe('OrgClientError');
    expect(error.message).toContain('was already read or cancelled');
    expect(sent).toHaveLength(1);
  });

  test('as a clone is still there for the call', async () => {
    const { users, sent } = stubClient([json(page(['a']))]);
    const call = users.list();
    expect(await (await call.asResponse()).clone().json()).toEqual(page(['a']));
    expect((await call).data).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  test('from a Response that `fetch` gives twice is an error as well', async () => {
    const answer = json(page(['a']));
    const { users } = stubClient([() => answer]);
    await users.list();
    expect((await rejection(users.list())).message).toContain('was already read or cancelled');
  });
});

describe('get', () => {
  test('notes the request id on an object, out of sight', async () => {
    const { client } = stubClient([json({ id: 'x' })]);
    const user = await client.get<{ id: string; _request_id?: string }>('/x');
    expect(user._request_id).toBe('req_1');
    expect(Object.keys(user)).toEqual(['id']);
  });

  test.each([
    ['an array', '[1]', [1]],
    ['null', 'null', null],
    ['a number', '5', 5],
  ])('gives %s as it is', async (_, body, expected) => {
    const headers = { 'content-type': 'application/json' };
    const { client } = stubClient([new Response(body, { headers })]);
    expect(await client.get('/x')).toEqual(expected);
  });

  test('gives undefined for a 204', async () => {
    const { client } = stubClient([new Response(null, { status: 204 })]);
    expect(await client.get('/x')).toBe(undefined);
  });
});
