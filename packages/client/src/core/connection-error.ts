import { TimedOut } from './deadline.ts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIUserAbortError,
  ClientError,
} from './errors.ts';
import { maskCause } from './mask.ts';

/** The error for a failed attempt. The caller's abort comes first; errors of this package are returned unchanged. */
export function connectionError(
  reason: unknown,
  signals: readonly AbortSignal[],
  mask: (text: string) => string,
): unknown {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) return new APIUserAbortError({ cause: aborted.reason });
  if (reason instanceof ClientError) return reason;
  const masked = { cause: maskCause(reason, mask) };
  const { name, cause } = (reason ?? {}) as { name?: unknown; cause?: { code?: unknown } };
  // Runtimes name their timeouts differently, but all of them say "timed out" or "timeout".
  if (
    reason instanceof TimedOut ||
    name === 'AbortError' ||
    /timed? ?out/i.test(`${reason} ${cause}`)
  ) {
    return new APIConnectionTimeoutError(masked);
  }
  // A dispatcher that comes from another undici than `fetch` does.
  const message =
    cause?.code === 'UND_ERR_INVALID_ARG'
      ? 'Connection error. Does `dispatcher` fit `fetch`? Pass both from the same version of undici.'
      : undefined;
  return new APIConnectionError({ message, ...masked });
}
