/** A path into a document: `['paths', '/users', 'get', 'operationId']`. */
export type Pointer = readonly (string | number)[];

/** A key, escaped for a JSON pointer (RFC 6901): `/users` → `~1users`. */
export function escapeKey(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The key in an escaped part of a JSON pointer: `~1users` → `/users`. */
export function unescapeKey(part: string): string {
  if (!part.includes('~')) return part;
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** `['paths', '/users']` → `/paths/~1users`; the whole document is the empty string. */
export function formatPointer(path: Pointer): string {
  return path.map((key) => `/${escapeKey(key)}`).join('');
}

/** A reference to a place in the same document. Readers decode percent signs in a fragment, so names with one encode it. */
export function formatReference(path: Pointer): string {
  return `#${formatPointer(path).replaceAll('%', '%25')}`;
}

/**
 * The keys of a JSON pointer, or of a reference's fragment: `/paths/~1users`, `#/paths/~1users`. A fragment is
 * percent-decoded first (RFC 6901, section 6).
 */
export function parsePointer(pointer: string): string[] {
  const isFragment = pointer.startsWith('#');
  const parts = (isFragment ? pointer.slice(1) : pointer).split('/').slice(1);
  return parts.map((part) => unescapeKey(isFragment ? decode(part) : part));
}

/** The value at a path, or undefined if there is none. */
export function valueAt(document: unknown, path: Pointer): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    // It is an object or an array that has the key.
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
