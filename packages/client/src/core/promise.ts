import type { Exchange } from './transport.ts';

/** What `withResponse()` gives. */
export interface WithResponse<T> {
  /** What awaiting the call gives: the same object. */
  data: T;
  /** The raw response; its body has been read. */
  response: Response;
  /** The `x-request-id` of the response. */
  request_id: string | null;
}

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
export class APIPromise<T> extends Promise<T> {
  // Promises derived from this one are plain ones.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #exchange: Promise<Exchange>;
  readonly #parse: (exchange: Exchange) => Promise<T>;
  #parsed: Promise<T> | undefined;

  constructor(exchange: Promise<Exchange>, parse: (exchange: Exchange) => Promise<T>) {
    // The promise's own value is never looked at: `then` goes to the parsed body.
    super((resolve) => resolve(undefined as T));
    this.#exchange = exchange;
    this.#parse = parse;
  }

  /**
   * The raw `Response` as soon as its headers have arrived, with its body unread unless the call is awaited as well.
   * From then on the body is the caller's: no timeout ends it.
   *
   * @throws the same errors as the call, but for those that come from the body
   */
  asResponse(): Promise<Response> {
    return this.#exchange.then((exchange) => exchange.handOver());
  }

  /** The parsed body together with the raw `Response` and the request's id. */
  async withResponse(): Promise<WithResponse<T>> {
    const data = await this;
    const { response } = await this.#exchange;
    return { data, response, request_id: response.headers.get('x-request-id') };
  }

  // The platform's catch and finally call this.
  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  override then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: OnRejected<B>,
  ): Promise<A | B> {
    return this.#body().then(onfulfilled, onrejected);
  }

  #body(): Promise<T> {
    this.#parsed ??= this.#exchange.then(this.#parse);
    return this.#parsed;
  }
}

/** Parses a body that must be JSON, and notes the request's id on it. */
export async function parseJSON(exchange: Exchange): Promise<unknown> {
  const text = await exchange.text();
  const { response } = exchange;
  if (response.status === 204) return null;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The platform's own error quotes the body, and with it people's names and addresses: it is no cause to show.
    const type = response.headers.get('content-type') ?? 'no content type';
    throw exchange.invalid(
      text ? `The response is not JSON (${type}).` : 'The response has no body.',
    );
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    noteRequestID(body, response);
  return body;
}

/** Sets `_request_id`, out of sight of `JSON.stringify` and of loops over the properties. */
export function noteRequestID(target: object, response: Response): void {
  Object.defineProperty(target, '_request_id', {
    value: response.headers.get('x-request-id'),
    enumerable: false,
    configurable: true,
  });
}
