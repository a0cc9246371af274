import { describe, expect, test } from 'vitest';
import { Journal, type RecordedRequest } from '../../src/control/journal.ts';
import { createMock } from '../../src/index.ts';
import { ask } from '../support/ask.ts';

const request = (id: number, more: Partial<RecordedRequest> = {}): RecordedRequest => ({
  id: `req_${id}`,
  operation: null,
  method: 'GET',
  path: '/',
  query: {},
  status: 200,
  validations: [],
  time: 0,
  duration: 0,
  ...more,
});

describe('the journal', () => {
  test('is bounded in bytes: large responses evict older requests', () => {
    const journal = new Journal();
    const response = { body: 'x'.repeat(60_000), size: 60_000 };
    for (let i = 0; i < 5_000; i += 1) journal.record(request(i, { response }));
    const held = journal.entries.length * 60_000;
    expect(held).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(held).toBeGreaterThan(16 * 1024 * 1024);
    expect(journal.entries.at(-1)?.id).toBe('req_4999');
  });

  const long = 'x'.repeat(1024 * 1024);
  test.each<[string, Partial<RecordedRequest>]>([
    ['path', { path: long }],
    ["query parameter's name", { query: { [long]: '' } }],
    ["query parameter's value", { query: { a: long } }],
    ["query parameter's values", { query: { a: [long] } }],
    ['body', { body: long }],
    ["body's property", { body: { a: { b: long } } }],
    ["body's property name", { body: [{ [long]: null }] }],
    ['violation', { validations: [{ severity: 'error', message: long, location: [] }] }],
    [
      "violation's location",
      {
        validations: [{ severity: 'error', message: '', location: Array(21_000).fill('a') }],
      },
    ],
  ])('is bounded in bytes: a long %s pushes out older requests', (_, more) => {
    const journal = new Journal();
    const ids = Array.from({ length: 100 }, (_, i) => i);
    for (const id of ids) journal.record(request(id, more));
    expect(journal.entries.length).toBeLessThanOrEqual(64);
    // Half of them goes at a time.
    expect(journal.entries.length).toBeGreaterThan(30);
    expect(journal.entries.at(-1)?.id).toBe('req_99');
  });

  test('drops as many as it takes to be at half of its bytes, also where the newest are the largest', () => {
    const journal = new Journal();
    for (let i = 0; i < 60; i += 1) journal.record(request(i));
    for (let i = 60; i < 124; i += 1) journal.record(request(i, { path: long }));
    const large = journal.entries.filter(({ path }) => path === long);
    expect(large.length).toBeLessThanOrEqual(32);
    expect(large.length).toBeGreaterThan(28);
    expect(journal.entries.at(-1)?.id).toBe('req_123');
  });

  test('is bounded in bytes: many parameters push out older requests', () => {
    const journal = new Journal();
    const query = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`p${i}`, '']));
    for (let i = 0; i < 500; i += 1) journal.record(request(i, { query }));
    expect(journal.entries.length).toBeLessThan(150);
  });

  test('is bounded in bytes: characters beyond Latin-1 count twice', () => {
    const held = (character: string) => {
      const journal = new Journal();
      const response = { body: `x`.padEnd(60_000, character), size: 60_000 };
      for (let i = 0; i < 1_000; i += 1) journal.record(request(i, { response }));
      return journal.entries.length;
    };
    expect(held('é')).toBe(1_000);
    expect(held('語')).toBeLessThanOrEqual(500);
  });

  test('holds 20,000 requests at most, and the last one always', () => {
    const journal = new Journal();
    for (let i = 0; i < 45_000; i += 1) {
      journal.record(request(i));
      expect(journal.entries.length).toBeLessThanOrEqual(20_000);
    }
    expect(journal.entries.length).toBeGreaterThanOrEqual(10_000);
    expect(journal.entries.at(-1)?.id).toBe('req_44999');
    journal.record(request(0, { response: { body: 'x'.repeat(100 * 1024 * 1024), size: 0 } }));
    expect(journal.entries.at(-1)?.id).toBe('req_0');
  });

  test('is empty after clear, and takes as much as before', () => {
    const journal = new Journal();
    const response = { body: 'x'.repeat(1024 * 1024), size: 0 };
    for (let i = 0; i < 50; i += 1) journal.record(request(i, { response }));
    journal.clear();
    expect(journal.entries).toEqual([]);
    for (let i = 0; i < 50; i += 1) journal.record(request(i, { response }));
    expect(journal.entries).toHaveLength(50);
  });
});

