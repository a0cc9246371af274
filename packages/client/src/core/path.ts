import { OrgClientError } from './errors.ts';
import { encode, type Query, readQuery } from './query.ts';

/** Puts values into the `{names}` of a path, percent-encoded. A value cannot change which path is called. */
export function encodePath(template: string, values?: Record<string, unknown>): string {
  if (!values) return template;
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeParameter(name, values[name]),
  );
}

function encodeParameter(name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    throw new OrgClientError(
      `${name} must be a string, not ${value === null ? null : typeof value}.`,
    );
  }
  // Servers take dots for a step in the path, also where they are percent-encoded.
  if (text === '' || /^(\.|%2e){1,2}$/i.test(text)) {
    throw new OrgClientError(`${name} must be an ID, not ${JSON.stringify(text)}.`);
  }
  return encode(text);
}

/** A path that a program wrote, and the query that it holds. Its slash may be missing. */
export function splitPath(path: string): [string, Query] {
  const start = path.indexOf('?');
  const pathname = start < 0 ? path : path.slice(0, start);
  const query = start < 0 ? {} : readQuery(path.slice(start));
  return [pathname.startsWith('/') ? pathname : `/${pathname}`, query];
}
