import { describe, expect, test } from 'vitest';
import { createMock } from '../src/index.ts';
import { bearerKey } from '../src/prism/authorization.ts';

const key = 'sk-admin-test';
const status = async (authorization: string) => {
  const mock = createMock({ data: { users: 1 }, keys: [key] });
  // Past the checks of `Headers`, as a socket delivers it.
  const headers = new Headers();
  Object.defineProperty(headers, Symbol.iterator, {
    value: () => [['authorization', authorization]][Symbol.iterator](),
  });
  return (await mock.fetch('/organization/users', { headers })).status;
};

describe('the Authorization header', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'the scheme %s is accepted',
    async (scheme) => {
      expect(await status(`${scheme} ${key}`)).toBe(200);
      expect(await status(`${scheme}   ${key}`)).toBe(200);
    },
  );

  test.each([
    ['a tab after the scheme', `Bearer\t${key}`],
    ['a tab, and an unknown key', 'Bearer\tbad'],
    ['a no-break space, and an unknown key', 'Bearer\u00a0bad'],
    ['a no-break space', `Bearer\u00a0${key}`],
    ['no blank', `Bearer${key}`],
    ['no key', 'Bearer'],
    ['only blanks', 'Bearer   '],
    ['two keys', `Bearer ${key} ${key}`],
    ['a list', `Bearer ${key}, Bearer ${key}`],
    ['a key with a comma', `Bearer ${key},`],
    ['an unknown key', 'Bearer bad'],
    ['another scheme', `Basic ${key}`],
    ['the key alone', key],
    ['nothing', ''],
  ])('with keys, %s is a 401', async (_, authorization) => {
    expect(await status(authorization)).toBe(401);
  });

  test('without keys any key is accepted, spaces included, and a missing key is not', async () => {
    const mock = createMock({ data: { users: 1 } });
    const ask = async (authorization: string) =>
      (await mock.fetch('/organization/users', { headers: { authorization } })).status;
    for (const key of ['anything', 'My Admin API Key', 'a,b', '"quoted"', 'café'])
      expect([key, await ask(`Bearer ${key}`)]).toEqual([key, 200]);
    expect(await ask('bearer anything')).toBe(200);
    expect(await ask('Bearer\tanything')).toBe(401);
    expect(await ask('Bearer')).toBe(401);
  });

  test('a key is everything after the scheme, without the blanks around it', () => {
    expect(bearerKey('Bearer aZ09-._~+/==')).toBe('aZ09-._~+/==');
    expect(bearerKey('bearer  My Key  ')).toBe('My Key');
    expect(bearerKey('Bearer \tkey')).toBeUndefined();
  });
});
