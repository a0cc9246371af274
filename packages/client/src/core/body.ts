import { OrgClientError } from './errors.ts';

/** What reading rejects with when a body exceeds its limit. */
export const tooLarge: unique symbol = Symbol('too large');

/**
 * Reads a body up to a limit in bytes, counted after decompression, and cancels the rest.
 *
 * @param cut whether a larger body is cut; otherwise it rejects with `tooLarge`
 */
export async function readChunks(
  response: Response,
  limit: number,
  cut?: boolean,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { body } = response;
  if (body === null) return [];
  // A `fetch` that is not the platform's may have no streams, or streams of its own.
  if (!body?.getReader) return [new TextEncoder().encode(await response.text())];
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

export function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
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

/** Writes a body as JSON, unless it goes out as it is. */
export function writeBody(body: unknown): NonNullable<RequestInit['body']> {
  // `isRaw` checks by name what the platform's types list.
  if (isRaw(body)) return body as Blob;
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new OrgClientError('The body cannot be written as JSON.', { cause });
  }
}
