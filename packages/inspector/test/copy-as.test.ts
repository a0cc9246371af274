import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallArgument } from '../src/api/types.ts';
import { clientCall } from '../src/copy-as/client-call.ts';
import { curl, quote } from '../src/copy-as/curl.ts';
import { literal } from '../src/copy-as/literal.ts';
import { testCase } from '../src/copy-as/test-case.ts';
import { list, recorded, retrieveNested, update } from './support/requests.ts';

/** Characters that are not seen where code is read. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const origin = 'http://127.0.0.1:4010';

describe('Copy as client call', () => {
  test('a request without parameters is a call without arguments', () => {
    expect(clientCall(recorded(), list)).toBe('client.things.list()');
  });

  test('query parameters get the types of the spec', () => {
    const query = { limit: '2', names: 'a', deep: 'true', after: '5' };
    expect(clientCall(recorded({ query }), list)).toBe(
      "client.things.list({ limit: 2, names: ['a'], deep: true, after: '5' })",
    );
  });

  test('a value that does not have its type stays as it was sent', () => {
    const query = { limit: 'many', deep: 'maybe' };
    expect(clientCall(recorded({ query }), list)).toBe(
      "client.things.list({ limit: 'many', deep: 'maybe' })",
    );
  });

  test('a repeated parameter that is not an array is an array all the same', () => {
    expect(clientCall(recorded({ query: { limit: ['1', '2'] } }), list)).toBe(
      'client.things.list({ limit: [1, 2] })',
    );
  });

  test('the last path parameter comes first, decoded; the body follows', () => {
    const request = recorded({ path: '/v1/things/a%2Fb', body: { name: 'x', size: null } });
    expect(clientCall(request, update)).toBe(
      "client.things.update('a/b', { name: 'x', size: null })",
    );
  });

  test('an empty body is written, because the call needs it', () => {
    expect(clientCall(recorded({ path: '/things/a', body: {} }), update)).toBe(
      "client.things.update('a', {})",
    );
  });

  test('earlier path parameters are named, in the object that follows', () => {
    expect(clientCall(recorded({ path: '/v1/things/t1/parts/p1' }), retrieveNested)).toBe(
      "client.things.parts.retrieve('p1', { thing_id: 't1' })",
    );
  });

  test('arguments that are sent under other names are written as such', () => {
    const path = '/v1/things/t1/parts/p1';
    const [first, second] = retrieveNested.arguments as [CallArgument, CallArgument];
    const renamed = { 'path thing_id': 'path_thing_id' };
    const operation = { ...retrieveNested, arguments: [first, { ...second, renamed }] };
    expect(clientCall(recorded({ path }), operation)).toBe(
      "client.things.parts.retrieve('p1', { path_thing_id: 't1' })",
    );
    const query = { ...list, arguments: [{ ...second, renamed: { 'query limit': 'size' } }] };
    expect(clientCall(recorded({ query: { limit: '2' } }), query)).toBe(
      'client.things.list({ size: 2 })',
    );
  });

  test('an operation without a method is called by its path', () => {
    const request = { path: '/v1/things/a%2Fb', query: { deep: 'true' }, body: { name: 'x' } };
    expect(clientCall(recorded(request), { ...update, call: '' })).toBe(
      "client.post('/things/a%2Fb', { query: { deep: 'true' }, body: { name: 'x' } })",
    );
    expect(clientCall(recorded(), { ...list, call: '' })).toBe("client.get('/things')");
    const beside = { ...list, call: '', up: '/..', path: '/v3/things' };
    expect(clientCall(recorded({ path: '/v3/things' }), beside)).toBe(
      "client.get('/../v3/things')",
    );
  });

  test('query parameters that the operation does not have go into the options', () => {
    expect(clientCall(recorded({ query: { color: 'red' } }), list)).toBe(
      "client.things.list({}, { query: { color: 'red' } })",
    );
    const request = recorded({ path: '/v1/things/t1/parts/p1', query: { 'a b': '1' } });
    expect(clientCall(request, retrieveNested)).toBe(
      "client.things.parts.retrieve('p1', { thing_id: 't1' }, { query: { 'a b': '1' } })",
    );
  });
});

describe('literals', () => {
  test('any JSON value, as a literal, is that value again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = new Function(`return ${literal(value)}`)();
        expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      }),
    );
  });

  test('a literal shows every character, and none turns its direction', () => {
    const value = { 'a\u202eb': 'x\u200b\u2066\u061c\u2028\u007f\ufeff\u{e0041}' };
    expect(literal(value)).not.toMatch(unseen);
    expect(new Function(`return ${literal(value)}`)()).toEqual(value);
  });

  test('a literal that is too long for a line is broken', () => {
    const value = { names: Array.from({ length: 3 }, (_, index) => `${index}`.repeat(40)) };
    expect(literal(value)).toMatch(/^\{\n {2}names: \[\n {4}'0+',\n/);
  });
});

describe('Copy as curl', () => {
  test('never reads a file, and never sends more than one request', () => {
    const command = curl(
      recorded({ method: 'POST', path: '/v1/[1-9]', body: '@/etc/passwd' }),
      origin,
    );
    expect(command).toContain("curl -X POST --globoff 'http://127.0.0.1:4010/v1/[1-9]'");
    expect(command).toContain("--data-raw '@/etc/passwd'");
    expect(command).not.toMatch(/ -d /);
  });

  test('a GET is one line of address and one of key, which is a variable', () => {
    expect(curl(recorded({ query: { limit: '2' } }), origin)).toBe(
      `curl 'http://127.0.0.1:4010/v1/things?limit=2' \\\n  -H "Authorization: Bearer $OPENAI_ADMIN_KEY"`,
    );
  });

  test('method and body are there, and quotes are kept from the shell', () => {
    const command = curl(recorded({ method: 'POST', body: { name: "it's" } }), origin);
    expect(command).toContain('curl -X POST ');
    expect(command).toContain(`--data-raw '{"name":"it'\\''s"}'`);
  });

  test('repeated parameters are repeated', () => {
    expect(curl(recorded({ query: { a: ['1', '2'] } }), origin)).toContain('?a=1&a=2');
  });

  test('a quoted text is one word for the shell, whatever it contains', () => {
    const texts = fc.string({ unit: 'grapheme-ascii', minLength: 1 });
    fc.assert(
      fc.property(texts, (text) => {
        const printed = execFileSync('sh', ['-c', `printf %s ${quote(text)}`], {
          encoding: 'utf8',
        });
        expect(printed).toBe(text);
      }),
      { numRuns: 25 },
    );
  });
});

test('what is copied for a shell has nothing that a terminal acts on or turns around', () => {
  const body = "x\u0003\ncurl evil.test\n\u001b[201~\u202e'\\\u200b\u2028\r";
  expect(quote(body)).not.toMatch(unseen);
  const printed = execFileSync('bash', ['-c', `printf %s ${quote(body)}`], { encoding: 'utf8' });
  expect(printed).toBe(body);
  expect(curl(recorded({ method: 'POST', body: { name: body } }), origin)).not.toMatch(
    /[\p{Cf}\p{Zl}\p{Zp}]/u,
  );
});

describe('Copy as test', () => {
  test('a request that succeeded is a test that it succeeds', () => {
    expect(testCase(recorded({ query: { limit: '2' } }), list, undefined)).toBe(`\
import OrgClient from '@org/client';
import { createMock } from '@org/mock';
import { expect, test } from 'vitest';

test('things.list responds with status 200', async () => {
  await using mock = createMock();
  const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
  const result = await client.things.list({ limit: 2 });
  expect(result).toBeDefined();
  expect(mock.requests.at(-1)).toMatchObject({ operation: 'things.list', status: 200 });
});
`);
  });

  test('a request that was refused is a test that it is refused, without retries', () => {
    const code = testCase(recorded({ status: 400 }), list, undefined);
    expect(code).toContain("test('things.list fails with status 400'");
    expect(code).toContain('maxRetries: 0');
    expect(code).toContain('rejects.toMatchObject({ status: 400 })');
  });

  test('the fault that hit is set again, for this one request', () => {
    const rule = {
      status: 429,
      retryAfter: 1,
      times: 3,
      probability: 0.5,
      match: { method: 'GET' },
    };
    const code = testCase(recorded({ status: 429, fault: 'fault_1' }), list, rule);
    expect(code).toContain('mock.fail({ status: 429, retryAfter: 1, times: 1 });');
  });

  test('a request that names an item gets a mock that has it', () => {
    const health = { seed: 'demo', collections: { things: 320, 'things.parts': 960 } };
    const retrieve = recorded({ path: '/v1/things/thing_1abc' });
    expect(testCase(retrieve, update, undefined, health)).toContain(
      "createMock({ data: { things: 320 }, seed: 'demo' });",
    );
    expect(testCase(recorded(), list, undefined, health)).toContain('createMock();');
  });

  test('a body that breaks off is an error, whatever its status', () => {
    const code = testCase(recorded({ fault: 'fault_1' }), list, { connection: 'stall' });
    expect(code).toContain('rejects.toThrow()');
    expect(code).toContain('timeout: 200');
  });
});
