import { OrgClientError } from './errors.ts';

/** A query as callers give it: `undefined`, `null` and empty arrays are left out of the address. */
export type Query = Record<string, unknown>;

/** How an array is written: `repeat` as `emails=a&emails=b`, `brackets` as `emails[]=a&emails[]=b`. */
export type ArrayFormat = 'repeat' | 'brackets';

/** How many objects a value may be nested in; a loop has no end. */
const maxDepth = 20;

/**
 * Merges queries into a new one; later ones take precedence, also with `null` and `undefined`.
 *
 * @throws {OrgClientError} for texts, arrays, maps and `URLSearchParams`, whose parameters would be lost in silence
 */
export function mergeQueries(...queries: (object | null | undefined)[]): Query {
  if (queries.some((query) => Symbol.iterator in Object(query))) {
    throw new OrgClientError('A query must be an object such as { name: value }.');
  }
  // Without a prototype: a parameter may be called `__proto__`.
  return Object.assign(Object.create(null), ...queries);
}

/** The query of an address. A parameter that comes several times is an array. */
export function readQuery(search: string): Query {
  const params = new URLSearchParams(search);
  return mergeQueries(
    ...[...params.keys()].map((name) => {
      const values = params.getAll(name);
      return { [name]: values.length > 1 ? values : values[0] };
    }),
  );
}

/**
 * Writes a query, percent-encoded and without the question mark. Nested objects are written as `a[b]=c`.
 *
 * @throws {OrgClientError} where values are nested too deeply, or a date is invalid
 */
export function writeQuery(query: Query, arrayFormat: ArrayFormat): string {
  const brackets = arrayFormat === 'brackets';
  const pairs: string[] = [];
  const write = (name: string, value: unknown, depth: number) => {
    if (value === undefined || value === null) return;
    const isDate = value instanceof Date;
    const isInvalid = isDate && Number.isNaN(value.getTime());
    if (isInvalid || depth > maxDepth) {
      throw new OrgClientError(
        `The query parameter ${JSON.stringify(name.split('[')[0])} is ${isInvalid ? 'an invalid date' : 'nested too deeply'}.`,
      );
    }
    if (Array.isArray(value)) {
      const each = brackets && !name.endsWith('[]') ? `${name}[]` : name;
      for (const item of value) write(each, item, depth + 1);
    } else if (typeof value === 'object' && !isDate) {
      for (const [key, item] of Object.entries(value)) write(`${name}[${key}]`, item, depth + 1);
    } else {
      const text = isDate ? value.toISOString() : String(value);
      pairs.push(`${encode(name)}=${encode(text)}`);
    }
  };
  for (const name in query) write(name, query[name], 0);
  return pairs.join('&');
}

/** Half of a surrogate pair cannot be percent-encoded: it becomes U+FFFD, as it does in every URL parser. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
