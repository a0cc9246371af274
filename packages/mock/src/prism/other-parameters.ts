import type { Operation } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import { tryJSON } from '../lib/json.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { PrismRequest } from './request.ts';
import { cookieOf } from './security.ts';

/** A parameter with what Prism keeps of it, and its declarations leave out. */
interface Parameter {
  name: string;
  required?: boolean;
  schema?: object;
  content?: Record<string, { schema?: object } | undefined>;
}

/** A parameter's schema, and how to read its value. */
export interface CheckedParameter {
  schema: object;
  /** Whether the value is a text, which may stand for a number. */
  isText: boolean;
  path: readonly string[];
  /** What brings along what the schema's references are about. */
  root: Operation;
}

/**
 * Finds what is wrong with the parameters that Prism passes over: cookies, and values of the query and of headers that
 * are JSON.
 *
 * @param strict whether a required cookie that is missing is an error, or a warning for the journal: pages cannot send
 *   any cookie that they want
 */
export function checkOtherParameters(
  operation: Operation,
  { url, headers }: PrismRequest,
  validate: (value: unknown, parameter: CheckedParameter) => Diagnostic[],
  strict: boolean,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { cookie = [], query = [], headers: described = [] } = operation.request ?? {};
  const places = [
    ['cookie', cookie, (name: string) => decoded(cookieOf(headers['cookie'], name))],
    ['query', query, (name: string) => url.query?.[name]],
    ['header', described, (name: string) => headers[name.toLowerCase()]],
  ] as const;
  for (const [place, parameters, read] of places) {
    const isCookie = place === 'cookie';
    for (const { name, required, schema, content } of parameters as readonly Parameter[]) {
      if (!isCookie && !content) continue;
      const path = [place, name];
      const value = read(name);
      if (isCookie && value === undefined && required) {
        const message = `Request cookie must have required property '${name}'`;
        found.push({ message, severity: strict ? 0 : 1, path, code: 'required' });
      }
      if (typeof value !== 'string') continue;
      if (isCookie && schema)
        found.push(
          ...validate(listOf(value, schema), { schema, isText: true, path, root: operation }),
        );
      const [[type = '', media] = []] = Object.entries(content ?? {});
      if (!/[/+]json\b/i.test(type)) continue;
      const parsed = tryJSON(value);
      if (parsed === undefined) {
        const message = `Request ${place} parameter ${name} must be JSON`;
        found.push({ message, severity: 0, path, code: 'json' });
      } else if (media?.schema)
        found.push(
          ...validate(parsed, { schema: media.schema, isText: false, path, root: operation }),
        );
    }
  }
  return found;
}

/** The value of a cookie, or the list of values that stand in it if its schema is a list: `a,b`. */
function listOf(value: string, schema: Schema): unknown {
  return [schema.type].flat().includes('array') ? value.split(',') : value;
}

/** A cookie has no spaces, commas or semicolons: programs escape them as in a URL. */
function decoded(cookie: string | undefined): string | undefined {
  try {
    return cookie && decodeURIComponent(cookie);
  } catch {
    return cookie;
  }
}
