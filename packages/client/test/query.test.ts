import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientOptions, OrgClientError, type RequestOptions } from '../src/index.ts';
import { stubClient } from './support/stub.ts';

async function sentQuery(
  query: object,
  options: RequestOptions = {},
  client: ClientOptions = {},
): Promise<string> {
  const { users, sent } = stubClient([], client);
  await users.list(query, options);
  return sent[0]?.url.search ?? '';
}

describe('the query', () => {
  test('is written as the API describes it', async () => {
    const query = { after: 'user_1', emails: ['a@x.test', 'b@x.test'], limit: 5 };
    expect(await sentQuery(query)).toBe(
      '?after=user_1&emails=a%40x.test&emails=b%40x.test&limit=5',
    );
  });

  test('can be written as the official package does', async () => {
    const emails = ['a', 'b'];
    expect(await sentQuery({ emails }, {}, { arrayFormat: 'brackets' })).toBe(
      '?emails%5B%5D=a&emails%5B%5D=b',
    );
  });

  test('leaves out what is undefined and what is empty', async () => {
    expect(await sentQuery({ after: undefined, emails: [], limit: undefined })).toBe('');
  });

  test('merges: defaults, then the call, then its options; null deletes', async () => {
    const client = { defaultQuery: { limit: 1, a: 'default', b: 'default' } };
    const search = await sentQuery(
      { limit: 2, c: 'call' },
      { query: { c: 'options', b: null } },
      client,
    );
    expect(Object.fromEntries(new URLSearchParams(search))).toEqual({
      limit: '2',
      a: 'default',
      c: 'options',
    });
  });

  test('takes out a default by null and by undefined', async () => {
    const client = { defaultQuery: { a: 1, b: 2, c: 3 } };
    expect(await sentQuery({ a: undefined, b: null }, {}, client)).toBe('?c=3');
    expect(await sentQuery({}, { query: { a: undefined, b: null } }, client)).toBe('?c=3');
  });

  test('may be nested, with every name encoded', async () => {
    const filter = { 'x]&limit=100&z[': 1, deep: { er: ['a', 'b'] }, when: new Date(0) };
    const search = await sentQuery({ filter } as object);
    expect([...new URLSearchParams(search)]).toEqual([
      ['filter[x]&limit=100&z[]', '1'],
      ['filter[deep][er]', 'a'],
      ['filter[deep][er]', 'b'],
      ['filter[when]', '1970-01-01T00:00:00.000Z'],
    ]);
  });

  test('has the brackets of its names once', async () => {
    const brackets = { arrayFormat: 'brackets', baseURL: 'https://api.test/v1?one=1&two=1&two=2' };
    const search = await sentQuery({ 'emails[]': ['a'] } as object, {}, brackets as ClientOptions);
    expect([...new URLSearchParams(search)]).toEqual([
      ['one', '1'],
      ['two[]', '1'],
      ['two[]', '2'],
      ['emails[]', 'a'],
    ]);
  });

  test('may have any name', async () => {
    const query = JSON.parse('{"__proto__":"a","constructor":"b","x[y]&z":"c"}');
    const sent = new URLSearchParams(await sentQuery(query));
    expect([...sent].sort()).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['x[y]&z', 'c'],
    ]);
  });

  test.each([
    ['a text', 'limit=3'],
    ['an array', [['limit', 3]]],
    ['a map', new Map([['limit', 3]])],
    ['URLSearchParams', new URLSearchParams('limit=3')],
  ])('is refused where it is %s, whose parameters would be lost', async (_, query) => {
    const { users, sent } = stubClient();
    const calls = [() => users.list(query as object), () => users.list({}, { query } as object)];
    for (const call of calls) {
      expect(call).toThrow(/^A query must be an object/);
      expect(call).toThrow(OrgClientError);
    }
    expect(sent).toEqual([]);
  });

  test('with an invalid date is refused', async () => {
    const query = { filter: { since: new Date(Number.NaN) } } as object;
    await expect(sentQuery(query)).rejects.toThrow(
      new OrgClientError('The query parameter "filter" is an invalid date.'),
    );
  });

  test('may be null', async () => {
    const { users, sent } = stubClient();
    await users.list(null);
    expect(sent[0]?.url.search).toBe('');
  });

  test('arrives as it was given, whatever characters it has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }),
        async (after, emails) => {
          const params = new URLSearchParams(await sentQuery({ after, emails }));
          expect(params.getAll('after')).toEqual([after.replace(/\p{Surrogate}/gu, '\ufffd')]);
          expect(params.getAll('emails')).toEqual(emails);
          expect([...new Set(params.keys())].sort()).toEqual(['after', 'emails']);
        },
      ),
      { numRuns: 300 },
    );
  });
});
