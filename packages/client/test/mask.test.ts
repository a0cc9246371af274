import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCause, maskSecrets, maskURL, parseMasked, secretsOf } from '../src/core/mask.ts';

const longSecret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => !'*'.includes(text));

describe('maskSecrets', () => {
  test('leaves no secret of eight characters or more anywhere in a text', () => {
    fc.assert(
      fc.property(longSecret, fc.string(), fc.string(), (secret, before, after) => {
        const masked = maskSecrets(before + secret + after, [secret]);
        // What is left over may spell the secret again only together with the mask.
        expect(masked.split('***').some((part) => part.includes(secret))).toBe(false);
      }),
    );
  });

  test('takes an empty text for no secret', () => {
    expect(maskSecrets('a  b', [''])).toBe('a  b');
  });

  test('changes nothing without a secret', () => {
    fc.assert(
      fc.property(fc.string(), longSecret, (text, secret) => {
        fc.pre(!text.includes(secret));
        expect(maskSecrets(text, [secret])).toBe(text);
      }),
    );
  });

  test.each([
    ['k alone, "k" quoted, k.', 'k', '*** alone, "***" quoted, ***.'],
    ['unknown key', 'k', 'unknown key'],
    ['a-k k-a k_a ak', 'k', 'a-k k-a k_a ak'],
    ['k k kk', 'k', '*** *** kk'],
    ['seven77 and seven777', 'seven77', '*** and seven777'],
    ['req-eight888-x', 'eight888', 'req-***-x'],
    ['$& and eight$&8', 'eight$&8', '$& and ***'],
  ])('masks %j with the key %j as %j', (text, secret, expected) => {
    expect(maskSecrets(text, [secret])).toBe(expected);
  });

  test('in an identifier masks whole words of a long secret alone', () => {
    expect(maskSecrets('invalid_eight888', ['eight888'], true)).toBe('invalid_***');
    expect(maskSecrets('eight888', ['eight888'], true)).toBe('***');
    expect(maskSecrets('k', ['k'], true)).toBe('k');
  });
});

describe('parseMasked', () => {
  test('masks values and names, at any depth, and leaves everything else as it is', () => {
    const body = {
      a: ['eight888', 5, null, true],
      eight888: { deep: 'x eight888' },
      code: 'my_eight888',
    };
    expect(parseMasked(JSON.stringify(body), ['eight888'])).toEqual({
      a: ['***', 5, null, true],
      '***': { deep: 'x ***' },
      code: 'my_***',
    });
  });

  test('gives what JSON.parse gives where there is nothing to mask', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseMasked(text, ['\u0000never-there'])).toEqual(JSON.parse(text));
      }),
    );
  });

  test('returns undefined for text that is not JSON', () => {
    expect(parseMasked('<html>', [])).toBe(undefined);
    expect(parseMasked('', [])).toBe(undefined);
  });
});

test('maskURL hides values whose names speak of secrets, and no others', () => {
  expect(maskURL('http://a.test/x?limit=1&api_key=bcd&Token=c&tokens_of=de&after=d#e')).toBe(
    'http://a.test/x?limit=1&api_key=***&Token=***&tokens_of=***&after=d#e',
  );
});

