import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createMock, type MockOptions, type RecordedRequest } from '../src/index.ts';
import { ask, bodyOf } from './support/ask.ts';

const key = 'sk-admin-secret-of-this-test';
const authorization = `Bearer ${key}`;

test('the journal tells what was asked, and what it got', async () => {
  const mock = createMock();
  await ask(mock, '?limit=5&emails=a&emails=b');
  await ask(mock, '?limit=0');
  await ask(mock, '', { path: '/nothing', method: 'POST' });
  expect(mock.requests).toMatchObject([
    {
      method: 'GET',
      path: '/v1/organization/users',
      query: { limit: '5', emails: ['a', 'b'] },
      status: 200,
      validations: [],
    },
    { status: 400, validations: [{ location: ['query', 'limit'] }] },
    { method: 'POST', path: '/nothing', status: 404 },
  ]);
  for (const { time, duration } of mock.requests) {
    expect(Math.abs(Date.now() - time)).toBeLessThan(60_000);
    expect(duration).toBeGreaterThanOrEqual(0);
  }
});

test('the journal, its listener and the answers never show a key', async () => {
  const heard: RecordedRequest[] = [];
  const mock = createMock({ logger: (request) => heard.push(request), keys: ['other'] });
  const headers = { authorization };
  const replies = [
    await ask(mock, '', { headers }),
    await ask(mock, `?key=${key}&keep=1`, { headers }),
    await ask(mock, '', { path: '/nothing', headers }),
    await ask(mock, '', { path: '/_mock/requests', headers }),
  ];
  const said = inspect([mock.requests, heard, replies, mock], { depth: 20, showHidden: true });
  expect(said).not.toContain(key);
  expect(mock.requests[1]?.query).toEqual({ key: '***', keep: '1' });
});

test('the journal keeps the last ten thousand requests, and no more than twice as many', async () => {
  const mock = createMock({ data: { users: 1 } });
  for (let i = 0; i < 20_500; i += 1) await mock.fetch(`/organization/users?n=${i}`);
  expect(mock.requests.length).toBeGreaterThanOrEqual(10_000);
  expect(mock.requests.length).toBeLessThanOrEqual(20_000);
  expect(mock.requests.at(-1)?.query).toEqual({ n: '20499' });
});

test('reset brings back users, clears faults and journal', async () => {
  const mock = createMock({ data: { users: 5 } });
  const before = mock.data.users.list();
  mock.data.users.remove(before[0]?.id ?? '');
  mock.fail({ status: 500 });
  expect((await ask(mock)).status).toBe(500);
  mock.reset();
  expect(mock.requests).toEqual([]);
  expect((await ask(mock)).body.data).toEqual(before);
});

test('a logger that throws does not change the answer; its error is printed', async () => {
  const print = vi.spyOn(console, 'error').mockReturnValue();
  const error = new Error('no disk');
  const mock = createMock({
    logger: () => {
      throw error;
    },
  });
  expect((await ask(mock)).status).toBe(200);
  expect(print.mock.calls).toEqual([['The logger of the mock threw:', error]]);
  print.mockRestore();
});

test('a closed mock refuses calls', async () => {
  const mock = createMock();
  await mock.close();
  await expect(mock.fetch('/organization/users')).rejects.toThrow('The mock is closed.');
});

test('fetch takes whatever fetch takes', async () => {
  const { fetch } = createMock();
  const address = 'https://anywhere.test/v1/organization/users?limit=1#fragment';
  const init = { headers: { authorization } };
  for (const input of [address, new URL(address), new Request(address, init)]) {
    const response = await fetch(input, input instanceof Request ? undefined : init);
    expect((await bodyOf(response)).data).toHaveLength(1);
  }
  expect((await fetch(new Request(address, init), { method: 'post' })).status).toBe(405);
});

test('fetch ends when its signal does, also while it waits', async () => {
  const mock = createMock({ latency: 60_000 });
  await expect(
    mock.fetch('/organization/users', { signal: AbortSignal.abort('early') }),
  ).rejects.toBe('early');
  const controller = new AbortController();
  const call = mock.fetch('/organization/users', { signal: controller.signal });
  controller.abort('late');
  await expect(call).rejects.toBe('late');
});

test.each([
  [{ data: { users: -1 } }, /data\.users must be a number of items or an array/],
  [{ data: { users: 1.5 } }, /data\.users must be/],
  [{ data: { users: 'many' } }, /data\.users must be/],
  [{ data: { user: 5 } }, /data has no "user"\. Collections: users, users\.roles/],
  [{ data: 5 }, /data must be an object/],
  [{ user: 5 }, /createMock has no option "user"/],
  [{ seeed: 5 }, /createMock has no option "seeed"\. Did you mean "seed"/],
  [{ port: 4010 }, /createMock has no option "port": startMock has it/],
  [{ seed: {} }, /seed must be a string or a number/],
  [{ logger: 'console' }, /logger must be a function/],
  [{ strict: 'yes' }, /strict must be true or false/],
  [{ handlers: { 'admin.organization.users.lst': () => {} } }, /Did you mean admin\.organization/],
  [{ handlers: { 'admin.organization.users.list': 5 } }, /must be a function, not number/],
  [{ latency: -5 }, /latency must be milliseconds/],
  [{ latency: [1, Number.NaN] }, /latency must be milliseconds/],
  [{ keys: 'sk-admin' }, /keys must be an array/],
  [{ keys: { bearer: 'sk-admin' } }, /keys must be an array/],
  [{ keys: { nobody: ['a'] } }, /keys: no operation has the security scheme "nobody". Schemes: /],
])('%o is refused with a sentence', (options, message) => {
  expect(() => createMock(options as unknown as MockOptions)).toThrow(message);
});

test('an option that holds a key is not shown where it is refused', () => {
  const options = { keys: key } as unknown as MockOptions;
  expect(() => createMock(options)).toThrow(expect.not.stringContaining(key));
});