describe('an entry', () => {
  test('has the request id of the answer, and the operation', async () => {
    const mock = createMock({ data: { users: 2 } });
    const known = await ask(mock);
    const unknown = await ask(mock, '', { path: '/nothing' });
    expect(mock.requests).toMatchObject([
      { id: known.headers.get('x-request-id'), operation: 'admin.organization.users.list' },
      { id: unknown.headers.get('x-request-id'), operation: null },
    ]);
  });

  test('has the bodies: JSON parsed, the answer as text', async () => {
    const mock = createMock({ data: { users: 2 } });
    const path = '/v1/organization/users/user_abc';
    const init = { path, method: 'POST', headers: { 'content-type': 'application/json' } };
    const { body } = await ask(mock, '', { ...init, body: '{"role":"owner"}' });
    await ask(mock, '', { ...init, body: '{"role"' });
    expect(mock.requests[0]).toMatchObject({ body: { role: 'owner' } });
    expect(JSON.parse(mock.requests[0]?.response?.body ?? '')).toEqual(body);
    expect(mock.requests[1]).toMatchObject({ body: '{"role"' });
  });

  test('has bodies cut after 64 kB, and the size of the answer', async () => {
    const mock = createMock({ data: { users: 200 } });
    await ask(mock, '?limit=100');
    const [entry] = mock.requests;
    expect(entry?.response?.size).toBeGreaterThan(10_000);
    expect(entry?.response?.body.length).toBeLessThanOrEqual(64 * 1024);
    const init = { path: '/nothing', method: 'POST', body: JSON.stringify('x'.repeat(100_000)) };
    await ask(mock, '', { ...init, headers: { 'content-type': 'application/json' } });
    expect(mock.requests[1]?.body).toHaveLength(64 * 1024);
  });

  test('shows a deeply nested body as text: nothing overflows', async () => {
    const mock = createMock({ data: { users: 2 } });
    const body = '['.repeat(20_000) + ']'.repeat(20_000);
    const headers = { 'content-type': 'application/json' };
    const { status } = await ask(mock, '', { path: '/nothing', method: 'POST', body, headers });
    expect(status).toBe(404);
    expect(mock.requests[0]?.body).toBe(body);
    expect((await ask(mock, '', { path: '/_mock/requests' })).status).toBe(200);
  });

  test('has status 0 and no response where the connection was reset, and names the rule', async () => {
    const mock = createMock({ data: { users: 2 }, faults: [{ connection: 'reset' }] });
    await ask(mock).catch(() => {});
    expect(mock.requests[0]).toMatchObject({ status: 0, fault: 'fault_1' });
    expect(mock.requests[0]).not.toHaveProperty('response');
  });
});

test('a request with thousands of parameters takes linear time', async () => {
  const mock = createMock({ data: { users: 1 } });
  // Of the processor, in milliseconds: a busy machine does not count.
  const time = async (search: string) => {
    const started = process.cpuUsage();
    await mock.fetch(`/organization/users?${search}`);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  };
  await time('a&a');
  // Ten times as much as a socket would let through: quadratic, it took half a minute.
  expect(await time('a&'.repeat(70_000))).toBeLessThan(3_000);
  const names = Array.from({ length: 30_000 }, (_, i) => `p${i}`).join('&');
  expect(await time(names)).toBeLessThan(3_000);
});