describe('secretsOf', () => {
  const of = (headers: Record<string, string>, url = '') => [
    ...secretsOf([], new Headers(headers), url),
  ];

  test('finds credentials among headers, without their scheme', () => {
    const headers = {
      authorization: 'Bearer abc',
      'proxy-authorization': 'Digest def',
      'x-api-key': 'ghi',
      apikey: 'vwx',
      'x-auth-token': 'jkl',
      cookie: 'mno',
      'idempotency-key': 'no',
      accept: 'no',
    };
    expect(of(headers).sort()).toEqual(['abc', 'def', 'ghi', 'jkl', 'mno', 'vwx']);
    const cookies = { cookie: 'session=pqr; theme=; token=s=tu' };
    expect(of(cookies).sort()).toEqual(['', 'pqr', 's=tu']);
  });

  test('finds values in a query', () => {
    expect(of({}, 'http://a.test/x?api_key=a%20b&limit=1')).toEqual(['a b']);
  });

  test('has every form in which a secret may come back, the longest first', () => {
    const found = [...secretsOf(['sk/admin+"0123'], new Headers(), '')];
    expect(found).toEqual(expect.arrayContaining(['sk%2Fadmin%2B%220123', 'sk/admin+\\"0123']));
    const lengths = found.map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    for (const text of [btoa('sk/admin+"0123'), btoa('sk/admin+"0123 and more')]) {
      expect(maskSecrets(text, found)).toContain('***');
    }
  });

  test.each(['', ':', 'me:', 'user:', 'Bearer '])(
    'finds a secret after %j in Base64 and in hexadecimal',
    (before) => {
      const secret = 'sk-admin-0123456789';
      const found = secretsOf([secret], new Headers(), '');
      const encoded = btoa(`${before}${secret}, and more`);
      const masked = maskSecrets(encoded, found);
      // At most two digits at each end of the secret are left.
      const rest = (encoded.length * 6 - secret.length * 8) / 6 + 4 + '***'.length;
      expect(masked).toContain('***');
      expect(masked.length).toBeLessThanOrEqual(rest);
      const hex = Buffer.from(before + secret).toString('hex');
      const start = Buffer.from(before).toString('hex');
      expect(maskSecrets(hex, found)).toBe(`${start}***`);
      expect(maskSecrets(hex.toUpperCase(), found)).toBe(`${start.toUpperCase()}***`);
    },
  );
});

describe('maskCause', () => {
  const mask = (text: string) => text.replaceAll('secret', '***');

  test('keeps class, name, code, message and causes, and nothing else', () => {
    const error = Object.assign(new RangeError('a secret', { cause: new Error('b secret') }), {
      code: 'E_CODE',
      data: 'secret',
    });
    const copy = maskCause(error, mask) as RangeError & { code: string };
    expect(copy).toBeInstanceOf(RangeError);
    expect([copy.name, copy.message, copy.code]).toEqual(['RangeError', 'a ***', 'E_CODE']);
    expect((copy.cause as Error).message).toBe('b ***');
    expect(copy).not.toHaveProperty('data');
    expect(copy.stack).not.toContain('secret');
    expect(copy.stack).toContain('mask.test.ts');
    expect(error.message).toBe('a secret');
  });

  test('keeps the fields of a failed system call, masked', () => {
    const fields = { errno: -111, syscall: 'connect secret', address: '::1', port: 443 };
    const copy = maskCause(Object.assign(new Error('a'), fields), mask);
    expect(copy).toMatchObject({ ...fields, syscall: 'connect ***' });
  });

  test('adds no code and no cause where there is none, and may be changed', () => {
    const copy = maskCause(Object.assign(new Error('a'), { stack: undefined }), mask) as Error;
    expect([Object.hasOwn(copy, 'code'), Object.hasOwn(copy, 'cause')]).toEqual([false, false]);
    expect(copy.stack).toBe('');
    copy.message = 'b';
    expect(copy.message).toBe('b');
  });

  test('copies what has accessors for its fields', () => {
    const copy = maskCause(new DOMException('a secret', 'NetworkError'), mask) as DOMException;
    expect(copy).toBeInstanceOf(DOMException);
    expect([copy.name, copy.message]).toEqual(['NetworkError', 'a ***']);
  });

  test('ends where causes form a loop, and for what is not an error', () => {
    const loop = new Error('a');
    loop.cause = loop;
    expect(() => maskCause(loop, mask)).not.toThrow();
    expect(maskCause('secret', mask)).toEqual(new Error('***'));
    expect(maskCause({ a: 'secret' }, mask)).toEqual(new Error('[object Object]'));
    expect(maskCause({ toJSON: () => loop, [Symbol.toStringTag]: 'X' }, mask)).toBeInstanceOf(
      Error,
    );
    expect(maskCause(undefined, mask)).toBe(undefined);
  });
});
