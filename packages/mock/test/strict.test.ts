import { describe, expect, test } from 'vitest';
import { createMock, loadAPI } from '../src/index.ts';
import { ask } from './support/ask.ts';

describe('a query parameter that the operation does not have', () => {
  test('is answered, and is a warning in the journal', async () => {
    const mock = createMock({ data: { users: 3 } });
    expect((await ask(mock, '?limt=5&limit=2')).status).toBe(200);
    expect(mock.requests[0]?.validations).toEqual([
      {
        location: ['query', 'limt'],
        message: expect.stringMatching(/limt is unknown: expected .*limit/),
        severity: 'warning',
      },
    ]);
  });

  test('is a 400 with strict, which names it', async () => {
    const mock = createMock({ data: { users: 3 }, strict: true });
    const { status, body } = await ask(mock, '?limt=5');
    expect(status).toBe(400);
    expect(body.error.param).toBe('limt');
    expect(body.error.message).toMatch(/'limt'.*unknown/);
    expect(mock.requests[0]?.validations).toMatchObject([{ severity: 'error' }]);
  });

  test('is a 401 without an accepted key, before the parameter is looked at', async () => {
    const mock = createMock({ data: { users: 3 }, strict: true, keys: ['other'] });
    expect((await ask(mock, '?limt=5')).status).toBe(401);
  });

  test.each(['?limit=2', '?emails=a&emails=b', '?emails[]=a', '?__code=200', ''])(
    'is none of those that the spec has: %s',
    async (search) => {
      const mock = createMock({ data: { users: 3 }, strict: true });
      expect((await ask(mock, search)).status).toBe(200);
      expect(mock.requests[0]?.validations).toEqual([]);
    },
  );

  test('is not reported if it is a key that the document expects there', async () => {
    const api = await loadAPI({
      openapi: '3.1.0',
      info: { title: 'Status', version: '1' },
      security: [{ app: [], user: [] }],
      paths: {
        '/status': {
          get: { operationId: 'status.retrieve', responses: { 204: { description: 'Up' } } },
        },
      },
      components: {
        securitySchemes: {
          app: { type: 'apiKey', in: 'query', name: 'app key' },
          user: { type: 'apiKey', in: 'query', name: 'user' },
        },
      },
    });
    const mock = createMock({ api, strict: true });
    const send = (query: string) => mock.fetch(`/status?${query}`);
    expect((await send('app%20key=1&user=2')).status).toBe(204);
    expect(mock.requests[0]?.validations).toEqual([]);
    expect((await send('app%20key=1&user=2&other=3')).status).toBe(400);
  });

  test('is reported ten times at most, and its name is cut', async () => {
    const mock = createMock({ data: { users: 3 } });
    const names = Array.from({ length: 500 }, (_, i) => `p${i}`);
    await ask(mock, `?${names.join('&')}&${'x'.repeat(5_000)}`);
    expect(mock.requests[0]?.validations).toHaveLength(10);
    expect(mock.requests[0]?.validations.at(-1)?.message).toContain('and 491 more');
    await ask(mock, `?${'x'.repeat(5_000)}`);
    expect(mock.requests[1]?.validations[0]?.message.length).toBeLessThan(300);
  });
});
