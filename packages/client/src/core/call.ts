import type { KeySource } from './key.ts';
import type { Log } from './log.ts';

/** The `fetch` that a transport calls: the platform's, or the caller's own. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** One call: what is sent, how long it may take, how often it is tried. */
export interface Call {
  url: string;
  init: RequestInit & { method: string; headers: Headers };
  /** Whether the key may be sent: a caller's own Authorization, or its deletion, comes first. */
  authorize: boolean;
  /** Milliseconds per attempt, headers and body together. */
  timeout: number;
  maxRetries: number;
  /** Whatever ends the call early: the caller's signal, and that of a walk over pages. */
  signals: readonly AbortSignal[];
}

/** What all calls of a client have in common. */
export interface TransportOptions {
  /** The key goes to this origin, and nowhere else. */
  origin: string;
  adminAPIKey: KeySource;
  fetch: Fetch;
  log: Log;
  maxResponseSize: number;
  retryUnsafe: boolean;
}
