import { serializeArrayParam, serializeObjectParam } from 'openapi-fetch';
import { ClientError } from './errors.ts';
import { encode } from './query.ts';

// For generated methods alone: a program has this file where an operation of it has a style that is not the usual one.

/** A style of OpenAPI with its `explode`, or JSON, which `content` says. */
export type Style = readonly [style: string, explode: boolean] | 'json';

type Options = Parameters<typeof serializeObjectParam>[2] &
  Parameters<typeof serializeArrayParam>[2];
type Values = readonly string[] | Record<string, string>;

/**
 * Puts values into the `{names}` of a path, each in its style. A value cannot change which path is called.
 *
 * @throws {ClientError} for an empty value, one that is nested too deeply, and one that is a dot segment
 */
export function writePath(
  template: string,
  values: Record<string, readonly [value: unknown, style: Style]>,
): string {
  const path = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const [value, style] = values[name] ?? [undefined, 'json'];
    const text = writePart(name, value, style);
    if (text) return text;
    throw new ClientError(`The path parameter ${JSON.stringify(name)} must not be empty.`);
  });
  // Servers resolve dots as path segments, even if they are percent-encoded.
  if (path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new ClientError('Path parameters must not make the segment "." or "..".');
  }
  return path;
}

function writePart(name: string, value: unknown, style: Style): string {
  if (style === 'json') return value === undefined ? '' : encode(JSON.stringify(value));
  const [kind, explode] = style;
  const key = encode(name);
  const values = valuesOf(name, value);
  if (values === undefined) return '';
  if (typeof values !== 'string') return join(key, values, kind, explode);
  if (kind === 'matrix') return `;${key}=${values}`;
  return kind === 'label' ? `.${values}` : values;
}

/**
 * A query whose parameters of these names are written in another style than the usual one. Everything else stays as it
 * is.
 */
export function styledQuery<T>(query: T, styles: Readonly<Record<string, Style>>): T {
  if (typeof query !== 'object' || query === null) return query;
  const styled = { ...query } as Record<string, unknown>;
  for (const [name, style] of Object.entries(styles)) {
    const value = styled[name];
    if (value === undefined || value === null) continue;
    if (style === 'json') {
      styled[name] = JSON.stringify(value);
      continue;
    }
    if (style[0] === 'deepObject') {
      styled[name] = withIndexes(value);
      continue;
    }
    const values = valuesOf(name, value);
    // Text is written as usual.
    if (typeof values === 'string') continue;
    const isEmpty = !values || Object.keys(values).length === 0;
    styled[name] = isEmpty ? undefined : { toQuery: () => join(encode(name), values, ...style) };
  }
  return styled as T;
}

/** Arrays as objects whose names are indexes, which are written as `items[0][price]=a`. */
function withIndexes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (!Array.isArray(value) && Symbol.iterator in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIndexes(item)]));
}

/** A value of a header in the style `simple`, which is never percent-encoded; undefined where there is nothing to send. */
export function headerValue(
  name: string,
  value: unknown,
  style: Style = ['simple', false],
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (style === 'json') return JSON.stringify(value);
  const values = valuesOf(name, value, String);
  return typeof values === 'string' || values === undefined
    ? values
    : join(name, values, ...style) || undefined;
}

/** Joins what is encoded already. */
function join(key: string, values: Values, style: string, explode: boolean): string {
  const options = { style, explode, allowReserved: true } as Options;
  return Array.isArray(values)
    ? serializeArrayParam(key, values, options)
    : serializeObjectParam(key, values as Record<string, string>, options);
}

/** The texts of a value, encoded, without those that are null or undefined. */
function valuesOf(name: string, value: unknown, write = encode): string | Values | undefined {
  const plain = plainOf(name, value);
  if (plain === undefined || plain === null) return undefined;
  if (typeof plain !== 'object') return write(String(plain));
  const refuse = (what: string) =>
    new ClientError(`The parameter ${JSON.stringify(name)} ${what}.`);
  const text = (item: unknown) => {
    const part = plainOf(name, item);
    if (typeof part === 'object' && part !== null) throw refuse('is nested too deeply');
    return part === undefined || part === null ? [] : [write(String(part))];
  };
  if (Array.isArray(plain)) return plain.flatMap(text);
  if (Symbol.iterator in plain) throw refuse('is not an array');
  const entries = Object.entries(plain).flatMap(([key, item]) =>
    text(item).map((part): [string, string] => [write(key), part]),
  );
  return Object.fromEntries(entries);
}

/** Dates and other objects with a `toJSON` as what it gives. */
function plainOf(name: string, value: unknown): unknown {
  if (typeof (value as Partial<Date> | null | undefined)?.toJSON !== 'function') return value;
  const plain: unknown = (value as Date).toJSON(name);
  if (plain !== null) return plain;
  throw new ClientError(`The parameter ${JSON.stringify(name)} is an invalid date.`);
}
