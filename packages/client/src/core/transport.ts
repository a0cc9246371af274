import {
  APIConnectionError,
  APIConnectionTimeoutError,
  type APIError,
  APIUserAbortError,
  InvalidResponseError,
  OrgClientError,
  statusError,
} from './errors.ts';
import { checkHeaderValue } from './headers.ts';
import { type Log, maskSecret, maskURL } from './log.ts';
import { backoff, isRetryable, longestWait, requestedWait } from './retry.ts';

/** The `fetch` that a transport calls: the platform's, or the user's own. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** The admin key, or a function that gives it, asked once per attempt; null sends none. */
export type KeySource = string | (() => string | Promise<string>) | null;

/** One call: what is sent, how long it may take, how often it is tried. */
export interface Call {
  url: string;
  init: RequestInit & { method: string; headers: Headers };
  /** Whether the key may be sent: a caller's own Authorization, or its deletion, comes first. */
  authorize: boolean;
  /** Milliseconds per attempt, headers and body together. */
  timeout: number;
  maxRetries: number;
  /** Whatever ends the call early: the caller's signal, and that of a walk over pages. */
  signals: readonly AbortSignal[];
}

/** What a transport is made of. */
export interface TransportOptions {
  fetch: Fetch;
  key: KeySource;
  log: Log;
}

const timedOut = Symbol('timed out');
const largestTimer = 2 ** 31 - 1;
const abandoned = new FinalizationRegistry<() => void>((stop) => stop());

/**
 * One call on its way: attempts, timeouts, abort and backoff. `send` resolves once there is a final response, with
 * its body unread; `text` reads the body, and goes back to `send` if the connection fails on the way.
 */
export class Exchange {
  response!: Response;
  readonly #call: Call;
  readonly #options: TransportOptions;
  #read!: () => Promise<string>;
  #attempts = 0;
  #key: string | undefined;
  #controller!: AbortController;
  #started = 0;

  constructor(call: Call, options: TransportOptions) {
    this.#call = call;
    this.#options = options;
  }

  /** What an error says about this call. */
  get details(): { method: string; url: string; attempts: number } {
    const { url, init } = this.#call;
    return { method: init.method, url: this.#mask(maskURL(url)), attempts: this.#attempts };
  }

  /** Sends the request, again if need be. Resolves with any final response, rejects where there is none. */
  async send(): Promise<Response> {
    const { log } = this.#options;
    for (;;) {
      let response: Response;
      try {
        response = await this.#attempt();
      } catch (error) {
        await this.#orRetry(error);
        continue;
      }
      this.response = response;
      // Bound now: whoever gets the response may put another `text` in its place.
      this.#read = response.text.bind(response);
      const left = this.#call.maxRetries + 1 - this.#attempts;
      if (response.ok || !isRetryable(response) || left <= 0) return response;
      const asked = requestedWait(response.headers);
      if (asked !== undefined && asked > longestWait) return response;
      discard(response);
      const wait = asked ?? backoff(this.#attempts);
      log('info', `retrying after status ${response.status}`, () => ({
        ...this.details,
        left,
        wait,
      }));
      await this.#sleep(wait);
    }
  }

  /** Reads the body within the attempt's time. A connection that fails on the way is another attempt's reason. */
  async text(): Promise<string> {
    for (;;) {
      const { response } = this;
      try {
        return await this.#within(this.#read);
      } catch (error) {
        const failure =
          error instanceof APIConnectionError &&
          !(error instanceof APIConnectionTimeoutError) &&
          response.ok
            ? this.invalid('The body of the response is cut off.', error.cause)
            : error;
        await this.#orRetry(failure);
        await this.send();
        if (!this.response.ok) throw await this.failure();
      }
    }
  }

  /**
   * Leaves the body to the caller. The caller's signal still ends it: through a weak reference, and only as long as
   * the body is there, so that a signal that outlives many calls does not gather their listeners.
   */
  handOver(): Response {
    const { body, bodyUsed } = this.response;
    const [signal] = this.#call.signals;
    if (signal && body && !bodyUsed) {
      const controller = new WeakRef(this.#controller);
      const stop = onAbort([signal], (reason) => controller.deref()?.abort(reason));
      abandoned.register(body, stop);
    }
    return this.response;
  }

  /** The error for a response that is no success. */
  async failure(): Promise<APIError> {
    const { response } = this;
    const wait = requestedWait(response.headers);
    let body = '';
    try {
      body = this.#mask(await this.#within(() => response.text()));
    } catch (error) {
      // The status is worth more than a body that failed to arrive, but not more than the caller's abort.
      if (error instanceof APIUserAbortError) return error;
    }
    return statusError(this.#masked(response), body, {
      ...this.details,
      retryAfter: wait === undefined ? undefined : wait / 1000,
    });
  }

  /** The error for a success that cannot be used. */
  invalid(message: string, cause?: unknown): InvalidResponseError {
    const { status, headers } = this.#masked(this.response);
    const details = cause === undefined ? this.details : { ...this.details, cause };
    return new InvalidResponseError(status, undefined, this.#mask(message), headers, details);
  }

  async #attempt(): Promise<Response> {
    const { init, authorize, url } = this.#call;
    const { fetch, log } = this.#options;
    this.#attempts += 1;
    this.#started = performance.now();
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const response = await this.#within(async () => {
      let headers = init.headers;
      // A retry must not change what an earlier attempt was sent with.
      if (this.#attempts > 1) headers = new Headers(headers);
      if (authorize) {
        this.#key = await askKey(this.#options.key);
        if (this.#key !== undefined) headers.set('authorization', `Bearer ${this.#key}`);
      }
      if (signal.aborted) throw signal.reason;
      log('debug', 'request sent', () => this.details);
      const response = await fetch(url, { ...init, headers, signal });
      if (signal.aborted) discard(response);
      return response;
    });
    log('debug', 'response received', () => ({
      ...this.details,
      status: response.status,
      duration: Math.round(performance.now() - this.#started),
      requestID: this.#mask(response.headers.get('x-request-id') ?? ''),
    }));
    return response;
  }

  /**
   * Does a part of an attempt, and ends it when the attempt's time is up or the caller aborts, whether or not the
   * `fetch` in use heeds its signal. Leaves neither a timer nor a listener behind.
   */
  async #within<T>(work: () => Promise<T>): Promise<T> {
    const { signals, timeout } = this.#call;
    const controller = this.#controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        const end = (reason: unknown) => {
          reject(reason);
          controller.abort(reason === timedOut ? undefined : reason);
        };
        stop = onAbort(signals, end);
        const left = timeout - (performance.now() - this.#started);
        timer = setTimeout(end, Math.min(Math.max(left, 0), largestTimer), timedOut);
        if (!controller.signal.aborted) work().then(resolve, reject);
      });
    } catch (error) {
      throw this.#connectionError(error);
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  #connectionError(error: unknown): unknown {
    const aborted = this.#call.signals.find((signal) => signal.aborted);
    if (aborted) return abortError(this.details, aborted.reason);
    if (error instanceof OrgClientError) return error;
    if (error === timedOut || isTimeout(error)) {
      const details = error === timedOut ? this.details : { ...this.details, cause: error };
      const message = `Request timed out: ${this.#where}.`;
      return new APIConnectionTimeoutError(undefined, undefined, message, undefined, details);
    }
    const message = `Connection error: ${this.#where}.`;
    return new APIConnectionError(undefined, undefined, message, undefined, {
      ...this.details,
      cause: error,
    });
  }

