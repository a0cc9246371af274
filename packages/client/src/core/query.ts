/** A query as callers give it: `undefined`, `null` and empty arrays are left out of the address. */
export type Query = Record<string, unknown>;

/** How an array is written: `repeat` as `emails=a&emails=b`, `brackets` as `emails[]=a&emails[]=b`. */
export type ArrayFormat = 'repeat' | 'brackets';

/**
 * Merges queries, later ones over earlier ones. `null` deletes what an earlier one set; `undefined` is ignored.
 * Always returns a new object.
 */
export function mergeQueries(...queries: (object | null | undefined)[]): Query {
  // Without a prototype: a parameter may be called `__proto__`.
  const merged: Query = Object.create(null);
  for (const query of queries) {
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) merged[name] = value;
    }
  }
  return merged;
}

/** The query of an address. A parameter that comes several times is an array. */
export function readQuery(search: string): Query {
  const params = new URLSearchParams(search);
  const names = new Set(params.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = params.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

/** Names and arrays as they go on the wire; openapi-fetch writes the values. */
export function wireQuery(query: Query, arrayFormat: ArrayFormat): Query {
  const wire: Query = Object.create(null);
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
