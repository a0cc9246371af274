import { errorIn, type Sent } from '../server/errors.gen.ts';
import { auth, keyOption } from './auth.gen.ts';
import { decode, discard, readBody, tooLarge } from './body.ts';
import type { Call, CallHooks, TransportOptions } from './call.ts';
import { connectionError } from './connection-error.ts';
import { Deadline, onAbort, sleep } from './deadline.ts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  ClientError,
  errorFor,
  InvalidResponseError,
  type RequestDetails,
} from './errors.ts';
import { askKey } from './key.ts';
import { maskSecrets, maskURL, parseMasked, secretsOf } from './mask.ts';
import { follow } from './redirect.ts';
import { backoff, isRetryable, isUnsafe, requestedWait } from './retry.ts';

/** How much of an error's body is read, in bytes. */
const maxErrorSize = 64_000;

/** Made when it is needed: some runtimes do not have it. */
let abandoned: FinalizationRegistry<() => void> | undefined;

/**
 * One call on its way: attempts, retries and errors. `send` resolves once there is a final response, with its body
 * unread; `read` reads the body, and goes back to `send` if the connection fails on the way.
 */
export class Exchange {
  /** What is sent, with the secrets in its address and headers. */
  call: Call;
  response!: Response;
  readonly #options: TransportOptions;
  readonly #hooks: CallHooks | undefined;
  readonly #maxRetries: number;
  /** Every key that was sent. */
  readonly #keys = new Set<string>();
  /** The headers of the latest attempt. */
  #sent: Headers;
  #deadline!: Deadline;
  #attempts = 0;
  /** Whether a compressed body was cut off. */
  #compressed = false;
  #id: string | undefined;

  constructor(call: Call, options: TransportOptions, hooks?: CallHooks) {
    this.call = call;
    this.#options = options;
    this.#hooks = hooks;
    this.#sent = call.init.headers;
    this.#maxRetries =
      call.once || (!options.retryUnsafe && isUnsafe(call.init.method)) ? 0 : call.maxRetries;
  }