  /** Waits for another attempt after a failure of the connection, or throws it where there is none left. */
  async #orRetry(error: unknown): Promise<void> {
    const left = this.#call.maxRetries + 1 - this.#attempts;
    const retryable = error instanceof APIConnectionError || error instanceof InvalidResponseError;
    if (!retryable || left <= 0 || this.#call.init.body instanceof ReadableStream) throw error;
    const wait = backoff(this.#attempts);
    const { name } = error as Error;
    this.#options.log('info', `retrying after ${name}`, () => ({ ...this.details, left, wait }));
    await this.#sleep(wait);
  }

  async #sleep(milliseconds: number): Promise<void> {
    const { signals } = this.#call;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        stop = onAbort(signals, (reason) => reject(abortError(this.details, reason)));
        timer = setTimeout(resolve, milliseconds);
      });
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  get #where(): string {
    const { method, url } = this.details;
    return `${method} ${url.replace(/\?.*/s, '')}`;
  }

  #mask(text: string): string {
    return maskSecret(text, this.#key);
  }

  /** A server may send the key back: an error that is printed must not show it. */
  #masked(response: Response): Response {
    const key = this.#key;
    if (!key || ![...response.headers].some(([, value]) => value.includes(key))) return response;
    const headers = new Headers(
      [...response.headers].map(([name, value]) => [name, this.#mask(value)]),
    );
    return { status: response.status, headers } as Response;
  }
}

/** Calls back once when any of the signals aborts, at once if one has; returns what takes the listeners off. */
function onAbort(signals: readonly AbortSignal[], callback: (reason: unknown) => void): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => callback(signal.reason);
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener, { once: true });
    return () => signal.removeEventListener('abort', listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

async function askKey(source: KeySource): Promise<string | undefined> {
  if (source === null) return undefined;
  let key: unknown = source;
  if (typeof source === 'function') {
    try {
      key = await source();
    } catch (cause) {
      throw new OrgClientError('The function given as adminAPIKey failed.', { cause });
    }
  }
  if (typeof key !== 'string' || key.trim() === '') {
    throw new OrgClientError('The function given as adminAPIKey must return a key, as a string.');
  }
  return checkHeaderValue(key, 'adminAPIKey');
}

function abortError(details: object, cause: unknown): APIUserAbortError {
  const given = { ...details, cause };
  return new APIUserAbortError(undefined, undefined, 'Request was aborted.', undefined, given);
}

/** Runtimes name their own timeouts differently; what they have in common is the words. */
function isTimeout(error: unknown): boolean {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: unknown };
  return name === 'AbortError' || /timed? ?out/i.test(`${error} ${cause}`);
}

function discard(response: Response): void {
  response.body?.cancel().catch(() => {});
}
