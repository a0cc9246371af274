import { expect, test } from 'vitest';
import { parseTarget } from '../src/http/request.ts';
import { createMock, type Mock } from '../src/index.ts';
import { ask } from './support/ask.ts';
import { growthOf } from './support/heap.ts';

/** Sends requests, each of them another one, and forgets them in the journal. */
function sendAndForget(count: number, send: (mock: Mock, i: number) => Promise<unknown>) {
  const mock = createMock({ data: { users: 5 } });
  const repeat = async (from: number) => {
    for (let i = from; i < from + count; i += 1) await send(mock, i);
    await mock.fetch('/_mock/requests', { method: 'DELETE' });
  };
  return {
    mock,
    async growth() {
      // What is made once is made before.
      await repeat(0);
      return growthOf(() => repeat(count));
    },
  };
}

test('a request for an unknown path is not kept in memory by a cache', async () => {
  const names = Array.from({ length: 2_000 }, (_, i) => `p${i}`).join('&');
  const { mock, growth } = sendAndForget(100, (mock, i) =>
    ask(mock, `?${names}`, { path: `/nothing/${i}` }),
  );
  expect(await growth()).toBeLessThan(5);
  expect(mock.requests).toEqual([]);
}, 30_000);

test('a cached validation result does not keep its request in memory', async () => {
  const { mock, growth } = sendAndForget(100, (mock, i) => {
    const headers = { authorization: `Bearer key-${i}`, 'x-long': `${i}`.padEnd(200_000, 'x') };
    return ask(mock, `?emails=${i}@example.com`, { headers });
  });
  expect(await growth()).toBeLessThan(5);
  expect(mock.requests).toEqual([]);
}, 30_000);

test('the journal holds no more of a long body than it shows', async () => {
  const mock = createMock({ data: { users: 5 } });
  const headers = { 'content-type': 'text/plain' };
  const growth = await growthOf(async () => {
    for (let i = 0; i < 100; i += 1) {
      const body = `${i}`.padEnd(500_000, 'x');
      await ask(mock, '', { path: '/nothing', method: 'POST', headers, body });
    }
  });
  expect(mock.requests).toHaveLength(100);
  expect(mock.requests[0]?.body).toHaveLength(64 * 1024);
  expect(growth).toBeLessThan(20);
}, 30_000);

test.each([
  ['path', (i: number) => parseTarget(`/a-path-of-some-length/${i}?y=${'1'.repeat(200_000)}`).path],
  ['value', (i: number) => parseTarget(`/?a=some-value-${i}&y=${'1'.repeat(200_000)}`).query['a']],
  [
    'name',
    (i: number) => Object.keys(parseTarget(`/?some-name-${i}&y=${'1'.repeat(200_000)}`).query),
  ],
])('a %s of a long target does not hold all of it', async (_, read) => {
  const held: unknown[] = [];
  const growth = await growthOf(() => {
    for (let i = 0; i < 100; i += 1) held.push(read(i));
  });
  expect(held).toHaveLength(100);
  expect(growth).toBeLessThan(2);
});
