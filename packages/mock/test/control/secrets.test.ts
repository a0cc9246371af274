import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasks } from '../../src/control/secrets.ts';
import { createMock, type RecordedRequest } from '../../src/index.ts';
import { ask } from '../support/ask.ts';

const known = 'sk-admin-known-to-the-mock';
const own = 'sk-admin-of+this/request==';
const mask = createMasks([known])(`Bearer ${own}`);
const character = fc.constantFrom(...'abcXYZ019-._~+/');

describe('a key is replaced', () => {
  test.each([known, own])('wherever %s stands', (key) => {
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

  test('where a plus of it became a space', () => {
    expect(mask.text(own.replaceAll('+', ' '))).toBe('***');
  });

  test('the longest first, where one begins with another', () => {
    expect(createMasks(['sk-admin-a', 'sk-admin-a-long'])().text('sk-admin-a-long')).toBe('***');
  });

  test('in any text, at any place', () => {
    const key = fc.array(character, { minLength: 8, maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const shown = createMasks([])(`Bearer ${secret}`).text(before + secret + after);
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

test('each request has its own key replaced, however many others came before', () => {
  const masks = createMasks([known]);
  for (let i = 0; i < 25; i += 1) {
    for (const header of [`Bearer key-of-request-${i}`, undefined, `Bearer key-of-request-${i}`]) {
      const shown = masks(header).text(`${known} key-of-request-${i}.`);
      expect(shown).toBe(header ? '*** ***.' : `*** key-of-request-${i}.`);
    }
  }
});

test('a key is what follows the scheme, without the spaces around it', () => {
  for (const header of ['  Bearer   a-long-key-1  ', 'Bearer\u00a0a-long-key-1', 'a-long-key-1 '])
    expect(createMasks([])(header).text('a-long-key-1 Bearer')).toBe('*** Bearer');
});

test('a key with quotes is replaced in JSON as well', () => {
  const quoted = 'key"with\\quotes';
  const shown = createMasks([quoted])().text(JSON.stringify({ a: quoted }));
  expect(shown).toBe('{"a":"***"}');
});

test('texts without a key stay as they are', () => {
  for (const text of ['', '/v1/organization/users', '%', '%zz', 'é%20%ff', 'sk-admin']) {
    expect(mask.text(text)).toBe(text);
  }
});

test('a short key is replaced where it stands alone, and leaves words readable', () => {
  const short = createMasks([])('Bearer any');
  expect(short.text('/company/any?many=any')).toBe('/company/***?many=***');
});

test('keys of other schemes, and without a scheme, are replaced as well', () => {
  for (const header of ['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz', 'Bearer\tdXNlcjpwYXNz']) {
    expect(createMasks([])(header).text('a dXNlcjpwYXNz b')).toBe('a *** b');
  }
});

test('neither journal, logger nor control endpoint ever shows a key, wherever a request puts it', async () => {
  const key = 'sk-admin-secret-of-this-test';
  const other = 'sk-admin-another-one';
  const heard: RecordedRequest[] = [];
  const mock = createMock({ adminAPIKeys: [key, other], logger: (each) => heard.push(each) });
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
