/** The longest delay of a timer. A longer timeout ends after 24 days. */
const largestTimer = 2 ** 31 - 1;

/** What work rejects with when its time is up. */
export class TimedOut extends Error {
  override readonly name: string = 'TimeoutError';
}

/**
 * The time that one attempt may take, in parts: first the headers, then the body. A part ends when the time is up or
 * a signal aborts, whether or not the work heeds `signal`. It leaves neither a timer nor a listener behind.
 */
export class Deadline {
  readonly started: number = performance.now();
  /** Aborts when a part of the work ends early. */
  readonly controller: AbortController = new AbortController();
  readonly #timeout: number;
  readonly #signals: readonly AbortSignal[];

  constructor(timeout: number, signals: readonly AbortSignal[]) {
    this.#timeout = timeout;
    this.#signals = signals;
  }

  /** Does a part of the work. Rejects with `TimedOut`, with a signal's reason, or with what the work rejects with. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const { controller } = this;
    return new Promise<T>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        stop?.();
      };
      const fail = (reason: unknown) => {
        settle();
        reject(reason);
      };
      const end = (reason: unknown) => {
        fail(reason);
        controller.abort(reason instanceof TimedOut ? undefined : reason);
      };
      const left = this.#timeout - (performance.now() - this.started);
      const timer = setTimeout(
        () => end(new TimedOut(`No response within ${this.#timeout} ms.`)),
        Math.min(Math.max(left, 0), largestTimer),
      );
      let stop: (() => void) | undefined;
      stop = onAbort(this.#signals, end);
      if (controller.signal.aborted) stop();
      else {
        work().then((value) => {
          settle();
          resolve(value);
        }, fail);
      }
    });
  }
}

/** Waits, unless a signal aborts: then it rejects with the signal's reason. */
export async function sleep(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  try {
    await new Deadline(milliseconds, signals).run(() => new Promise(() => {}));
  } catch (reason) {
    if (!(reason instanceof TimedOut)) throw reason;
  }
}

/** Calls back when any of the signals aborts, at once if one has; returns what removes the listeners. */
export function onAbort(
  signals: readonly AbortSignal[],
  callback: (reason: unknown) => void,
): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => callback(signal.reason);
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener);
    return () => signal.removeEventListener('abort', listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}
