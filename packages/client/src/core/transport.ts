import { decode, discard, readChunks, tooLarge } from './body.ts';
import type { Call, TransportOptions } from './call.ts';
import { connectionError } from './connection-error.ts';
import { Deadline, onAbort, sleep } from './deadline.ts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  InvalidResponseError,
  OrgClientError,
  type RequestDetails,
} from './errors.ts';
import { askKey } from './key.ts';
import { maskSecrets, maskURL, parseMasked, secretsIn } from './mask.ts';
import { follow } from './redirect.ts';
import { backoff, isRetryable, isUnsafe, maxRetryAfter, requestedWait } from './retry.ts';

/** How much of an error's body is read, in bytes. */
const maxErrorSize = 64_000;
const abandoned = new FinalizationRegistry<() => void>((stop) => stop());

/**
 * One call on its way: attempts, retries and errors. `send` resolves once there is a final response, with its body
 * unread; `read` reads the body, and goes back to `send` if the connection fails on the way.
 */
export class Exchange {
  response!: Response;
  readonly #call: Call;
  readonly #options: TransportOptions;
  readonly #maxRetries: number;
  /** Every key that was sent. */
  readonly #keys = new Set<string>();
  #deadline!: Deadline;
  #attempts = 0;

  constructor(call: Call, options: TransportOptions) {
    const { method, body } = call.init;
    const once = (isUnsafe(method) && !options.retryUnsafe) || body instanceof ReadableStream;
    this.#call = call;
    this.#options = options;
    this.#maxRetries = once ? 0 : call.maxRetries;
  }

