import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Answer, toAnswer } from '../src/answer/answer.ts';
import type { Operation } from '../src/api/api.ts';
import type { Fault } from '../src/control/faults.ts';
import { Faults } from '../src/control/faults.ts';
import { Journal } from '../src/control/journal.ts';
import { Secrets } from '../src/control/secrets.ts';
import type { MockRequest } from '../src/http/request.ts';
import { createResponder } from '../src/respond.ts';
import type { Epoch } from '../src/state/epoch.ts';

const json = (statusCode: number, body: unknown, headers: Record<string, string> = {}) =>
  toAnswer({ statusCode, body, headers });
// Nothing resets it.
const epoch = { isOver: false } as Epoch;
const page = { object: 'list', data: [{ id: 'a' }], last_id: 'a', has_more: false };

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A responder whose answer, fault and latency are given. */
function respondWith(
  answer: Answer = json(200, page),
  fault?: Partial<Fault>,
  latency?: number | [number, number],
) {
  const faults = new Faults({ seed: 1, secrets: new Secrets(), initial: [], operations: [] });
  if (fault) vi.spyOn(faults, 'next').mockReturnValue({ rule: 'fault_1', ...fault });
  const journal = new Journal();
  let count = 0;
  const respond = createResponder({
    nextNumber: () => count++,
    served: () => ({
      api: { basePath: '/v1', operations: [] },
      // Only its id is read.
      route: () => ({ iid: 'things.list' }) as Operation,
      handle: async () => answer,
      epoch,
    }),
    fail: (status) => json(status, { error: {} }),
    faults,
    journal,
    secrets: new Secrets(['known-key']),
    ...(latency === undefined ? {} : { latency }),
  });
  const send = (request: Partial<MockRequest> = {}, signal?: () => AbortSignal | undefined) =>
    respond({ method: 'GET', target: '/v1/things', headers: {}, ...request }, signal);
  return { send, journal };
}

test('requests are numbered from zero, in sixteen hexadecimal digits', async () => {
  const { send, journal } = respondWith();
  const ids = [];
  for (let i = 0; i < 17; i += 1) ids.push((await send()).headers['x-request-id']);
  expect([ids[0], ids[1], ids[16]]).toEqual([
    'req_0000000000000000',
    'req_0000000000000001',
    'req_0000000000000010',
  ]);
  expect(journal.entries.map(({ id }) => id)).toEqual(ids);
});

test('an entry has when the request came, and how long its answer took', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_000);
  vi.spyOn(performance, 'now').mockReturnValueOnce(50).mockReturnValueOnce(57.541173);
  const { send, journal } = respondWith();
  await send();
  expect(journal.entries[0]).toMatchObject({
    time: 1_000,
    duration: 7.541,
    operation: 'things.list',
  });
});

test('the key of a request is masked, as well as those that the mock knows', async () => {
  const { send, journal } = respondWith();
  await send({
    target: '/v1/things/own-secret-1?a=known-key',
    headers: { authorization: 'Bearer own-secret-1' },
  });
  expect(journal.entries[0]).toMatchObject({ path: '/v1/things/***', query: { a: '***' } });
});

describe('the body of an entry', () => {
  const bodyOf = async (body: string | undefined, headers: Record<string, string> = {}) => {
    const { send, journal } = respondWith();
    await send({ method: 'POST', body, headers });
    return journal.entries[0];
  };

  test.each<[string, Record<string, string>, unknown]>([
    ['{"a":[1]}', {}, { a: [1] }],
    ['{"a":1}', { 'content-type': 'application/json' }, { a: 1 }],
    ['{"a":1}', { 'content-type': 'application/merge-patch+json; charset=utf-8' }, { a: 1 }],
    ['{"a":1}', { 'content-type': 'text/plain' }, '{"a":1}'],
    ['{"a":1}', { 'content-type': 'application/jsonp' }, '{"a":1}'],
    ['{"a', {}, '{"a'],
    ['[known-key', {}, '[***'],
  ])('%s with %j is %j', async (body, headers, expected) => {
    expect((await bodyOf(body, headers))?.body).toEqual(expected);
  });

  test('is a text where it is cut, though what is left of it would be JSON', async () => {
    const long = `1${' '.repeat(64 * 1024)}`;
    expect((await bodyOf(long))?.body).toBe(long.slice(0, 64 * 1024));
  });

  test.each([undefined, ''])('is not there where there is none (%j)', async (body) => {
    expect(await bodyOf(body)).not.toHaveProperty('body');
  });
});

describe('a repeated cursor', () => {
  const repeated = async (answer: Answer, target = '/v1/things?after=x') =>
    (await respondWith(answer, { cursor: 'repeat' }).send({ target })).body;

  test('is the one of the request, under the name that the page has for it', async () => {
    expect(JSON.parse(String(await repeated(json(200, page))))).toEqual({
      ...page,
      last_id: 'x',
      has_more: true,
    });
    const opaque = { data: [], next: null, has_more: false };
    expect(JSON.parse(String(await repeated(json(200, opaque))))).toEqual({
      ...opaque,
      next: 'x',
      has_more: true,
    });
  });

  test('is the one of the page where the request has none', async () => {
    const body = JSON.parse(String(await repeated(json(200, page), '/v1/things')));
    expect(body).toEqual({ ...page, has_more: true });
  });

  test.each([
    json(200, { id: 'a' }),
    json(200, ['data']),
    json(200, null),
    json(200, 'data'),
    json(204, undefined),
    json(200, 'data', { 'content-type': 'text/plain' }),
    json(300, page),
    json(400, { error: {}, data: [] }),
  ])('leaves what is no page alone: $status $body', async (answer) => {
    expect(await repeated(answer)).toBe(answer.body);
  });
});

describe('a delay', () => {
  const fake = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  test('is that of the mock and that of the fault together', async () => {
    fake();
    const { send, journal } = respondWith(undefined, { delay: 30 }, 20);
    const call = send();
    await vi.advanceTimersByTimeAsync(49);
    expect(journal.entries).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect((await call).status).toBe(200);
  });

  test('that is not there needs neither a timer nor a signal', async () => {
    const signal = vi.fn();
    const timer = vi.spyOn(globalThis, 'setTimeout');
    await respondWith(undefined, { delay: 0 }, 0).send({}, signal);
    expect([signal, timer].map((each) => each.mock.calls.length)).toEqual([0, 0]);
  });

  test('ends with the reason of an abort, and leaves no timer', async () => {
    fake();
    const { send } = respondWith(undefined, undefined, 1_000);
    const controller = new AbortController();
    const call = send({}, () => controller.signal);
    controller.abort('gone');
    await expect(call).rejects.toBe('gone');
    expect(vi.getTimerCount()).toBe(0);
    await expect(send({}, () => AbortSignal.abort('before'))).rejects.toBe('before');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no listener on a signal that outlives it', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await respondWith(undefined, undefined, 1).send({}, () => signal);
    expect(remove.mock.calls.map(([name, listener]) => [name, listener])).toEqual(
      add.mock.calls.map(([name, listener]) => [name, listener]),
    );
    expect(add).toHaveBeenCalledOnce();
  });

  test('goes on where the signal is unknown', async () => {
    expect((await respondWith(undefined, undefined, 1).send({}, () => undefined)).status).toBe(200);
  });
});
