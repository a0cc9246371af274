import { decode } from './body.ts';
import { isBrowser } from './environment.ts';
import { hide, isObject } from './object.ts';
import type { Exchange } from './transport.ts';

/** The result of `withResponse()`. */
export interface WithResponse<T> {
  /** The parsed body: the object that awaiting the call returns. */
  data: T;
  /** The raw response; its body has been read. */
  response: Response;
  /** The `x-request-id` of the response. */
  request_id: string | null;
}

/** Objects carry the `x-request-id` of their response, which is not enumerable. */
export type WithRequestID<T> = T extends readonly unknown[] | { readonly _request_id: unknown }
  ? T
  : T extends object
    ? T & { _request_id?: string | null }
    : T;

/** As the platform's own promises have it. */
type OnRejected<B> = Parameters<typeof Promise.prototype.catch<B>>[0];

/**
 * A call under way. The request has been sent; its body is read and parsed when the call is awaited, and only once.
 *
 * @example
 * ```ts
 * const { data, request_id } = await client.admin.organization.users.list().withResponse();
 * ```
 */
export class APIPromise<T> extends Promise<WithRequestID<T>> {
  // Promises derived from this one are plain ones.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #exchange: Promise<Exchange>;
  readonly #parse: (exchange: Exchange) => Promise<unknown>;
  #parsed: Promise<WithRequestID<T>> | undefined;

  /** @internal */
  constructor(exchange: Promise<Exchange>, parse: (exchange: Exchange) => Promise<unknown>) {
    // The promise's own value is never used: `then` leads to the parsed body.
    super((resolve) => resolve(undefined as WithRequestID<T>));
    this.#exchange = exchange;
    this.#parse = parse;
  }

  /**
   * The raw `Response` as soon as its headers have arrived, with its body unread unless the call is awaited as well.
   * From then on the body is the caller's: no timeout ends it.
   *
   * @throws the same errors as the call, except those of the body
   */
  asResponse(): Promise<Response> {
    return this.#exchange.then((exchange) => exchange.handOver());
  }

  /** The parsed body together with the raw `Response` and the request's id. */
  async withResponse(): Promise<WithResponse<WithRequestID<T>>> {
    const data = await this.#body();
    const { response } = await this.#exchange;
    return { data, response, request_id: response.headers.get('x-request-id') };
  }

  /**
   * Maps the result of a call with a function. The request is not sent again.
   *
   * @example const name = await client.get<{ name: string }>(path)._thenUnwrap(({ name }) => name);
   */
  _thenUnwrap<U>(transform: (data: T, props: { response: Response }) => U): APIPromise<U> {
    return new APIPromise<U>(this.#exchange, async ({ response }) => {
      // Only the id of the request is added to what the caller named.
      const data = (await this.#body()) as T;
      const result = transform(data, { response });
      if (isObject(result)) noteRequestID(result, response);
      return result;
    });
  }

  // The platform's catch and finally call this.
  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  override then<A = WithRequestID<T>, B = never>(
    onfulfilled?: ((value: WithRequestID<T>) => A | PromiseLike<A>) | null,
    onrejected?: OnRejected<B>,
  ): Promise<A | B> {
    return this.#body().then(onfulfilled, onrejected);
  }

  #body(): Promise<WithRequestID<T>> {
    // The caller names the type: nothing here can check it.
    this.#parsed ??= this.#exchange.then(this.#parse) as Promise<WithRequestID<T>>;
    return this.#parsed;
  }
}

/**
 * What a call gives: a list or a value as JSON, nothing, a text, whatever the content type says, or the response with
 * its body unread.
 */
export type ResultKind = 'list' | 'value' | 'none' | 'text' | 'any' | 'response';

/** Parses a body, and notes the request's id on it. */
export async function parseBody(exchange: Exchange, kind: ResultKind): Promise<unknown> {
  if (kind === 'response') return exchange.handOver();
  for (;;) {
    const text = decode(await exchange.read());
    const { headers, status } = exchange.response;
    const type = headers.get('content-type') ?? 'no content type';
    const compressed = headers.has('content-encoding');
    if (kind === 'none' || (status === 204 && kind !== 'list')) return undefined;
    if (kind === 'text' || (kind === 'any' && (!text || !/json/i.test(type)))) {
      // Node.js takes a compressed body that ends early for a whole one. It was asked for without compression.
      if (!compressed || isBrowser()) return text || (kind === 'any' ? undefined : text);
    } else {
      try {
        const body: unknown = JSON.parse(text);
        // A list becomes a page, which notes it itself.
        if (kind !== 'list' && isObject(body)) noteRequestID(body, exchange.response);
        return body;
      } catch {
        // The platform's own error quotes the body, and with it people's names and addresses: it is not passed on.
      }
    }
    const error = exchange.invalid(
      compressed
        ? `The body of the response is compressed and may be cut off (${type}).`
        : text
          ? `The response is not JSON (${type}).`
          : 'The response has no body.',
    );
    if (!compressed) throw error;
    await exchange.again(error);
  }
}

/** Sets `_request_id`, out of sight of `JSON.stringify` and of loops over the properties. */
export function noteRequestID(target: object, response: Response): void {
  hide(target, '_request_id', response.headers.get('x-request-id'));
}
