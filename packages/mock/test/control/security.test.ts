import { describe, expect, test } from 'vitest';
import { type Access, refuseControl } from '../../src/http/access.ts';

const local = { boundHost: '127.0.0.1', allowedHosts: [], origins: [] };
const host = '127.0.0.1:4010';

const refusal = (headers: Record<string, string>, method = 'GET', access: Access = local) =>
  refuseControl({ method, headers }, access);
const isServed = (name: string, access: Partial<Access> = {}) =>
  refusal({ host: name }, 'GET', { ...local, ...access }) === undefined;

describe('the host', () => {
  test.each(['127.0.0.1', '127.255.10.1:80', 'localhost', '[::1]:4010'])('%s is served', (name) => {
    expect(isServed(name)).toBe(true);
  });

  test.each(['1127.0.0.1', '127.0.0.1.evil.example', 'evil.example', '', '[::2]', 'a b'])(
    '%j is a 403 that quotes it, and says what to do',
    (name) => {
      expect(refusal({ host: name })).toMatchObject({
        status: 403,
        message:
          `The control endpoints do not accept the host ${JSON.stringify(name)}. ` +
          'Use a loopback address, or allow the host: `--allow-host` or `allowedHosts`.',
      });
    },
  );

  test('that is missing is refused', () => {
    expect(refusal({})).toMatchObject({ status: 403, message: expect.stringContaining('""') });
  });

  test('that the mock listens on is served, however it is written', () => {
    const access = { boundHost: 'Mock.internal' };
    expect([isServed('mock.internal.:80', access), isServed('other.internal', access)]).toEqual([
      true,
      false,
    ]);
    expect(isServed('[fd00::1]:80', { boundHost: 'fd00::1' })).toBe(true);
  });

  test.each(['0.0.0.0', '::', ''])(
    'does not include the wildcard address %j that the mock listens on',
    (boundHost) => {
      expect(isServed('0.0.0.0', { boundHost })).toBe(false);
      expect(isServed('[::]', { boundHost })).toBe(false);
      expect(isServed('localhost', { boundHost })).toBe(true);
    },
  );

  test('may be allowed by name, with or without brackets and a dot at the end', () => {
    const access = { allowedHosts: ['[fd00::2]', 'mock.'] };
    expect(isServed('[fd00::2]:4010', access)).toBe(true);
    expect(isServed('MOCK', access)).toBe(true);
    expect(isServed('mocks', access)).toBe(false);
  });
});

describe('the origin', () => {
  test.each([`http://${host}`, `https://${host}`])('%s is that of the mock itself', (origin) => {
    expect(refusal({ host, origin })).toBeUndefined();
  });

  test.each(['http://127.0.0.1:4011', 'http://evil.example', 'null', `ftp://${host}`])(
    '%s is a 403 that quotes it',
    (origin) => {
      expect(refusal({ host, origin })).toMatchObject({
        status: 403,
        message: `The control endpoints do not accept pages of another origin, "${origin}".`,
      });
    },
  );
});

describe('a request that a browser marks as cross-site', () => {
  const opened = {
    host,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };

  test('is served only where it opens a page', () => {
    expect(refusal(opened)).toBeUndefined();
    for (const [name, value] of [
      ['sec-fetch-mode', 'no-cors'],
      ['sec-fetch-dest', 'iframe'],
    ] as const) {
      expect(refusal({ ...opened, [name]: value })).toMatchObject({
        status: 403,
        message: 'The control endpoints do not accept cross-site requests.',
      });
    }
    expect(refusal(opened, 'POST')).toMatchObject({ status: 403 });
  });

  test.each(['same-origin', 'none'])('%s is served', (site) => {
    expect(refusal({ host, 'sec-fetch-site': site }, 'POST')).toBeUndefined();
  });
});

describe('the content type', () => {
  const body = { host, 'content-length': '2' };

  test.each(['application/json', 'Application/JSON ; charset=utf-8', 'application/json;a=b'])(
    '%s is accepted',
    (type) => {
      expect(refusal({ ...body, 'content-type': type }, 'POST')).toBeUndefined();
    },
  );

  test.each([
    'text/plain',
    'application/jsonp',
    'text/plain;application/json',
    'application/json-a;',
  ])('%s is a 415 that quotes it', (type) => {
    expect(refusal({ ...body, 'content-type': type }, 'POST')).toMatchObject({
      status: 415,
      message: `Expected \`content-type: application/json\`, got "${type}".`,
    });
  });

  test('that is missing is a 415 where there is a body, however it is sent', () => {
    const message = 'Expected `content-type: application/json`, got none.';
    expect(refusal(body, 'POST')).toMatchObject({ status: 415, message });
    expect(refusal({ host, 'transfer-encoding': 'chunked' }, 'POST')).toMatchObject({ message });
    expect(refusal({ host, 'content-length': '0' }, 'POST')).toBeUndefined();
  });

  test('of another kind is refused without a body as well', () => {
    expect(refusal({ host, 'content-type': 'text/plain' }, 'POST')).toMatchObject({ status: 415 });
  });
});
