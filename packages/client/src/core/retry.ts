/** Whether a method changes something on the server: its retries carry an `Idempotency-Key`. */
export function isUnsafe(method: string): boolean {
  return /^(post|put|patch|delete)$/i.test(method);
}

/** A random `Idempotency-Key`: a UUID, except on pages that are not served over HTTPS, where browsers offer none. */
export function randomKey(): string {
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
}

/** Whether a response is worth another attempt: what the server says, else what its status usually means. */
export function isRetryable({ status, headers }: Response): boolean {
  const should = headers.get('x-should-retry');
  if (should === 'true') return true;
  return should !== 'false' && ([408, 409, 429].includes(status) || status >= 500);
}

/**
 * How many milliseconds the server asks to wait: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date
 * (RFC 9110 § 10.2.3). Undefined where neither is a finite number or a date to come.
 */
export function requestedWait(headers: Headers, now: number = Date.now()): number | undefined {
  const after = headers.get('retry-after') ?? '';
  const seconds = Number.parseFloat(after);
  return [
    Number.parseFloat(headers.get('retry-after-ms') ?? ''),
    Number.isNaN(seconds) ? Date.parse(after) - now : seconds * 1000,
  ].find((wait) => wait >= 0 && Number.isFinite(wait));
}

/** Milliseconds before another attempt where the server asks for none: they double up to 8 s, minus up to a quarter at random. */
export function backoff(attemptsMade: number): number {
  return Math.min(0.5 * 2 ** (attemptsMade - 1), 8) * (1 - Math.random() * 0.25) * 1000;
}
