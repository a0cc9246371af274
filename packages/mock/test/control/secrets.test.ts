import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secrets } from '../../src/control/secrets.ts';
import { createMock, type RecordedRequest } from '../../src/index.ts';
import { ask } from '../support/ask.ts';

const known = 'sk-admin-known-to-the-mock';
const own = 'sk-admin-of+this/request==';

/** What masks the keys that are known, and those of a request. */
function createMask(keys: string[], authorization?: string): Secrets {
  const secrets = new Secrets(keys);
  secrets.see({ headers: authorization === undefined ? {} : { authorization }, query: {} });
  return secrets;
}
const mask = createMask([known], `Bearer ${own}`);
const character = fc.constantFrom(...'abcXYZ019-._~+/');

describe('a key is replaced', () => {
  test.each([known, own])('wherever %s is', (key) => {
    const encoded = encodeURIComponent(key);
    for (const text of [key, `/v1/${encoded}/x`, `a${key}b`, encodeURIComponent(encoded)]) {
      expect(mask.text(text)).not.toContain(key.slice(0, 12));
      expect(mask.text(text)).toContain('***');
    }
    const value = { [key]: [key, { deep: `x${key}` }], plain: 1, none: null };
    expect(mask.value(value)).toEqual({ '***': ['***', { deep: 'x***' }], plain: 1, none: null });
  });

  test('where every character is percent-encoded', () => {
    const hex = [...known].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('');
    expect(mask.text(`/v1/${hex}`)).toBe('/v1/***');
  });

  test('where it is written as Base64', () => {
    for (const text of [known, `${known}!`])
      expect(mask.text(`a ${btoa(text)} b`)).not.toContain(btoa(known).slice(0, 30));
  });

  test.each(['', ':', 'me:', 'user:'])('after %j in Base64, and in hexadecimal', (before) => {
    const key = 'sk-admin-0123456789';
    const secrets = new Secrets([key]);
    const bytes = Buffer.from(`${before}${key}, and more`);
    for (const encoded of [bytes.toString('base64'), bytes.toString('base64url')]) {
      const masked = secrets.text(encoded);
      expect(masked).toContain('***');
      // At most two digits at each end of the key are left.
      const left = (encoded.length * 6 - key.length * 8) / 6 + 4 + '***'.length;
      expect(masked.length).toBeLessThanOrEqual(left);
    }
    const hex = bytes.toString('hex');
    for (const each of [hex, hex.toUpperCase()]) expect(secrets.text(each)).toContain('***');
  });

  test('where it is escaped for HTML, or a slash of it for JSON', () => {
    const secrets = new Secrets([`k/"0123'&<>`]);
    expect(secrets.text('a k/&quot;0123&#39;&amp;&lt;&gt; b')).toBe('a *** b');
    expect(secrets.text(`a k\\/\\"0123'&<> b`)).toBe('a *** b');
  });

  test('where a plus of it became a space', () => {
    expect(mask.text(own.replaceAll('+', ' '))).toBe('***');
  });

  test('the longest first, where one begins with another', () => {
    expect(createMask(['sk-admin-a', 'sk-admin-a-long']).text('sk-admin-a-long')).toBe('***');
  });

  test('in any text, at any place', () => {
    const key = fc.array(character, { minLength: 8, maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const shown = createMask([], `Bearer ${secret}`).text(before + secret + after);
        expect(shown.replaceAll('***', '')).not.toContain(secret);
      }),
    );
  });
});

describe('a value', () => {
  const nested = (levels: number): unknown => {
    let value: unknown = known;
    for (let i = 0; i < levels; i += 1) value = i % 2 ? [value] : { a: value };
    return value;
  };

  test('is walked as deep as a body may be nested', () => {
    expect(JSON.stringify(mask.value(nested(100)))).toContain('***');
    expect(JSON.stringify(mask.value(nested(100)))).not.toContain(known);
  });

  test.each([[5], [true], [null], [undefined], [{}], [[]]])('of %j stays as it is', (value) => {
    expect(mask.value(value)).toEqual(value);
  });
});

test('long texts are searched like short ones, again and again', () => {
  for (const padding of [10, 512, 5_000, 50_000]) {
    const text = `${'x'.repeat(padding)} ${known} `;
    for (let i = 0; i < 2; i += 1) expect(mask.text(text)).toBe(`${'x'.repeat(padding)} *** `);
  }
});

test('a flood of long keys takes time linear in their number', () => {
  const secrets = new Secrets();
  for (let i = 0; i < 500; i += 1) {
    const authorization = `Bearer ${i}-${'x'.repeat(7_000)}`;
    secrets.see({ headers: { authorization }, query: {} });
  }
  expect(secrets.text(`499-${'x'.repeat(7_000)}`)).toBe('***');
}, 20_000);

test('a key stays replaced, however many others came after it', () => {
  const secrets = createMask([known]);
  const all = Array.from({ length: 500 }, (_, i) => `key-of-request-${i}`);
  for (const key of all) secrets.see({ headers: { authorization: `Bearer ${key}` }, query: {} });
  for (const key of all) expect(secrets.text(`${known} ${key}.`)).toBe('*** ***.');
});

