import { toText } from '../http/response.ts';
import { memoizeFrozen } from '../lib/memoize.ts';
import { type Diagnostic, toViolation, type Violation } from '../prism/diagnostic.ts';
import type { PrismAnswer } from '../prism/request.ts';

/** What the mock answers, before faults. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** A text. For a file, what the journal says of it. */
  body: string;
  /** The body, if it is a file. */
  bytes?: Uint8Array;
  /** The entity tag that a handler has set. */
  tag?: string;
  validations: Violation[];
}

/** A frozen body is the same text each time. */
const stringify = memoizeFrozen(toText);

/** An answer as text. A header that is null is none. */
export function toAnswer(
  { statusCode, headers: given = {}, body }: PrismAnswer,
  found: readonly Diagnostic[] = [],
): Answer {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  const validations = found.map(toViolation);
  if (body instanceof Uint8Array) {
    const note = `(${body.length} bytes of ${headers['content-type']})`;
    return { status: statusCode, headers, body: note, bytes: body, validations };
  }
  const isText = typeof body === 'string' && !headers['content-type']?.includes('json');
  return {
    status: statusCode,
    headers,
    body: isText ? body : stringify(body),
    validations,
  };
}
