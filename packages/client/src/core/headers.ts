import { OrgClientError } from './errors.ts';

type HeaderValue = string | undefined | null;

/**
 * Headers in any of the usual shapes. `null` deletes a header that a default would send; `undefined` is ignored.
 * Names are case-insensitive; an array's values are sent together.
 */
export type HeadersLike =
  | Headers
  | readonly (readonly [string, HeaderValue | readonly HeaderValue[]])[]
  | Record<string, HeaderValue | readonly HeaderValue[]>
  | undefined
  | null;

/** Lower-case name → value, where null stands for "not to be sent". */
export type HeaderMap = Readonly<Record<string, string | null>>;

const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const forbidden = /[^\t\x20-\x7e\x80-\xff]/;

/** Merges sources of headers, later ones over earlier ones. Never puts a value into an error's message. */
export function mergeHeaders(base: HeaderMap, headers: HeadersLike): HeaderMap {
  if (!headers) return base;
  // Without a prototype: a header may be called `__proto__`.
  const merged: Record<string, string | null> = Object.assign(Object.create(null), base);
  const own = new Set<string>();
  const entries = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [name, given] of entries as Iterable<[string, HeaderValue | HeaderValue[]]>) {
    if (typeof name !== 'string' || !token.test(name)) {
      throw new OrgClientError(`Not a valid header name: ${JSON.stringify(name)}.`);
    }
    const key = name.toLowerCase();
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value === undefined) continue;
      if (value === null) merged[key] = null;
      else {
        const text = checkHeaderValue(String(value), `the header ${JSON.stringify(name)}`);
        const before = merged[key];
        merged[key] = own.has(key) && before ? `${before}, ${text}` : text;
      }
      own.add(key);
    }
  }
  return merged;
}

/** Refuses what would break out of a header. A runtime's own error would show the value, and with it a secret. */
export function checkHeaderValue(value: string, what: string): string {
  const trimmed = value.trim();
  if (forbidden.test(trimmed)) {
    throw new OrgClientError(`The value of ${what} has characters that a header cannot carry.`);
  }
  return trimmed;
}
