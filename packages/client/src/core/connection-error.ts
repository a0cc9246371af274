import { TimedOut } from './deadline.ts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIUserAbortError,
  OrgClientError,
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
  if (reason instanceof OrgClientError) return reason;
  const cause = maskCause(reason, mask);
  return reason instanceof TimedOut || isTimeout(reason)
    ? new APIConnectionTimeoutError({ cause })
    : new APIConnectionError({ message: dispatcherHint(reason), cause });
}

/** Runtimes name their timeouts differently, but all of them say "timed out" or "timeout". */
function isTimeout(error: unknown): boolean {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: unknown };
  return name === 'AbortError' || /timed? ?out/i.test(`${error} ${cause}`);
}

/** What to do where a dispatcher comes from another undici than `fetch` does. */
function dispatcherHint(error: unknown): string | undefined {
  const { cause } = (error ?? {}) as { cause?: { code?: unknown } };
  return cause?.code === 'UND_ERR_INVALID_ARG'
    ? 'Connection error. Does `dispatcher` fit `fetch`? Pass both from the same version of undici.'
    : undefined;
}
