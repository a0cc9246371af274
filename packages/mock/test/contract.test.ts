import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createMock, type MockOptions } from '../src/index.ts';
import { ask } from './support/ask.ts';

describe('the contract', () => {
  const mocks: AsyncDisposable[] = [];
  const mockOf = (options: MockOptions = {}) => {
    const mock = createMock({ data: { users: 30 }, ...options });
    mocks.push(mock);
    return mock;
  };
  afterEach(async () => {
    for (const mock of mocks.splice(0)) await mock[Symbol.asyncDispose]();
  });

  test('lists users, 20 of them unless told otherwise', async () => {
    const mock = mockOf();
    for (const path of ['/v1/organization/users', '/organization/users']) {
      const { status, headers, body } = await ask(mock, '', { path });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json');
      expect(body).toMatchObject({ object: 'list', has_more: true });
      expect(body.data).toEqual(mock.data.users.list().slice(0, 20));
      expect(body.first_id).toBe(body.data[0].id);
      expect(body.last_id).toBe(body.data[19].id);
    }
  });

  test('an empty directory is an empty page with null cursors', async () => {
    expect((await ask(mockOf({ data: { users: 0 } }))).body).toEqual({
      object: 'list',
      data: [],
      first_id: null,
      last_id: null,
      has_more: false,
    });
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['limit=NaN', 'limit'],
    ['after=nobody', 'after'],
    ['after=user_0000000', 'after'],
  ])('%s is a 400 that names the parameter, twice in a row', async (search, param) => {
    const mock = mockOf();
    for (let i = 0; i < 2; i += 1) {
      const { status, body } = await ask(mock, `?${search}`);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ type: 'invalid_request_error', param });
      expect(body.error.message).toContain(`'${param}'`);
      expect(body.error.message).not.toContain('undefined');
    }
  });

  test.each(['limit=1', 'limit=100', 'limit=1e1', 'limit=10.0', 'limit=', 'unknown=1', 'after='])(
    '%s is accepted',
    async (search) => {
      expect((await ask(mockOf(), `?${search}`)).status).toBe(200);
    },
  );

  test('a parameter of any text never gives a 5xx and never hangs', async () => {
    const mock = mockOf();
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double().map(String));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('limit', 'after', 'emails'), value, async (name, text) => {
        const { status, body } = await ask(mock, `?${new URLSearchParams({ [name]: text })}`);
        expect([200, 400]).toContain(status);
        if (status === 400) expect(body.error.param).toBe(name);
      }),
    );
  });

  test('emails are filtered in both spellings, without regard to case', async () => {
    const mock = mockOf();
    const [a, b] = mock.data.users.list().filter(({ email }) => email);
    for (const name of ['emails', 'emails[]', 'emails%5B%5D']) {
      const search = `?${name}=${a?.email?.toUpperCase()}&${name}=${b?.email}`;
      expect((await ask(mock, search)).body.data).toEqual([a, b]);
    }
    expect((await ask(mock, `?emails=${a?.email}&emails[]=${b?.email}`)).body.data).toEqual([a, b]);
    expect((await ask(mock, '?emails=')).body.data).toEqual([]);
  });

  test.each([
    ['no key', { authorization: undefined }],
    ['a key that is not a bearer token', { authorization: 'Basic abc' }],
    ['an unknown key', { authorization: 'Bearer sk-unknown' }],
  ])('%s is a 401', async (_, headers) => {
    const mock = mockOf({ keys: ['sk-admin-test'] });
    const init = Object.fromEntries(
      Object.entries(headers).filter(([, value]) => value !== undefined),
    );
    const response = await mock.fetch('http://mock.test/v1/organization/users', { headers: init });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
    expect((await ask(mock)).status).toBe(200);
  });

  test.each(['/', '/nothing', '/organization/users/'])(
    'the error at the unknown path %s names it, and points to the inspector',
    async (path) => {
      const message = `The API has no path ${JSON.stringify(path)}.`;
      const { status, body } = await ask(mockOf(), '', { path });
      expect([status, body.error.message]).toEqual([
        404,
        `${message} See /_mock for what the mock serves.`,
      ]);
      const closed = await ask(createMock({ control: false }), '', { path });
      expect(closed.body.error.message).toBe(message);
    },
  );

  test('what does not exist is a 404, another method a 405, in the body of the API', async () => {
    const mock = mockOf();
    for (const path of ['/', '/v1', '/v1/users', '/v1/organization/users/', '//', '/v1//x', '/%']) {
      const { status, body } = await ask(mock, '', { path });
      expect([status, path]).toEqual([404, path]);
      expect(body.error.message).toEqual(expect.any(String));
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'QUERY']) {
      const { status, headers } = await ask(mock, '', { method });
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    const item = { path: '/v1/organization/users/user_a', method: 'PUT' };
    const allowed = (await ask(mock, '', item)).headers.get('allow')?.split(', ');
    expect(allowed?.sort()).toEqual(['DELETE', 'GET', 'HEAD', 'POST']);
  });

  test('HEAD is GET without a body, and OPTIONS tells what a path allows', async () => {
    const mock = mockOf();
    const [got, head] = [await ask(mock), await ask(mock, '', { method: 'HEAD' })];
    expect([head.status, head.body, head.headers.get('content-type')]).toEqual([
      200,
      '',
      got.headers.get('content-type'),
    ]);
    expect((await ask(mock, '?limit=0', { method: 'HEAD' })).status).toBe(400);
    const path = '/v1/organization/users/user_a';
    const options = await ask(mock, '', { path, method: 'OPTIONS', headers: {} });
    expect([options.status, options.headers.get('allow')]).toEqual([
      204,
      'GET, POST, DELETE, HEAD, OPTIONS',
    ]);
    expect((await ask(mock, '', { path: '/nothing', method: 'OPTIONS' })).status).toBe(404);
  });

  test('an answer that the caller cannot read is a 406, and the next one is not', async () => {
    const mock = mockOf();
    const accept = async (value: string) =>
      (await ask(mock, '', { headers: { accept: value } })).status;
    expect(await accept('text/html')).toBe(406);
    expect(await accept('application/json')).toBe(200);
    expect(await accept('text/html, application/json;q=0.5')).toBe(200);
    expect(await accept('*/*')).toBe(200);
  });

  test('Prefer does what it does in Prism', async () => {
    const mock = mockOf();
    const prefer = (value: string) => ask(mock, '', { headers: { prefer: value } });
    const limited = await prefer('code=429');
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('20');
    expect(limited.body.error.type).toBe('rate_limit_error');
    expect((await prefer('example=everyProperty')).body.data[0].user.id).toBe('user_def');
    expect((await prefer('example=empty')).body.data).toEqual([]);
    const made = await prefer('dynamic=true');
    expect(made.status).toBe(200);
    expect(made.body.object).toBe('list');
    expect((await prefer('code=999')).status).toBe(404);
    expect((await prefer('example=none')).status).toBe(404);
    expect((await prefer('code=abc')).status).toBe(400);
    expect((await prefer('dynamic=perhaps')).status).toBe(400);
    expect((await ask(mock)).body.data).toHaveLength(20);
  });

  test('every response has a request id of its own', async () => {
    const mock = mockOf();
    const replies = [
      await ask(mock),
      await ask(mock, '?limit=0'),
      await ask(mock, '', { path: '/none' }),
      await ask(mock, '', { method: 'POST' }),
    ];
    const ids = replies.map(({ headers }) => headers.get('x-request-id'));
    expect(ids.every((id) => /^req_[0-9a-f]{16}$/.test(id ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('an answer that breaks the contract is caught and is a 500 that says where', async () => {
    const mock = mockOf();
    expect((await ask(mock)).status).toBe(200);
    let addedAt: unknown = 'yesterday';
    mock.handle('admin.organization.users.list', async (_, next) => {
      const page = await next();
      Object.assign(page.data[2] ?? {}, { added_at: addedAt });
      return page;
    });
    for (let i = 0; i < 2; i += 1) {
      const { status, body } = await ask(mock);
      expect(status).toBe(500);
      expect(body.error.message).toContain("doesn't match the spec");
      expect(body.error.message).toContain('added_at');
    }
    expect(mock.requests.at(-1)?.validations[0]?.message).toContain('added_at');
    addedAt = 5;
    expect((await ask(mock)).status).toBe(200);
  });

  test.each([
    ['is missing', 'id', undefined],
    ['is null where it may not be', 'created', null],
    ['differs from the constant', 'object', 'user'],
    ['is not an object', 'projects', 'none'],
    ['is of another type inside', 'projects', { object: 'list', data: [{ id: 5 }] }],
    ['is of another type', 'is_default', 'yes'],
  ])('a user whose property %s (%s) is caught', async (_, name, value) => {
    const mock = mockOf({ data: { users: 3 } });
    expect((await ask(mock)).status).toBe(200);
    mock.handle('admin.organization.users.list', async (_call, next) => {
      const page = await next();
      Object.assign(page.data[1] ?? {}, { [name]: value });
      return page;
    });
    expect((await ask(mock)).status).toBe(500);
  });

  test('a user cannot be changed but by update: nobody else would notice', () => {
    const mock = mockOf({ data: { users: 3 } });
    for (const user of [
      ...mock.data.users.list(),
      mock.data.users.add({ projects: { object: 'list', data: [{}] } }),
    ]) {
      expect(() => Object.assign(user, { name: 'changed' })).toThrow(TypeError);
      expect(() => Object.assign(user.projects?.data[0] ?? user, { name: 'changed' })).toThrow();
    }
  });

  test('a change is seen in the next answer', async () => {
    const mock = mockOf({ data: { users: 3 } });
    const before = (await ask(mock)).body.data;
    mock.data.users.update(before[1].id, { name: 'Another Name' });
    mock.data.users.remove(before[0].id);
    const after = (await ask(mock)).body.data;
    expect(after[0].name).toBe('Another Name');
    expect(after).toHaveLength(2);
  });

  test('the same seed gives the same bytes', async () => {
    const texts = await Promise.all(
      [1, 2].map(async () => {
        const response = await mockOf({ seed: 'bytes' }).fetch('/organization/users', {
          headers: { authorization: 'Bearer x' },
        });
        return response.text();
      }),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('what is kept between requests', () => {
  const paths = ['/v1/organization/users', '/organization/users', '/nothing', '/v1/organization'];
  const request = fc.record({
    path: fc.constantFrom(...paths),
    method: fc.constantFrom('GET', 'GET', 'GET', 'POST'),
    search: fc.constantFrom(
      ...[
        '',
        '?limit=5',
        '?limit=0',
        '?limit=101',
        '?after=x',
        '?emails=a&emails=b',
        '?emails[]=a',
      ],
      ...['?limit=5&limit=6', '?limit=1.0', '?a=1', '?__code=429', '?limit=100'],
    ),
    headers: fc.constantFrom<Record<string, string>[]>(
      { authorization: 'Bearer good' },
      { authorization: 'Bearer bad' },
      {},
      { authorization: 'Bearer good', accept: 'text/html' },
      { authorization: 'Bearer good', prefer: 'code=401' },
    ),
  });

  test('does not change a byte of any answer to a request with a body, and what follows', async () => {
    const users = createMock({ data: { users: 3 }, seed: 3 }).data.users.list();
    const paths = users.flatMap(({ id }) => [
      `/organization/users/${id}`,
      `/organization/users/${id}/roles`,
    ]);
    const call = fc.record({
      path: fc.constantFrom(...paths, '/organization/users', '/organization/users/none'),
      method: fc.constantFrom('GET', 'POST', 'POST', 'DELETE'),
      body: fc.constantFrom(
        ...['{}', '{"role":"owner"}', '{"role":5}', '{"role_id":"role_a"}', '{"role_id":null}'],
        ...['{bad', 'null', '[]', '"text"', '{"unknown":1}', '{"role":null}', ' {"role":"owner"}'],
      ),
      type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-8'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 15 }), async (calls) => {
        const options = { data: { users: 3 }, seed: 3 };
        const used = createMock(options);
        for (const { path, method, body, type } of calls) {
          const headers = { authorization: 'Bearer any', 'content-type': type };
          const init = method === 'POST' ? { method, headers, body } : { method, headers };
          // One that has seen nothing, with the same data.
          const fresh = createMock(options);
          fresh.restore(JSON.parse(JSON.stringify(used.snapshot())));
          const [a, b] = await Promise.all(
            [used, fresh].map(async (mock) => {
              const response = await mock.fetch(path, init);
              return [response.status, await response.text()];
            }),
          );
          expect(a).toEqual(b);
          expect(a?.[0]).toBeLessThan(500);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('does not change a byte of any answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        const options = { keys: ['good'], data: { users: 12 }, seed: 3 };
        const used = createMock(options);
        for (const { path, method, search, headers } of requests) {
          const [a, b] = await Promise.all(
            [used, createMock(options)].map(async (mock) => {
              const response = await mock.fetch(path + search, { method, headers });
              const others = [...response.headers].filter(([name]) => name !== 'x-request-id');
              return [response.status, others, await response.text()];
            }),
          );
          expect(a).toEqual(b);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('a page with a limit of 0 has no next page: its cursor would lead back to it', async () => {
  const mock = createMock({ data: { users: 1, 'users.roles': 3 } });
  const path = `/organization/users/${mock.data.users.list()[0]?.id}/roles`;
  const { body: first } = await ask(mock, '?limit=1', { path });
  expect(first).toMatchObject({ has_more: true, next: expect.any(String) });
  for (const search of ['?limit=0', `?limit=0&after=${first.next}`, '?limit=0&order=desc']) {
    const { status, body } = await ask(mock, search, { path });
    expect(status).toBe(200);
    expect(body).toEqual({ object: 'list', data: [], has_more: false, next: null });
  }
});
