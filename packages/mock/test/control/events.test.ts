import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStream } from '../../src/control/event-stream.ts';
import { Events } from '../../src/control/events.ts';
import type { RecordedRequest } from '../../src/control/journal.ts';
import { createMock, startMock } from '../../src/index.ts';
import { ask } from '../support/ask.ts';
import { open } from '../support/sockets.ts';

const request = (id: number, body = ''): RecordedRequest => ({
  id: `req_${id}`,
  operation: null,
  method: 'GET',
  path: '/',
  query: {},
  status: 200,
  validations: [],
  response: { body, size: body.length },
  time: 0,
  duration: 0,
});

/** Server-sent events of a text, by the rules of the HTML standard that are needed here. */
const parse = (text: string) =>
  text
    .split('\n\n')
    .map((block) => /^event: (\w+)\ndata: (.*)$/.exec(block))
    .flatMap((match) => (match ? [{ type: match[1], data: JSON.parse(match[2] ?? '') }] : []));

describe('the event stream', () => {
  let events: Events;
  let stream: EventStream;
  beforeEach(() => {
    vi.useFakeTimers();
    events = new Events();
    stream = new EventStream((listener) => events.subscribe(listener));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const reading = () => {
    const reader = stream.open()?.getReader();
    if (!reader) throw new Error('No stream.');
    const decoder = new TextDecoder();
    const read = async () => decoder.decode((await reader.read()).value);
    return { reader, read };
  };

  test('sends an event when it opens, and then events in batches', async () => {
    const { read } = reading();
    expect(await read()).toContain('retry: 1000');
    events.emit({ type: 'request', request: request(1, 'large') });
    events.emit({ type: 'data', collection: 'users' });
    events.emit({ type: 'data', collection: 'users' });
    events.emit({ type: 'faults' });
    events.emit({ type: 'reset' });
    const next = read();
    await vi.advanceTimersByTimeAsync(50);
    const batch = parse(await next);
    expect(batch.map(({ type }) => type)).toEqual(['request', 'data', 'faults', 'reset']);
    expect(batch[0]?.data).toMatchObject({ id: 'req_1', response: { size: 5 } });
    expect(batch[0]?.data.response).not.toHaveProperty('body');
    expect(batch[1]?.data).toEqual({ collection: 'users' });
  });

  test.each(['clear', 'reset'] as const)(
    'tells of a %s between what was before and after',
    async (type) => {
      const { read } = reading();
      await read();
      for (const id of [1, 2, 3]) {
        events.emit({ type: 'request', request: request(id) });
        if (id < 3) events.emit({ type });
      }
      const next = read();
      await vi.advanceTimersByTimeAsync(50);
      const batch = parse(await next);
      const last = batch.map((event) => event.type).lastIndexOf(type);
      expect(batch.slice(last + 1).map(({ data }) => data.id)).toEqual(['req_3']);
    },
  );

  test('sends one batch in 50 ms at most', async () => {
    const { read } = reading();
    await read();
    for (let i = 0; i < 100; i += 1) events.emit({ type: 'request', request: request(i) });
    await vi.advanceTimersByTimeAsync(49);
    for (let i = 100; i < 200; i += 1) events.emit({ type: 'request', request: request(i) });
    const next = read();
    await vi.advanceTimersByTimeAsync(1);
    expect(parse(await next)).toHaveLength(200);
  });

  test('sends four batches a second under load, each serialized once for all connections', async () => {
    const readers = [reading(), reading(), reading()];
    for (const { read } of readers) await read();
    const stringify = vi.spyOn(JSON, 'stringify');
    const batches: string[] = [];
    const collect = async () => {
      for (;;) batches.push(await (readers[0]?.read() ?? ''));
    };
    void collect();
    for (let i = 0; i < 500; i += 1) {
      events.emit({ type: 'request', request: request(i) });
      await vi.advanceTimersByTimeAsync(2);
    }
    await vi.advanceTimersByTimeAsync(250);
    expect(stringify).toHaveBeenCalledTimes(500);
    stringify.mockRestore();
    expect(batches.flatMap(parse)).toHaveLength(500);
    expect(batches.length).toBeLessThanOrEqual(5);
    // Quiet again: the next event goes soon.
    await vi.advanceTimersByTimeAsync(250);
    events.emit({ type: 'faults' });
    await vi.advanceTimersByTimeAsync(50);
    expect(parse(batches.at(-1) ?? '')).toEqual([{ type: 'faults', data: {} }]);
  });

  test('says "look again" once for a batch, where it was said last', async () => {
    const { read } = reading();
    await read();
    for (const id of [1, 2, 3]) {
      events.emit({ type: 'request', request: request(id) });
      if (id < 3) events.emit({ type: 'reset' });
    }
    const next = read();
    await vi.advanceTimersByTimeAsync(50);
    expect(parse(await next).map(({ type, data }) => data.id ?? type)).toEqual([
      'req_1',
      'req_2',
      'reset',
      'req_3',
    ]);
  });

  test('a listener that does not read loses events, is told so, and fills no memory', async () => {
    const { read } = reading();
    for (let i = 0; i < 100; i += 1) {
      for (let j = 0; j < 500; j += 1) {
        events.emit({ type: 'request', request: { ...request(j), path: '/'.repeat(500) } });
      }
      await vi.advanceTimersByTimeAsync(50);
    }
    let text = '';
    for (let i = 0; i < 2; i += 1) text += await read();
    expect(text.length).toBeLessThan(2 * 1024 * 1024);
    expect(parse(text).some(({ type }) => type === 'lost')).toBe(true);
  });

  test('more events in a batch than it holds are a loss, which is told', async () => {
    const { read } = reading();
    await read();
    for (let i = 0; i < 5_000; i += 1) events.emit({ type: 'request', request: request(i) });
    const next = read();
    await vi.advanceTimersByTimeAsync(50);
    expect(parse(await next)).toEqual([{ type: 'lost', data: {} }]);
  });

  test('tells of each collection that changed', async () => {
    const { read } = reading();
    await read();
    for (const collection of ['users', 'users.roles', 'users'])
      events.emit({ type: 'data', collection });
    const next = read();
    await vi.advanceTimersByTimeAsync(50);
    expect(parse(await next).map(({ data }) => data.collection)).toEqual(['users.roles', 'users']);
  });

  test('sends no earlier events to a new connection', async () => {
    const first = reading();
    await first.read();
    events.emit({ type: 'faults' });
    await first.reader.cancel();
    const { read } = reading();
    await read();
    events.emit({ type: 'reset' });
    const next = read();
    await vi.advanceTimersByTimeAsync(50);
    expect(parse(await next).map(({ type }) => type)).toEqual(['reset']);
  });

  test('has no timer once it is quiet', async () => {
    const { read } = reading();
    await read();
    events.emit({ type: 'faults' });
    await vi.advanceTimersByTimeAsync(50);
    await read();
    await vi.advanceTimersByTimeAsync(250);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('has no listeners and no timer while no client is connected', async () => {
    expect(events.size).toBe(0);
    const [a, b] = [reading(), reading()];
    expect([events.size, stream.size]).toEqual([1, 2]);
    await a.reader.cancel();
    expect([events.size, stream.size]).toEqual([1, 1]);
    events.emit({ type: 'reset' });
    await b.reader.cancel();
    expect([events.size, stream.size]).toEqual([0, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('refuses the sixty-fifth connection, and takes one again when another is gone', async () => {
    const all = Array.from({ length: 64 }, reading);
    expect(stream.open()).toBeUndefined();
    await all[0]?.reader.cancel();
    expect(stream.open()).toBeDefined();
  });

  test('ends all connections on close', async () => {
    const { reader, read } = reading();
    await read();
    stream.close();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
    expect(events.size).toBe(0);
  });
});

describe('GET /_mock/events', () => {
  test('shows requests, faults and resets of the mock as they happen', async () => {
    await using mock = await startMock({ data: { users: 3 } });
    const response = await fetch(new URL('/_mock/events', mock.url));
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await mock.fetch('/organization/users', { headers: { authorization: 'Bearer x' } });
    mock.fail({ status: 500 });
    mock.reset();
    let text = '';
    while (!text.includes('event: reset')) text += (await reader?.read())?.value;
    expect(parse(text).map(({ type }) => type)).toEqual(['request', 'faults', 'reset']);
    expect(parse(text)[0]?.data).toMatchObject({ id: mock.requests[0]?.id ?? expect.any(String) });
    await reader?.cancel();
  });

  test('sends all clients the clearing of the journal, and later requests', async () => {
    const mock = createMock({ data: { users: 3 } });
    const stream = (await mock.fetch('/_mock/events')).body;
    const reader = stream?.pipeThrough(new TextDecoderStream()).getReader();
    await ask(mock);
    await ask(mock, '', { path: '/_mock/requests', method: 'DELETE' });
    await ask(mock);
    let text = '';
    while (text.split('event: request').length < 3) text += (await reader?.read())?.value;
    expect(parse(text).map(({ type }) => type)).toEqual(['request', 'clear', 'request']);
    await mock.close();
  });

  test('connections that go away leave nothing behind: more of them than may be open at once', async () => {
    await using mock = await startMock({ data: { users: 3 } });
    const { host } = new URL(mock.url);
    for (let round = 0; round < 4; round += 1) {
      const sockets = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const { socket } = open(mock.url);
          socket.write(`GET /_mock/events HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
          const first = await new Promise<Buffer>((arrived) => socket.once('data', arrived));
          expect(first.toString()).toMatch(/^HTTP\/1\.1 200/);
          return socket;
        }),
      );
      for (const socket of sockets) socket.destroy();
      await new Promise((later) => setTimeout(later, 100));
    }
  });

  test('works without a socket', async () => {
    const mock = createMock({ data: { users: 3 } });
    const reader = (await mock.fetch('/_mock/events')).body?.getReader();
    mock.fail({ status: 500 });
    const decoder = new TextDecoder();
    let text = '';
    while (!text.includes('event: faults')) text += decoder.decode((await reader?.read())?.value);
    await mock.close();
    expect((await reader?.read())?.done).toBe(true);
  });
});