  /** What an error says about this call. */
  get details(): RequestDetails {
    const { url, init } = this.call;
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
      if (asked !== undefined && asked > this.#options.maxRetryAfter) return response;
      discard(response);
      await this.#retry(`status ${response.status}`, { response }, asked);
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
        throw new ClientError(
          'The body of the response was already read or cancelled. To read it twice, use `clone()`.',
        );
      }
      const { ok } = response;
      const limit = ok ? this.#options.maxResponseSize : maxErrorSize;
      try {
        return await this.#deadline.run(() => readBody(response, limit, !ok));
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
        await this.again(error);
      }
    }
  }

  /** Sends the request again after a body that was cut off. Rejects with the error if no attempt is left. */
  async again(error: unknown): Promise<void> {
    await this.#retryAfter(error);
    this.#compressed ||= this.response.headers.has('content-encoding');
    await this.send();
    if (!this.response.ok) throw await this.failure();
  }

  /**
   * Leaves the body to the caller. The caller's signal still ends it: through a weak reference, and only as long as
   * the body is there, so that a signal that outlives many calls does not collect their listeners.
   */
  handOver(): Response {
    const { body, bodyUsed } = this.response;
    const [signal] = this.call.signals;
    if (signal && body && !bodyUsed) {
      const { controller } = this.#deadline;
      if (globalThis.FinalizationRegistry) {
        const weak = new WeakRef(controller);
        const stop = onAbort([signal], (reason) => weak.deref()?.abort(reason));
        abandoned ??= new FinalizationRegistry((stop) => stop());
        abandoned.register(body, stop);
      } else onAbort([signal], (reason) => controller.abort(reason));
    }
    return this.response;
  }

  /** The error for a response that is not a success. */
  async failure(): Promise<APIError> {
    const { response } = this;
    const wait = requestedWait(response.headers);
    let text = '';
    try {
      text = decode(await this.#deadline.run(() => readBody(response, maxErrorSize, true)));
    } catch (reason) {
      // The status is worth more than a body that failed to arrive, but not more than the caller's abort.
      const error = this.#connectionError(reason);
      if (error instanceof APIUserAbortError) return error;
    }
    const json = parseMasked(text, this.secrets);
    const error = errorIn(json as Sent) ?? json;
    const message = json ? undefined : this.#mask(text);
    return Object.assign(
      errorFor(response.status, error, message, this.#maskedHeaders),
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
    if (this.#attempts > 0 && this.#hooks) this.call = await this.#hooks.again();
    const { init, timeout, signals } = this.call;
    let { url } = this.call;
    const { fetch, log, origin, keys } = this.#options;
    this.#attempts += 1;
    const deadline = new Deadline(timeout, signals);
    this.#deadline = deadline;
    const { signal } = deadline.controller;
    let failed: { error: unknown } | undefined;
    const work = async () => {
      // A retry must not change what an earlier attempt was sent with.
      const headers = this.#attempts > 1 ? new Headers(init.headers) : init.headers;
      // A compressed body would not tell whether it is whole.
      if (this.#compressed) headers.set('accept-encoding', 'identity');
      this.#sent = headers;
      if (url.startsWith(`${origin}/`)) {
        const secrets = this.#keys;
        // Bundlers leave this out where the API takes one bearer token.
        if (auth) url = await auth.authorize({ ...this.call, keys, headers, secrets });
        else if (!('authorization' in this.call.given)) {
          const source = keys[keyOption];
          // A key that is a text needs no waiting for.
          const key = typeof source === 'function' ? await askKey(source, keyOption) : source;
          if (key != null) {
            secrets.add(key);
            headers.set('authorization', `Bearer ${key}`);
          }
        }
      }
      if (signal.aborted) throw signal.reason;
      const request = { ...init, headers, signal };
      if (this.#hooks) {
        try {
          await this.#hooks.request(request, url);
        } catch (error) {
          failed = { error };
          throw error;
        }
        request.headers = this.#sent = new Headers(request.headers);
      }
      log('debug', 'request', 'request sent', this.#facts);
      const response = await follow(fetch, url, request);
      if (signal.aborted) discard(response);
      return response;
    };
    try {
      const response = await deadline.run(work);
      log('debug', 'response', 'response received', () => ({
        ...this.#facts(),
        status: response.status,
        duration: Math.round(performance.now() - deadline.started),
        requestID: this.#mask(response.headers.get('x-request-id') ?? ''),
      }));
      return response;
    } catch (reason) {
      // What a hook throws is for its author, as it is.
      if (failed) throw failed.error;
      const error = this.#connectionError(reason);
      log('debug', 'error', 'no response', () => ({
        ...this.#facts(),
        error: error instanceof Error ? error.name : typeof error,
        duration: Math.round(performance.now() - deadline.started),
      }));
      throw error;
    }
  }

  /** What log lines and diagnostics say of every event. */
  readonly #facts = () => {
    this.#id ??= Math.random().toString(36).slice(2, 8);
    return { id: this.#id, ...this.details };
  };

  #connectionError(reason: unknown): unknown {
    const error = connectionError(reason, this.call.signals, (text) => this.#mask(text));
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
    await this.#retry(error.name, { error });
  }

  async #retry(
    reason: string,
    cause: { response: Response } | { error: Error },
    asked?: number,
  ): Promise<void> {
    const { log, onRetry } = this.#options;
    const wait = asked ?? backoff(this.#attempts);
    log('info', 'retry', `retrying after ${reason}`, () => ({
      ...this.#facts(),
      left: this.#left,
      wait,
    }));
    const { method, url, attempts } = this.details;
    try {
      onRetry?.({ method, url, attempt: attempts, wait, ...cause });
    } catch {
      // What only watches must not fail the call.
    }
    try {
      await sleep(wait, this.call.signals);
    } catch (reason) {
      throw this.#connectionError(reason);
    }
  }

  /** What must not be shown. */
  get secrets(): Set<string> {
    return secretsOf(this.#keys, this.#sent, this.call.url);
  }

  #mask(text: string): string {
    return maskSecrets(text, this.secrets);
  }

  /** A server may send a secret back: an error that is printed must not show it. */
  get #maskedHeaders(): Headers {
    const secrets = this.secrets;
    return new Headers(
      [...this.response.headers].map(([name, value]) => [name, maskSecrets(value, secrets)]),
    );
  }
}
