import { errorBody } from '../answer/errors.ts';
import type { FaultRule } from '../control/fault-rule.ts';

/** What was wrong with a request or an answer, by the spec. */
export interface Violation {
  /** Where: `['query', 'limit']`. */
  location: string[];
  message: string;
  /** A request with warnings alone is answered. */
  severity: 'error' | 'warning';
}

/** What the mock answers, before faults. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  validations: Violation[];
}

/** An answer, and what the entry point has to do with the connection. */
export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  /** A stream for events, bytes for files. */
  body: string | Uint8Array | ReadableStream<Uint8Array>;
  connection?: FaultRule['connection'];
}

/** The first half: what a broken connection or a malformed body delivers. */
export function firstHalf<T extends string | Uint8Array>(body: T): T {
  // Both kinds have `slice`, and it returns the same kind.
  return body.slice(0, Math.ceil(body.length / 2)) as T;
}

/** An answer with a JSON body. `headers` are those that the engine gives: null means none. */
export function json(
  status: number,
  body: unknown,
  given: Record<string, unknown> = {},
  stringify: (value: unknown) => string = toText,
): Answer {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  const isText = typeof body === 'string' && !headers['content-type']?.includes('json');
  return { status, headers, body: isText ? body : stringify(body), validations: [] };
}

/** An answer with the API's error body. */
export function failure(
  status: number,
  message?: string,
  details: { param?: string | null; code?: string | null } = {},
): Answer {
  const said = message === undefined ? {} : { message };
  return json(status, errorBody(status, { ...said, ...details }));
}

/** Whether a status is one whose answer never has a body, not even an empty one. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** A body as JSON; nothing, where there is none. */
export function toText(body: unknown): string {
  return JSON.stringify(body) ?? '';
}
