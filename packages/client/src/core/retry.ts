/** The longest wait that a server may ask for, in milliseconds; for more, the call fails at once. */
export const longestWait = 60_000;

/** Whether a response is worth another attempt: what the server says, else what its status usually means. */
export function isRetryable({ status, headers }: Response): boolean {
  const should = headers.get('x-should-retry');
  if (should === 'true' || should === 'false') return should === 'true';
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/**
 * How many milliseconds the server asks to wait: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date
 * (RFC 9110 § 10.2.3). Undefined where it says nothing that makes sense.
 */
export function requestedWait(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const after = headers.get('retry-after');
  if (!after) return undefined;
  const seconds = Number.parseFloat(after);
  const wait = Number.isNaN(seconds) ? Date.parse(after) - now : seconds * 1000;
  return wait >= 0 ? wait : undefined;
}

/** The wait before another attempt where the server asks for none: it doubles up to 8 s, less up to a quarter by chance. */
export function backoff(attemptsMade: number): number {
  return Math.min(0.5 * 2 ** (attemptsMade - 1), 8) * (1 - Math.random() * 0.25) * 1000;
}
