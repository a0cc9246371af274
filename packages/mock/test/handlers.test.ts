import { describe, expect, test } from 'vitest';
import { createMock } from '../src/index.ts';
import { ask } from './support/ask.ts';

const list = 'admin.organization.users.list';
const retrieve = 'admin.organization.users.retrieve';

describe('a handler', () => {
  test('is told typed parameters, the query, the body and the data', async () => {
    const mock = createMock({ data: { users: 3 } });
    const calls: unknown[] = [];
    mock.handle(list, async ({ query, params, request }, next) => {
      calls.push({ query, params, method: request.method, path: request.path });
      return next();
    });
    mock.handle('admin.organization.users.update', ({ params, body, data }) => {
      calls.push({ params, body });
      return data.users.update(params.user_id, { name: `now ${body.role}` });
    });
    const [user] = mock.data.users.list();
    await ask(mock, '?limit=1e1&emails=a');
    const path = `/v1/organization/users/${user?.id}`;
    const init = { body: '{"role":"owner"}', headers: { 'content-type': 'application/json' } };
    const { body } = await ask(mock, '', { path, method: 'POST', ...init });
    expect(body.name).toBe('now owner');
    expect(calls).toEqual([
      {
        query: { limit: 10, emails: ['a'] },
        params: {},
        method: 'GET',
        path: '/organization/users',
      },
      { params: { user_id: user?.id }, body: { role: 'owner' } },
    ]);
  });

  test('may change what the mock would have answered, and the mock keeps its own', async () => {
    const mock = createMock({ data: { users: 3 } });
    mock.handle(list, async (_, next) => {
      const page = await next();
      page.data.pop();
      return page;
    });
    expect((await ask(mock)).body.data).toHaveLength(2);
    expect(mock.data.users.size).toBe(3);
  });

  test('passes on the error that the mock answers with, unless it catches that', async () => {
    const mock = createMock({ data: { users: 1 } });
    const path = '/v1/organization/users/nobody';
    mock.handle(retrieve, (_, next) => next());
    expect(await ask(mock, '', { path })).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
    mock.handle(retrieve, async ({ data, params }, next) =>
      next().catch(() => data.users.add({ id: params.user_id })),
    );
    expect(await ask(mock, '', { path })).toMatchObject({ status: 200, body: { id: 'nobody' } });
  });

  test('answers any status with a Response', async () => {
    const mock = createMock();
    const error = { message: 'Slow down.', type: 'rate_limit_error', param: null, code: null };
    mock.handle(list, () =>
      Response.json({ error }, { status: 429, headers: { 'retry-after': '3' } }),
    );
    const { status, headers, body } = await ask(mock);
    expect([status, headers.get('retry-after'), body]).toEqual([429, '3', { error }]);
  });

  test('is not asked about a request that the contract does not allow', async () => {
    const mock = createMock({ keys: ['accepted'] });
    let count = 0;
    mock.handle(list, (_, next) => {
      count += 1;
      return next();
    });
    expect((await ask(mock)).status).toBe(401);
    const headers = { authorization: 'Bearer accepted' };
    expect((await ask(mock, '?limit=0', { headers })).status).toBe(400);
    expect((await ask(mock, '', { headers: { ...headers, prefer: 'code=429' } })).status).toBe(429);
    expect(count).toBe(0);
    expect((await ask(mock, '', { headers })).status).toBe(200);
    expect(count).toBe(1);
  });

  test('that throws is a 500 that names the operation and the reason', async () => {
    const mock = createMock();
    mock.handle(list, () => {
      throw new Error('no luck');
    });
    const { status, body } = await ask(mock);
    expect(status).toBe(500);
    expect(body.error.message).toContain(`the handler of ${list} threw: no luck`);
  });

  test('of an unknown operation does not compile, and is an error that names similar ones', () => {
    const mock = createMock();
    // @ts-expect-error -- an operation that does not exist
    expect(() => mock.handle('admin.organization.users.lst', () => ({}))).toThrow(
      'Did you mean admin.organization.users.list',
    );
    const handle = mock.handle as (id: string, handler: unknown) => void;
    expect(() => handle('toString', () => ({}))).toThrow(
      'No operation is named "toString". There are',
    );
  });

  test('that is given with the options comes back with a reset', async () => {
    const mock = createMock({
      handlers: { [list]: () => Response.json('first', { status: 418 }) },
    });
    mock.handle(list, () => Response.json('second', { status: 419 }));
    expect((await ask(mock)).status).toBe(419);
    mock.reset();
    expect((await ask(mock)).status).toBe(418);
  });

  test('asks Prism for an answer where the mock keeps no state, also as the first request', async () => {
    const mock = createMock();
    mock.handle(list, (_, next) => next());
    const headers = { accept: 'text/html, application/json;q=0.5' };
    expect((await ask(mock, '', { headers })).status).toBe(200);
  });
});
