/** An answer, and what the entry point has to do with the connection. */
export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  /** A stream for events, bytes for files. */
  body: string | Uint8Array | ReadableStream<Uint8Array>;
  connection?: BrokenConnection;
  /** Aborts when the mock is reset, which ends a stalled response in the process. */
  ended?: AbortSignal;
}

/**
 * What a fault does to the connection: `reset` closes it before the response, `cut` closes it in the middle of the body,
 * `stall` keeps it open in the middle of the body and sends nothing more.
 */
type BrokenConnection = 'reset' | 'cut' | 'stall';

/** The first half: what a broken connection or a malformed body delivers. */
export function firstHalf<T extends string | Uint8Array>(body: T): T {
  // Both kinds have `slice`, and it returns the same kind.
  return body.slice(0, Math.ceil(body.length / 2)) as T;
}

/** Whether a status is one whose answer never has a body, not even an empty one. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** A body as JSON; nothing, where there is none. */
export function toText(body: unknown): string {
  return JSON.stringify(body) ?? '';
}
