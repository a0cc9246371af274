import { ClientError } from './errors.ts';

type HeaderValue = string | undefined | null;

/**
 * Headers in any of the usual shapes. `null` deletes a header that a default would send; `undefined` is ignored.
 * Names are case-insensitive: of two spellings in one object, the last one is sent. An array's values are sent together.
 */
export type HeadersLike =
  | Headers
  | readonly (readonly (HeaderValue | readonly HeaderValue[])[])[]
  | Record<string, HeaderValue | readonly HeaderValue[]>
  | undefined
  | null;

/** Lower-case name → value, where null stands for "not to be sent". */
export type HeaderMap = Readonly<Record<string, string | null>>;

const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const forbidden = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Merges sources of headers, later ones over earlier ones. Never puts a value into an error's message.
 *
 * @param source where the headers come from, for an error's message: ` in ACME_CUSTOM_HEADERS`
 */
export function mergeHeaders(base: HeaderMap, headers: HeadersLike, source = ''): HeaderMap {
  if (!headers) return base;
  if (typeof headers !== 'object') {
    throw new ClientError('Headers must be an object.');
  }
  // Without a prototype: a header may be called `__proto__`.
  const merged: Record<string, string | null> = Object.assign(Object.create(null), base);
  const own = new Set<string>();
  const pairs = Symbol.iterator in headers;
  const entries = pairs ? headers : Object.entries(headers);
  // `Headers` and records of all these types have this in common.
  for (const [name, given] of entries as Iterable<[string, HeaderValue | HeaderValue[]]>) {
    if (typeof name !== 'string' || !token.test(name)) {
      throw new ClientError(`Invalid header name${source}: ${JSON.stringify(name)}.`);
    }
    const key = name.toLowerCase();
    // Pairs of one name are sent together; of an object's two spellings of a name, the last one is sent.
    if (!pairs) own.delete(key);
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value === undefined) continue;
      const before = own.has(key) && merged[key];
      const text =
        value === null
          ? null
          : checkHeaderValue(String(value), `the header ${JSON.stringify(name)}${source}`);
      merged[key] = before && text ? before + (key === 'cookie' ? '; ' : ', ') + text : text;
      own.add(key);
    }
  }
  return merged;
}

/** What is sent, as the platform wants it. */
export function toHeaders(headers: Readonly<Record<string, string | null | undefined>>): Headers {
  const sent = new Headers();
  for (const name in headers) {
    const value = headers[name];
    if (value != null) sent.set(name, value);
  }
  return sent;
}

/** Reads lines of `Name: value`. */
export function readHeaderLines(text: string): HeadersLike {
  return [...text.matchAll(/([^:\n]*):([^\n]*)/g)].map(([, name = '', value]) => [
    name.trim(),
    value,
  ]);
}

/** Refuses what would break out of a header. A runtime's own error would show the value, and with it a secret. */
export function checkHeaderValue(value: string, what: string): string {
  const trimmed = value.trim();
  if (forbidden.test(trimmed)) {
    throw new ClientError(`The value of ${what} has characters that a header cannot contain.`);
  }
  return trimmed;
}
