/** A query as callers give it: `undefined`, `null` and empty arrays are left out of the address. */
export type Query = Record<string, unknown>;

/** How an array is written: `repeat` as `emails=a&emails=b`, `brackets` as `emails[]=a&emails[]=b`. */
export type ArrayFormat = 'repeat' | 'brackets';

/**
 * Merges queries, later ones over earlier ones. `null` deletes what an earlier one set; `undefined` is ignored.
 * Always returns a new object.
 */
export function mergeQueries(...queries: (object | null | undefined)[]): Query {
  const merged: Query = {};
  for (const query of queries) {
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) merged[name] = value;
    }
  }
  return merged;
}

/** Names and arrays as they go on the wire; openapi-fetch writes the values. */
export function wireQuery(query: Query, arrayFormat: ArrayFormat): Query {
  const wire: Query = {};
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      const items = value.filter((item) => item !== undefined && item !== null).map(wellFormed);
      const key = arrayFormat === 'brackets' && !name.endsWith('[]') ? `${name}[]` : name;
      if (items.length > 0) wire[encodeURIComponent(key)] = items;
    } else if (value !== null && value !== undefined) {
      wire[encodeURIComponent(name)] =
        value instanceof Date ? value.toISOString() : wellFormed(value);
    }
  }
  return wire;
}

/** Half of a surrogate pair cannot be percent-encoded: it becomes U+FFFD, as it does in every URL parser. */
function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}
