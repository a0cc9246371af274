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
 * Writes a query, percent-encoded and without the question mark. Nested objects are written as `a[b]=c`, dates and
 * other objects with a `toJSON` as what it gives.
 *
 * @throws {OrgClientError} where values are nested too deeply, or a value would vanish: an invalid date, a `Set`, a
 * `Map` or another iterable, a promise
 */
export function writeQuery(query: Query, arrayFormat: ArrayFormat): string {
  let text = '';
  for (const name in query) text += write(name, query[name], 0, arrayFormat);
  return text.slice(1);
}

function write(name: string, value: unknown, depth: number, arrayFormat: ArrayFormat): string {
  if (value === undefined || value === null) return '';
  if (depth > maxDepth) throw refusal(name, 'nested too deeply');
  if (typeof value !== 'object') return `&${encode(name)}=${encode(String(value))}`;
  let text = '';
  if (Array.isArray(value)) {
    const each = arrayFormat === 'brackets' && !name.endsWith('[]') ? `${name}[]` : name;
    for (const item of value) text += write(each, item, depth + 1, arrayFormat);
    return text;
  }
  const { toJSON } = value as Partial<Date>;
  if (typeof toJSON === 'function') {
    const plain: unknown = toJSON.call(value as Date, name);
    if (plain === null) throw refusal(name, 'an invalid date');
    return write(name, plain, depth + 1, arrayFormat);
  }
  const entries = Object.entries(value);
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === null || !Object.getPrototypeOf(prototype);
  if (Symbol.iterator in value || (!isPlain && entries.length === 0)) {
    throw refusal(name, `${Object.prototype.toString.call(value)}, which is not an array`);
  }
  for (const [key, item] of entries) text += write(`${name}[${key}]`, item, depth + 1, arrayFormat);
  return text;
}

function refusal(name: string, what: string): OrgClientError {
  return new OrgClientError(
    `The query parameter ${JSON.stringify(name.split('[')[0])} is ${what}.`,
  );
}

/** Half of a surrogate pair cannot be percent-encoded: it becomes U+FFFD, as it does in every URL parser. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
