import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Deadline, onAbort, sleep, TimedOut } from '../src/core/deadline.ts';

afterEach(() => vi.restoreAllMocks());

const never = () => new Promise<never>(() => {});
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('Expected a rejection.'),
    (reason: unknown) => reason,
  );

describe('a deadline', () => {
  test('gives what the work gives, and leaves its signal alone', async () => {
    const deadline = new Deadline(1_000, []);
    expect(await deadline.run(async () => 5)).toBe(5);
    expect(deadline.controller.signal.aborted).toBe(false);
  });

  test('rejects with what the work rejects with', async () => {
    const failed = new Error('failed');
    expect(await reasonOf(new Deadline(1_000, []).run(() => Promise.reject(failed)))).toBe(failed);
  });

  test('tells the work that the time is up by an AbortError, as the platform does', async () => {
    const deadline = new Deadline(5, []);
    expect(await reasonOf(deadline.run(never))).toBeInstanceOf(TimedOut);
    expect(deadline.controller.signal.reason).toMatchObject({ name: 'AbortError' });
  });

  test('passes the reason of an abort on to the work', async () => {
    const caller = new AbortController();
    const deadline = new Deadline(1_000, [AbortSignal.any([]), caller.signal]);
    const reason = reasonOf(deadline.run(never));
    caller.abort('enough');
    expect(await reason).toBe('enough');
    expect(deadline.controller.signal.reason).toBe('enough');
  });

  test('does no work after an abort', async () => {
    const work = vi.fn(never);
    expect(await reasonOf(new Deadline(1_000, [AbortSignal.abort('enough')]).run(work))).toBe(
      'enough',
    );
    expect(work).not.toHaveBeenCalled();
  });

  test('has the time that earlier parts left for the next one', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const deadline = new Deadline(1_000, []);
    await deadline.run(() => wait(50));
    await deadline.run(async () => {});
    const [whole = 0, rest = 0] = set.mock.calls.map(([, delay]) => delay);
    expect(whole).toBeGreaterThan(900);
    expect(rest).toBeGreaterThan(0);
    expect(whole - rest).toBeGreaterThanOrEqual(45);
  });

  test('that has passed gives the next part no time, and the platform no reason to warn', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const deadline = new Deadline(5, []);
    await wait(20);
    expect(await reasonOf(deadline.run(never))).toBeInstanceOf(TimedOut);
    expect(set.mock.calls.map(([, delay]) => delay)).toEqual([0]);
  });

  test('longer than a timer can wait ends with the longest timer', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    await new Deadline(2 ** 40, []).run(async () => {});
    expect(set.mock.calls.map(([, delay]) => delay)).toEqual([2_147_483_647]);
  });

  test('leaves neither a timer nor a listener behind, however a part ends', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const { signal } = new AbortController();
    const deadline = new Deadline(50, [signal]);
    await deadline.run(async () => {});
    await reasonOf(deadline.run(() => Promise.reject(new Error('failed'))));
    await reasonOf(deadline.run(never));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const timers = set.mock.results.map(({ value }) => value);
    expect(timers).toHaveLength(3);
    expect(clear.mock.calls.map(([timer]) => timer)).toEqual(timers);
  });
});

describe('a wait', () => {
  test('ends when its time is up, and leaves nothing behind', async () => {
    const { signal } = new AbortController();
    const start = performance.now();
    await sleep(30, [signal]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(25);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('ends with the reason of an abort, and leaves nothing behind', async () => {
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const callers = [new AbortController(), new AbortController()];
    const signals = callers.map(({ signal }) => signal);
    const reason = reasonOf(sleep(60_000, signals));
    callers[1]?.abort('enough');
    expect(await reason).toBe('enough');
    expect(clear).toHaveBeenCalledOnce();
    for (const signal of signals) expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a callback for aborts', () => {
  test('is called at once for a signal that has aborted, which is not listened to', () => {
    const callback = vi.fn();
    const signal = AbortSignal.abort('enough');
    onAbort([signal], callback);
    expect(callback).toHaveBeenCalledExactlyOnceWith('enough');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('is not called any more once it was taken back', () => {
    const callback = vi.fn();
    const caller = new AbortController();
    onAbort([caller.signal], callback)();
    caller.abort();
    expect(callback).not.toHaveBeenCalled();
  });
});
