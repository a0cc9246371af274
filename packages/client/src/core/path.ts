import { ClientError, show } from './errors.ts';
import { encode, type Query, readQuery } from './query.ts';

/** Puts values into the `{names}` of a path, percent-encoded. A value cannot change which path is called. */
export function encodePath(template: string, values?: Record<string, unknown>): string {
  if (!values) return template;
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name];
    const text = Number.isFinite(value) ? String(value) : value;
    // Servers resolve dots as path segments, even if they are percent-encoded.
    if (typeof text !== 'string' || /^(\.|%2e){0,2}$/i.test(text)) {
      throw new ClientError(`${name} must be an ID, not ${show(value)}.`);
    }
    return encode(text);
  });
}

/** A path that a program wrote, and the query that it holds. Its slash may be missing. */
export function splitPath(path: string): [string, Query | undefined] {
  const [pathname = '', query] = checkText(path, 'path').split(/(\?.*)/s);
  return [
    pathname.startsWith('/') ? pathname : `/${pathname}`,
    query ? readQuery(query) : undefined,
  ];
}

/** The value of an option that must be a string. */
export function checkText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new ClientError(`${name} must be a string, not ${show(value)}.`);
}
