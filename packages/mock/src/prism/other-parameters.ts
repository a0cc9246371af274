import type { Operation } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import { parseJSON } from '../lib/json.ts';
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
  const root = operation;
  const { request: described } = operation;
  const cookieValue = (name: string) => decoded(cookieOf(headers['cookie'], name));
  for (const { name, required, schema } of (described?.cookie ?? []) as Parameter[]) {
    const value = cookieValue(name);
    const path = ['cookie', name];
    if (value === undefined) {
      const message = `Request cookie must have required property '${name}'`;
      if (required) found.push({ message, severity: strict ? 0 : 1, path, code: 'required' });
    } else if (schema)
      found.push(...validate(listOf(value, schema), { schema, isText: true, path, root }));
  }
  const given = [
    ...((described?.query ?? []) as Parameter[]).map((one) => ({
      ...one,
      path: ['query', one.name],
      value: url.query?.[one.name],
    })),
    ...((described?.headers ?? []) as Parameter[]).map((one) => ({
      ...one,
      path: ['header', one.name],
      value: headers[one.name.toLowerCase()],
    })),
    ...((described?.cookie ?? []) as Parameter[]).map((one) => ({
      ...one,
      path: ['cookie', one.name],
      value: cookieValue(one.name),
    })),
  ];
  for (const { content, path, value } of given) {
    const [[type = '', media] = []] = Object.entries(content ?? {});
    if (typeof value !== 'string' || !/[/+]json\b/i.test(type)) continue;
    const parsed = parsedJSON(value);
    if (!parsed) {
      const message = `Request ${path[0]} parameter ${path[1]} must be JSON`;
      found.push({ message, severity: 0, path, code: 'json' });
    } else if (media?.schema)
      found.push(...validate(parsed.value, { schema: media.schema, isText: false, path, root }));
  }
  return found;
}

/** The value of a cookie; a list if the schema says so: `a,b`. */
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

function parsedJSON(text: string): { value: unknown } | undefined {
  try {
    return { value: parseJSON(text) };
  } catch {
    return undefined;
  }
}
