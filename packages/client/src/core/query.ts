import { ClientError } from './errors.ts';
import { isObject } from './object.ts';

/** A query as callers give it: `undefined`, `null` and empty arrays are left out of the address. */
export type Query = Record<string, unknown>;

type Given = object | null | undefined;

/** A parameter that is written already, in a style of its own. */
interface StyledValue {
  toQuery(): string;
}

/** How an array is written: `repeat` as `emails=a&emails=b`, `brackets` as `emails[]=a&emails[]=b`. */
export type ArrayFormat = 'repeat' | 'brackets';

/** How many objects a value may be nested in; a loop has no end. */
const maxDepth = 20;

/**
 * Merges queries into a new one; later ones take precedence, also with `null` and `undefined`.
 *
 * @throws {ClientError} for texts, arrays, maps and `URLSearchParams`, whose parameters would be lost in silence
 */
export function mergeQueries(...queries: [first?: Given, second?: Given, third?: Given]): Query {
  if (queries.some((query) => !isObject(query ?? {}) || Symbol.iterator in Object(query))) {
    throw new ClientError('A query must be an object such as { name: value }.');
  }
  const [first, second, third] = queries;
  return { ...first, ...second, ...third };
}

/** The query of an address. A parameter that comes several times is an array. */
export function readQuery(search: string | undefined): Query {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...params.keys()].map((name) => {
      const values = params.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

/**
 * Writes a query, percent-encoded and without the question mark. Nested objects are written as `a[b]=c`, dates and
 * other objects with a `toJSON` as what it gives.
 *
 * @throws {ClientError} where values are nested too deeply, or a value would vanish: an invalid date, a `Set`, a
 * `Map` or another iterable, a promise
 */
export function writeQuery(query: Query, arrayFormat: ArrayFormat): string {
  const pairs: string[] = [];
  const write = (name: string, value: unknown, depth: number): void => {
    if (value === undefined || value === null) return;
    if (depth > maxDepth) throw refusal(name, 'nested too deeply');
    if (typeof value !== 'object') {
      pairs.push(`${encode(name)}=${encode(String(value))}`);
    } else if (Array.isArray(value)) {
      const each = arrayFormat === 'brackets' && !name.endsWith('[]') ? `${name}[]` : name;
      for (const item of value) write(each, item, depth + 1);
    } else if (typeof (value as Partial<StyledValue>).toQuery === 'function') {
      pairs.push((value as StyledValue).toQuery());
    } else if (typeof (value as Partial<Date>).toJSON === 'function') {
      const plain: unknown = (value as Date).toJSON(name);
      if (plain === null) throw refusal(name, 'an invalid date');
      write(name, plain, depth + 1);
    } else {
      const entries = Object.entries(value);
      // Objects of a class keep what they hold out of sight, unless they have properties.
      const isPlain = !Object.getPrototypeOf(Object.getPrototypeOf(value) ?? value);
      if (Symbol.iterator in value || (!isPlain && entries.length === 0)) {
        throw refusal(name, `${Object.prototype.toString.call(value)}, which is not an array`);
      }
      for (const [key, item] of entries) write(`${name}[${key}]`, item, depth + 1);
    }
  };
  for (const [name, value] of Object.entries(query)) write(name, value, 0);
  return pairs.join('&');
}

function refusal(name: string, what: string): ClientError {
  return new ClientError(`The query parameter ${JSON.stringify(name.split('[')[0])} is ${what}.`);
}

/** Half of a surrogate pair cannot be percent-encoded: it becomes U+FFFD, as it does in every URL parser. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
