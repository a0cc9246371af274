import { OrgClientError } from './errors.ts';
import { encode, type Query, readQuery } from './query.ts';

/** Puts values into the `{names}` of a path, percent-encoded. A value cannot change which path is called. */
export function encodePath(template: string, values?: Record<string, unknown>): string {
  if (!values) return template;
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name];
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') {
      throw new OrgClientError(
        `${name} must be a string, not ${value === null ? null : typeof value}.`,
      );
    }
    // Servers take dots for a step in the path, also where they are percent-encoded.
    if (/^(\.|%2e){0,2}$/i.test(text)) {
      throw new OrgClientError(`${name} must be an ID, not ${JSON.stringify(text)}.`);
    }
    return encode(text);
  });
}

/** A path that a program wrote, and the query that it holds. Its slash may be missing. */
export function splitPath(path: string): [string, Query] {
  const [pathname = '', query] = path.split(/(\?.*)/s);
  return [pathname.replace(/^\/?/, '/'), readQuery(query)];
}
