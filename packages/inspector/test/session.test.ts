import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEventSource, FakeMock, settle } from './support/fake-mock.ts';
import { recorded } from './support/requests.ts';

type Session = typeof import('../src/session.ts');

let mock: FakeMock;
let session: Session;
let stop: () => void;

beforeEach(async () => {
  // All that the page uses; setImmediate stays real, for `settle`.
  const toFake = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const;
  vi.useFakeTimers({ toFake: [...toFake] });
  vi.resetModules();
  mock = new FakeMock();
  session = await import('../src/session.ts');
  stop = session.start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const request = (id: string, fault?: string) => recorded({ id, ...(fault ? { fault } : {}) });
const shown = () => session.journal.view.value.matching.map(({ id }) => id);

/** Opens the newest connection. */
async function connect(): Promise<void> {
  FakeEventSource.last.onopen?.();
  await settle();
}

/** Sends events, and waits until the page has taken them. */
async function send(...events: [type: string, data?: object][]): Promise<void> {
  for (const [type, data] of events) FakeEventSource.last.send(type, data);
  await vi.advanceTimersByTimeAsync(100);
  await settle();
}

describe('while everything is read', () => {
  test('requests that come are shown after those that were read, each once', async () => {
    await connect();
    await send(['request', request('b')], ['request', request('c')]);
    await mock.answerAll({ requests: [request('a'), request('b')] });
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  test('a reset makes older answers, and requests from before, count for nothing', async () => {
    await connect();
    await send(['request', request('before')]);
    const old = mock.asked.splice(0);
    await send(['reset'], ['request', request('after')]);
    for (const { path, answer } of old) {
      answer(path === 'requests' ? [request('old')] : { title: 'old' });
    }
    await settle();
    expect(shown()).toEqual([]);
    expect(session.health.value).toBeUndefined();
    await mock.answerAll();
    expect(shown()).toEqual(['after']);
    expect(session.health.value?.title).toBe('API');
  });

  test('nothing is shown until all of it was read once', async () => {
    await connect();
    for (const path of ['health', 'requests', 'operations']) mock.take(path).answer([]);
    await settle();
    mock.take('data').answer([]);
    await settle();
    expect(session.ready.value).toBe(false);
    mock.take('faults').answer([]);
    await settle();
    expect(session.ready.value).toBe(true);
  });

  test('after many resets, the state is read again once, not once each', async () => {
    await connect();
    await send(['reset'], ['reset'], ['reset']);
    expect(mock.paths).toEqual(['health', 'requests', 'operations']);
    for (const { answer } of mock.asked.splice(0)) answer([]);
    await settle();
    expect(mock.paths).toEqual(['health', 'requests', 'operations']);
    await mock.answerAll();
    expect(mock.asked).toEqual([]);
  });

  test('a mock that stops takes nothing away, and everything is read when it is back', async () => {
    await connect();
    await mock.answerAll({ requests: [request('a')] });
    await send(['lost']);
    await send(['request', request('b')]);
    FakeEventSource.last.onerror?.();
    for (const { fail } of mock.asked.splice(0)) fail();
    await settle();
    expect(shown()).toEqual(['a', 'b']);
    expect(session.connection.value).toBe('lost');
    expect(session.notice.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(500);
    await connect();
    await mock.answerAll({ requests: [request('c')] });
    expect(shown()).toEqual(['c']);
  });

  test('an error that the mock answers with is shown', async () => {
    await connect();
    mock.take('requests').answer({ error: { message: 'Too much.' } }, 500);
    await mock.answerAll();
    expect(session.notice.value).toEqual({ kind: 'error', text: 'Too much.' });
    await send(['request', request('a')]);
    expect(shown()).toEqual(['a']);
  });
});

describe('changes', () => {
  beforeEach(async () => {
    await connect();
    await mock.answerAll();
  });

  test('of items, as a restore makes them, are read one at a time, and the last state wins', async () => {
    const version = session.dataVersion.value;
    await send(['data', { collection: 'users' }], ['data', { collection: 'users.roles' }]);
    await send(['data', { collection: 'users' }]);
    expect(mock.paths).toEqual(['data']);
    mock.take('data').answer([{ name: 'users', size: 1 }]);
    await settle();
    expect(mock.paths).toEqual(['data']);
    mock.take('data').answer([{ name: 'users', size: 2 }]);
    await settle();
    expect(mock.asked).toEqual([]);
    expect(session.collections.value).toMatchObject([{ size: 2 }]);
    expect(session.dataVersion.value).toBe(version + 2);
  });

  test('a reset during a read of items is followed by a read of its own', async () => {
    await send(['data', { collection: 'users' }]);
    const before = mock.take('data');
    await send(['reset']);
    for (const path of ['health', 'requests', 'operations']) mock.take(path).answer([]);
    await settle();
    before.answer([{ name: 'users', size: 1 }]);
    await settle();
    await mock.answerAll({ data: [{ name: 'users', size: 320 }] });
    expect(session.collections.value).toMatchObject([{ size: 320 }]);
  });

  test('of the journal that empty it leave what came later', async () => {
    await send(['request', request('a')]);
    await send(['request', request('b')], ['clear'], ['request', request('c')]);
    expect(shown()).toEqual(['c']);
    await send(['lost']);
    const before = mock.asked.splice(0);
    await send(['request', request('d')], ['clear'], ['request', request('e')]);
    for (const { path, answer } of before) answer(path === 'requests' ? [request('d')] : []);
    await settle();
    await mock.answerAll();
    expect(shown()).toEqual(['e']);
  });

  test('of rules that end by the clock are read then, though no event says so', async () => {
    await send(['faults']);
    mock.take('faults').answer([{ id: 'fault_1', left: null, until: Date.now() + 5000 }]);
    await settle();
    await vi.advanceTimersByTimeAsync(4900);
    expect(mock.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    mock.take('faults').answer([{ id: 'fault_1', left: 0, until: Date.now() - 100 }]);
    await settle();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(mock.asked).toEqual([]);
  });

  test('of rules are read, and so are rules after a request that met one', async () => {
    await send(['faults']);
    mock.take('faults').answer([{ id: 'fault_1', left: 2 }]);
    await settle();
    await send(['request', request('a', 'fault_1')]);
    mock.take('faults').answer([{ id: 'fault_1', left: 1 }]);
    await settle();
    expect(session.faults.value).toMatchObject([{ left: 1 }]);
    await send(['request', request('b')]);
    expect(mock.asked).toEqual([]);
  });

  test('a refresh is done when the state is known that follows what was done before it', async () => {
    await send(['faults']);
    let isDone = false;
    const refreshed = session.refreshFaults().then(() => {
      isDone = true;
    });
    mock.take('faults').answer([]);
    await settle();
    expect(isDone).toBe(false);
    mock.take('faults').answer([{ id: 'fault_1' }]);
    await refreshed;
    expect(session.faults.value).toMatchObject([{ id: 'fault_1' }]);
  });
});

describe('a connection', () => {
  test('that is refused is tried again, later each time, until 4 s lie between', async () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const source = FakeEventSource.last;
      source.onerror?.();
      expect([source.isClosed, session.connection.value]).toEqual([true, 'lost']);
      const begun = Date.now();
      const count = FakeEventSource.all.length;
      while (FakeEventSource.all.length === count) await vi.advanceTimersByTimeAsync(10);
      waits.push(Date.now() - begun);
    }
    expect(waits.slice(0, 3)).toEqual([500, 800, 1280]);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(4000);
    await connect();
    expect(session.connection.value).toBe('live');
  });

  test('that was lost while the list is paused: the list stands still, and shows all when resumed', async () => {
    await connect();
    await mock.answerAll({ requests: [request('a')] });
    session.journal.pause(true);
    await send(['lost']);
    await mock.answerAll({ requests: [request('a'), request('b')] });
    expect([shown(), session.journal.view.value.waiting]).toEqual([['a'], 1]);
    session.journal.pause(false);
    expect(shown()).toEqual(['a', 'b']);
  });

  test('that is ended leaves no timer and no stream', async () => {
    await connect();
    await mock.answerAll();
    FakeEventSource.last.onerror?.();
    stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(FakeEventSource.all.every(({ isClosed }) => isClosed)).toBe(true);
  });
});
