import type { RecordedRequest } from '../api/types.ts';
import { violationsOf } from './violations.ts';

/** Which requests the list shows. Empty parts do not restrict. */
export interface Filter {
  /** Words that must all occur, in any order, ignoring case. */
  text: string;
  /** A class such as `4`, a whole status such as `429`, `violations` or `faults`. */
  status: string;
  /** An operation's id, or `none` for requests that no operation matches. */
  operation: string;
}

export const noFilter: Filter = { text: '', status: '', operation: '' };

/** Returns a function that tells whether a request passes. */
export function matcher({
  text,
  status,
  operation,
}: Filter): (request: RecordedRequest) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (request) =>
    hasStatus(request, status) &&
    (operation === '' || (request.operation ?? 'none') === operation) &&
    (words.length === 0 || hasWords(request, words));
}

function hasStatus(request: RecordedRequest, wanted: string): boolean {
  if (wanted === '') return true;
  if (wanted === 'violations') return violationsOf(request).length > 0;
  if (wanted === 'faults') return request.fault !== undefined;
  return String(request.status).startsWith(wanted);
}

function hasWords(request: RecordedRequest, words: string[]): boolean {
  const text = [
    request.method,
    target(request),
    request.status,
    request.operation ?? '',
    request.id,
    ...request.validations.map(({ location, message }) => `${location.join('.')} ${message}`),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Path and query, decoded for reading. */
export function target({ path, query }: RecordedRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${one}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