  /** What an error says about this call. */
  get details(): RequestDetails {
    const { url, init } = this.#call;
    return { method: init.method, url: this.#mask(maskURL(url)), attempts: this.#attempts };
  }

  /** Sends the request, again if need be. Resolves with any final response, rejects where there is none. */
  async send(): Promise<Response> {
    for (;;) {
      try {
        this.response = await this.#attempt();
      } catch (error) {
        await this.#retryAfter(error);
        continue;
      }
      const { response } = this;
      if (response.ok || !isRetryable(response) || this.#left <= 0) return response;
      const asked = requestedWait(response.headers);
      if (asked !== undefined && asked > maxRetryAfter) return response;
      discard(response);
      await this.#retry(`status ${response.status}`, asked);
    }
  }

  /**
   * Reads the body within the attempt's time. Where the connection fails on the way, the request is sent again.
   *
   * @param copy reads a clone of the response instead, and only once
   */
  async read(copy?: Response): Promise<Uint8Array<ArrayBuffer>[]> {
    for (;;) {
      const response = copy ?? this.response;
      if (response.bodyUsed || response.body?.locked) {
        throw new OrgClientError(
          'The body of the response was already read or cancelled. To read it twice, read a `clone()`.',
        );
      }
      const { ok } = response;
      const limit = ok ? this.#options.maxResponseSize : maxErrorSize;
      try {
        return await this.#deadline.run(() => readChunks(response, limit, !ok));
      } catch (reason) {
        if (reason === tooLarge) {
          throw this.invalid(`The body of the response exceeds maxResponseSize (${limit} bytes).`);
        }
        let error = this.#connectionError(reason);
        if (
          ok &&
          error instanceof APIConnectionError &&
          !(error instanceof APIConnectionTimeoutError)
        ) {
          error = this.invalid('The body of the response is cut off.', error.cause);
        }
        if (copy) throw error;
        await this.#retryAfter(error);
        await this.send();
        if (!this.response.ok) throw await this.failure();
      }
    }
  }

  /**
   * Leaves the body to the caller. The caller's signal still ends it: through a weak reference, and only as long as
   * the body is there, so that a signal that outlives many calls does not collect their listeners.
   */
  handOver(): Response {
    const { body, bodyUsed } = this.response;
    const [signal] = this.#call.signals;
    if (signal && body && !bodyUsed) {
      const controller = new WeakRef(this.#deadline.controller);
      const stop = onAbort([signal], (reason) => controller.deref()?.abort(reason));
      abandoned.register(body, stop);
    }
    return this.response;
  }

  /** The error for a response that is not a success. */
  async failure(): Promise<APIError> {
    const { response } = this;
    const wait = requestedWait(response.headers);
    let text = '';
    try {
      text = decode(await this.#deadline.run(() => readChunks(response, maxErrorSize, true)));
    } catch (reason) {
      // The status is worth more than a body that failed to arrive, but not more than the caller's abort.
      const error = this.#connectionError(reason);
      if (error instanceof APIUserAbortError) return error;
    }
    const json = parseMasked(text, this.#secrets);
    const error = (json as { error?: unknown } | null | undefined)?.error ?? json;
    const message = json ? undefined : this.#mask(text);
    return Object.assign(
      APIError.generate(response.status, { error }, message, this.#maskedHeaders),
      this.details,
      { retryAfter: wait === undefined ? undefined : wait / 1000 },
    );
  }

  /** The error for a success that cannot be used. */
  invalid(message: string, cause?: unknown): InvalidResponseError {
    const error = new InvalidResponseError(
      this.response.status,
      undefined,
      this.#mask(message),
      this.#maskedHeaders,
    );
    return Object.assign(error, this.details, cause ? { cause } : {});
  }

  async #attempt(): Promise<Response> {
    const { init, authorize, url, timeout, signals } = this.#call;
    const { fetch, log, origin, adminAPIKey } = this.#options;
    this.#attempts += 1;
    const deadline = new Deadline(timeout, signals);
    this.#deadline = deadline;
    const { signal } = deadline.controller;
    const work = async () => {
      // A retry must not change what an earlier attempt was sent with.
      const headers = this.#attempts > 1 ? new Headers(init.headers) : init.headers;
      if (authorize && url.startsWith(`${origin}/`)) {
        const key = await askKey(adminAPIKey);
        if (key !== undefined) {
          this.#keys.add(key);
          headers.set('authorization', `Bearer ${key}`);
        }
      }
      if (signal.aborted) throw signal.reason;
      log('debug', 'request sent', () => this.details);
      const response = await follow(fetch, url, { ...init, headers, signal });
      if (signal.aborted) discard(response);
      return response;
    };
    try {
      const response = await deadline.run(work);
      log('debug', 'response received', () => ({
        ...this.details,
        status: response.status,
        duration: Math.round(performance.now() - deadline.started),
        requestID: this.#mask(response.headers.get('x-request-id') ?? ''),
      }));
      return response;
    } catch (reason) {
      throw this.#connectionError(reason);
    }
  }

  #connectionError(reason: unknown): unknown {
    const error = connectionError(reason, this.#call.signals, (text) => this.#mask(text));
    return error instanceof APIError ? Object.assign(error, this.details) : error;
  }

  /** How many attempts are left. */
  get #left(): number {
    return this.#maxRetries + 1 - this.#attempts;
  }

  /** Waits for another attempt after a failure of the connection, or throws it where there is none left. */
  async #retryAfter(error: unknown): Promise<void> {
    const retryable = error instanceof APIConnectionError || error instanceof InvalidResponseError;
    if (!retryable || this.#left <= 0) throw error;
    await this.#retry(error.name);
  }

  async #retry(reason: string, asked?: number): Promise<void> {
    const wait = asked === undefined ? backoff(this.#attempts) : asked * (1 + Math.random() / 10);
    this.#options.log('info', `retrying after ${reason}`, () => ({
      ...this.details,
      left: this.#left,
      wait,
    }));
    try {
      await sleep(wait, this.#call.signals);
    } catch (reason) {
      throw this.#connectionError(reason);
    }
  }

  get #secrets(): Set<string> {
    return new Set([...this.#keys, ...secretsIn(this.#call.init.headers)]);
  }

  #mask(text: string): string {
    return maskSecrets(text, this.#secrets);
  }

  /** A server may send a secret back: an error that is printed must not show it. */
  get #maskedHeaders(): Headers {
    return new Headers(
      [...this.response.headers].map(([name, value]) => [name, this.#mask(value)]),
    );
  }
}
