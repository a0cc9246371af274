import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { version } from '../src/core/version.ts';
import type { HeadersLike } from '../src/index.ts';
import { adminAPIKey, rejection, stubClient } from './support/stub.ts';

async function sentHeaders(defaults: HeadersLike, own: HeadersLike): Promise<Headers> {
  const { users, sent } = stubClient([], { defaultHeaders: defaults });
  await users.list({}, { headers: own });
  return sent[0]?.headers ?? new Headers();
}

test('these are sent, and no others', async () => {
  const headers = await sentHeaders(undefined, undefined);
  expect(Object.fromEntries(headers)).toEqual({
    accept: 'application/json',
    authorization: `Bearer ${adminAPIKey}`,
    'user-agent': `org-client/${version}`,
  });
});

describe('headers', () => {
  test.each<[string, HeadersLike]>([
    ['an object', { 'X-Team': 'search' }],
    ['Headers', new Headers({ 'X-Team': 'search' })],
    ['pairs', [['x-team', 'search']]],
  ])('may come as %s', async (_, headers) => {
    expect((await sentHeaders(headers, undefined)).get('x-team')).toBe('search');
    expect((await sentHeaders(undefined, headers)).get('x-team')).toBe('search');
  });

  test("of a request win over the client's, whatever the case of their names", async () => {
    const headers = await sentHeaders({ 'X-Team': 'a', 'X-Other': 'b' }, { 'x-tEAM': 'c' });
    expect(headers.get('x-team')).toBe('c');
    expect(headers.get('x-other')).toBe('b');
  });

  test('are deleted by null, also our own, and left alone by undefined', async () => {
    const headers = await sentHeaders(
      { 'x-team': 'a', 'x-other': 'b' },
      { 'X-Team': null, 'x-other': undefined, 'User-Agent': null },
    );
    expect(headers.has('x-team')).toBe(false);
    expect(headers.get('x-other')).toBe('b');
    expect(headers.has('user-agent')).toBe(false);
  });

  test('with several values are sent together', async () => {
    const headers = await sentHeaders(undefined, { 'x-tags': ['a', 'b'] });
    expect(headers.get('x-tags')).toBe('a, b');
  });

  test('in two spellings of one name: the last one is sent', async () => {
    const headers = await sentHeaders(undefined, {
      authorization: 'Bearer old',
      Authorization: 'Bearer new',
    });
    expect(headers.get('authorization')).toBe('Bearer new');
    const none = await sentHeaders(undefined, { 'x-team': 'a', 'X-Team': null });
    expect(none.has('x-team')).toBe(false);
  });

  test('as pairs of one name are sent together', async () => {
    const pairs = [
      ['x-tags', 'a'],
      ['X-Tags', 'b'],
    ] as const;
    expect((await sentHeaders(undefined, pairs)).get('x-tags')).toBe('a, b');
  });

  test('that are cookies are joined by semicolons', async () => {
    const headers = await sentHeaders(undefined, { cookie: ['a=1', 'b=2'] });
    expect(headers.get('cookie')).toBe('a=1; b=2');
  });

  test("may bring the caller's own authorization, or take ours away", async () => {
    const own = await sentHeaders(undefined, { Authorization: 'Bearer mine' });
    expect(own.get('authorization')).toBe('Bearer mine');
    expect((await sentHeaders({ Authorization: null }, undefined)).has('authorization')).toBe(
      false,
    );
  });

  test('that are a text are refused, and the text is not shown', async () => {
    const { users } = stubClient();
    const headers = 'authorization: Bearer hidden' as unknown as Headers;
    const error = await rejection(users.list({}, { headers }));
    expect([error.name, error.message]).toEqual(['OrgClientError', 'Headers must be an object.']);
  });

  test('with a line break are refused, and the value is not shown', async () => {
    const { users } = stubClient();
    const error = await rejection(users.list({}, { headers: { 'x-a': 'hidden\r\nx-b: 1' } }));
    expect(error.name).toBe('OrgClientError');
    expect(error.message).toContain('"x-a"');
    expect(error.message).not.toContain('hidden');
  });

  test('for any headers, a call sends them, or throws an error with the reason', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        async (name, value) => {
          const { users, sent } = stubClient();
          try {
            await users.list({}, { headers: [[name, value]] });
          } catch (error) {
            expect((error as Error).name).toBe('OrgClientError');
            return;
          }
          expect(sent[0]?.headers.get(name)).toBe(value.trim());
          const ours = ['accept', 'authorization', 'user-agent', name.toLowerCase()];
          expect([...(sent[0]?.headers.keys() ?? [])].filter((key) => !ours.includes(key))).toEqual(
            [],
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