test.each([
  ['x-api-key', { headers: { 'x-api-key': 'the-key-itself' } }],
  ['proxy-authorization', { headers: { 'proxy-authorization': 'Bearer the-key-itself' } }],
  [
    'a second Authorization',
    { headers: { authorization: 'Bearer a-first-key, Bearer the-key-itself' } },
  ],
  ['quotes', { headers: { authorization: 'Bearer "the-key-itself"' } }],
  ['Basic, as its password', { headers: { authorization: `Basic ${btoa('me:the-key-itself')}` } }],
  ['a parameter of the usual name', { query: { api_key: 'the-key-itself' } }],
  ['a parameter that a scheme names', { query: { k: ['the-key-itself', 'x'] } }],
  ['a header that a scheme names', { headers: { 'x-team-key': 'the-key-itself' } }],
  ['a cookie that a scheme names', { headers: { cookie: 'a=b; session=the-key-itself' } }],
])('a credential in %s is masked from its first use on', (_, given) => {
  const scheme = (place: 'header' | 'query' | 'cookie', name: string) =>
    ({ id: name, key: name, type: 'apiKey', in: place, name }) as const;
  const secrets = new Secrets(
    [],
    [scheme('header', 'X-Team-Key'), scheme('query', 'k'), scheme('cookie', 'session')],
  );
  secrets.see({ headers: {}, query: {}, ...given });
  expect(secrets.text('a the-key-itself b')).toBe('a *** b');
});

test.each([
  ['a long key, and texts that begin like it', `${'x'.repeat(6_999)}y`, 'x'.repeat(1_000_000)],
  ['a long key that occurs often', 'ab'.repeat(3_500), 'ab'.repeat(500_000)],
  ['an Authorization of equal signs', '='.repeat(15_000), '='.repeat(1_000_000)],
])('%s take linear time', (_, key, text) => {
  const started = process.cpuUsage();
  expect(createMask([], `Bearer ${key}`).text(text).length).toBeLessThan(20_000);
  // Before, seconds.
  expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
});

test('a key is the text after the scheme, without spaces around it', () => {
  for (const header of ['  Bearer   a-long-key-1  ', 'Bearer\u00a0a-long-key-1', 'a-long-key-1 '])
    expect(createMask([], header).text('a-long-key-1 Bearer')).toBe('*** Bearer');
});

test('a key with quotes is replaced in JSON as well', () => {
  const quoted = 'key"with\\quotes';
  const shown = createMask([quoted]).text(JSON.stringify({ a: quoted }));
  expect(shown).toBe('{"a":"***"}');
});

test('texts without a key stay as they are', () => {
  for (const text of ['', '/v1/organization/users', '%', '%zz', 'é%20%ff', 'sk-admin']) {
    expect(mask.text(text)).toBe(text);
  }
});

test('a short key is replaced only as a whole word', () => {
  const short = createMask([], 'Bearer any');
  expect(short.text('/company/any?many=any')).toBe('/company/***?many=***');
});

test('keys of other schemes, and without a scheme, are replaced as well', () => {
  for (const header of ['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz', 'Bearer\tdXNlcjpwYXNz']) {
    expect(createMask([], header).text('a dXNlcjpwYXNz b')).toBe('a *** b');
  }
});

test('no fault rule shows the credentials that it matches', async () => {
  const mock = createMock();
  // One secret each: none is known from another place.
  for (const headers of [
    { authorization: 'Bearer sk-of-a-fault-1' },
    { 'X-Api-Key': 'sk-of-a-fault-2' },
    { cookie: 'session=sk-of-a-fault-3' },
  ])
    mock.fail({ status: 500, match: { headers: { ...headers, 'x-team': 'a' } } });
  mock.fail({ status: 500, match: { query: { api_key: 'sk-of-a-fault-4', limit: '5' } } });
  const { body } = await ask(mock, '', { path: '/_mock/faults' });
  expect(JSON.stringify(body)).not.toContain('sk-of-a-fault');
  expect(body[1].rule.match.headers).toEqual({ 'X-Api-Key': '***', 'x-team': 'a' });
  expect(body[3].rule.match.query).toEqual({ api_key: '***', limit: '5' });
});

test('journal, logger and control endpoints never show a key, wherever a request puts it', async () => {
  const key = 'sk-admin-secret-of-this-test';
  const other = 'sk-admin-another-one';
  const heard: RecordedRequest[] = [];
  const mock = createMock({ keys: [key, other], logger: (each) => heard.push(each) });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const events = (await mock.fetch('/_mock/events')).body?.pipeThrough(new TextDecoderStream());
  for (const secret of [key, other]) {
    await ask(mock, `?${secret}=1`, { headers });
    await ask(mock, `?a=x${secret}y&a=2&emails[]=${secret}`, { headers });
    await ask(mock, `?after=${secret}`, { headers });
    await ask(mock, '', { path: `/${secret}/x`, headers });
    await ask(mock, '', { path: `/v1/organization/users/${secret}`, headers });
    const init = { path: '/v1/organization/users/user_a', method: 'POST', headers };
    await ask(mock, '', { ...init, body: JSON.stringify({ [secret]: secret, role: secret }) });
    await ask(mock, '', { ...init, body: `{ ${secret}` });
    mock.fail({ status: 500, times: 1, match: { headers: { authorization: `Bearer ${secret}` } } });
  }
  const control = await Promise.all(
    ['requests', 'faults', 'health', 'operations'].map((path) =>
      ask(mock, '', { path: `/_mock/${path}`, headers }),
    ),
  );
  const reader = events?.getReader();
  let told = '';
  while (told.split('event: request').length <= 14) told += (await reader?.read())?.value;
  const said = inspect([mock.requests, heard, control, told], { depth: 20, maxStringLength: null });
  expect(heard).toHaveLength(14);
  expect(said).not.toContain(key);
  expect(said).not.toContain(other);
});
