import { ClientError } from './errors.ts';

/** What reading rejects with when a body exceeds its limit. */
export const tooLarge: unique symbol = Symbol('too large');

/**
 * Reads a body up to a limit in bytes, counted after decompression, and cancels the rest.
 *
 * @param cut whether a larger body is cut; otherwise it rejects with `tooLarge`
 */
export async function readBody(
  response: Response,
  limit: number,
  cut?: boolean,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { body, headers, type } = response;
  if (body === null) return [];
  // A `fetch` that is not the platform's may have no streams, or streams of its own.
  if (!body?.getReader) return [new TextEncoder().encode(await response.text())];
  // Reading all at once is cheaper, where the length is known: browsers hide a compression from other origins. The
  // responses of `createFetchClient` have a reader of their own, which calls this function.
  const length = Number(headers.get('content-length') ?? Number.NaN);
  const known = length <= limit && !headers.has('content-encoding') && type !== 'cors';
  if (known && !Object.hasOwn(response, 'arrayBuffer')) {
    return [new Uint8Array(await response.arrayBuffer())];
  }
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let left = limit;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    left -= value.byteLength;
    if (left < 0) {
      reader.cancel().catch(() => {});
      if (!cut) throw tooLarge;
      return [...chunks, value.subarray(0, left)];
    }
    chunks.push(value);
  }
}

const decoder = /* @__PURE__ */ new TextDecoder();

export function decode(chunks: readonly Uint8Array[]): string {
  if (chunks.length === 1) return decoder.decode(chunks[0]);
  const parts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
  return parts.join('') + decoder.decode();
}

/** Cancels an unused body, which frees its connection. */
export function discard(response: Response): void {
  response.body?.cancel?.().catch(() => {});
}

/** Whether a body goes out as it is: streams, forms and binary data. */
export function isRaw(body: unknown): boolean {
  return /^\[object (ReadableStream|Blob|File|FormData|URLSearchParams|ArrayBuffer|DataView|\w+Array)]$/.test(
    Object.prototype.toString.call(body),
  );
}

/** A body as it is sent: what `fetch` is given, and the media type that belongs to it. */
export interface WrittenBody {
  body: NonNullable<RequestInit['body']> | null;
  /** Undefined where the platform knows it, or there is none. */
  type?: string;
  /** Whether it can be sent only once. */
  once?: boolean;
}

/**
 * Writes a body: streams, forms and binary data as they are, iterators as streams, everything else as JSON, unless a
 * media type says otherwise.
 *
 * @param type the media type that the caller or the document names
 * @param writeForm writes a form as a query is written
 */
export function writeBody(
  body: unknown,
  type: string | null | undefined,
  writeForm: (form: object) => string,
): WrittenBody {
  if (body === undefined || body === null) return { body: null };
  // `isRaw` checks by name what the platform's types list.
  if (isRaw(body)) return { body: body as Blob, once: body instanceof ReadableStream };
  if (typeof body === 'object') {
    const isIterator =
      Symbol.iterator in body && typeof (body as IterableIterator<unknown>).next === 'function';
    if (isIterator || Symbol.asyncIterator in body) {
      return { body: toStream(body as AsyncIterable<unknown>), once: true };
    }
    if (type && /^application\/x-www-form-urlencoded\b/i.test(type)) {
      return { body: writeForm(body), type };
    }
  }
  if (typeof body === 'string' && type) return { body, type };
  try {
    return { body: JSON.stringify(body), type: type ?? 'application/json' };
  } catch (cause) {
    throw new ClientError('The body cannot be written as JSON.', { cause });
  }
}

/** Texts are sent as UTF-8, which `fetch` does not do for the parts of a stream. */
function toStream(source: AsyncIterable<unknown> | Iterable<unknown>): ReadableStream {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
