import type { Keys, Security } from './auth.ts';
import type { HeaderMap } from './headers.ts';
import type { Log } from './log.ts';

/** The `fetch` that a transport calls: the platform's, or the caller's own. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** What `fetch` is called with. */
export type CallInit = RequestInit & { method: string; headers: Headers };

/** One call: what is sent, how long it may take, how often it is tried. */
export interface Call {
  /** The options that the call was made of: a page passes them on to the next one. */
  options?: object;
  url: string;
  init: CallInit;
  /** Whether the body can be sent only once. */
  once?: boolean | undefined;
  /** The caller's headers: one of these, or its deletion, comes before a key. */
  given: HeaderMap;
  /** The keys that the operation takes, if not those of the whole API. */
  security?: Security | undefined;
  /** Milliseconds per attempt, headers and body together. */
  timeout: number;
  maxRetries: number;
  /** Whatever ends the call early: the caller's signal, and that of a walk over pages. */
  signals: readonly AbortSignal[];
}

/** What a subclass of the client changes about each attempt. */
export interface CallHooks {
  /** Makes the call again, for another attempt. */
  again(): Promise<Call>;
  /** Changes the request, whose headers are complete. */
  request(init: CallInit, url: string): Promise<void>;
}

/** The argument of `onRetry`: a retry before its wait. */
export interface RetryEvent {
  /** The HTTP method of the request. */
  method: string;
  /** The address of the request, with secrets in its query masked. */
  url: string;
  /** How many requests were sent so far. */
  attempt: number;
  /** Milliseconds until the next one. */
  wait: number;
  /** The response that is retried; its body was discarded. */
  response?: Response;
  /** Why there was no response, or none that can be used. */
  error?: Error;
}

/** What all calls of a client have in common. */
export interface TransportOptions {
  /** Keys go to this origin, and nowhere else. */
  origin: string;
  keys: Keys;
  fetch: Fetch;
  log: Log;
  maxResponseSize: number;
  retryUnsafe: boolean;
  maxRetryAfter: number;
  onRetry: ((retry: RetryEvent) => void) | undefined;
}
