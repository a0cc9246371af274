import { type API, fullPathOf, type Operation, querySchema } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import { exampleValue } from '../state/generate/values.ts';

/** What a first request needs: the path with its query, and the flags of curl for the credentials. */
export interface Example {
  /** With the base path. */
  target: string;
  flags: string[];
}

/**
 * A request that is worth a first look: a list of the root.
 *
 * @param key the key to show
 */
export function exampleOf(api: API, key: string): Example {
  const all = api.operations.filter(({ method }) => method === 'get');
  const plain = all.filter(({ path }) => !path.includes('{'));
  const gets = plain.length > 0 ? plain : all;
  const needsNothing = ({ request }: Operation) => !request?.query?.some((one) => one.required);
  const list =
    gets.find((one) => api.behavior(one.iid).kind === 'list' && needsNothing(one)) ??
    gets.find(needsNothing) ??
    gets[0];
  if (!list) return { target: `${api.basePath}/`, flags: [] };
  const query = querySchema(list, 'limit') ? ['limit=2'] : [];
  const { flags, query: credentials } = credentialsOf(list, key);
  const search = [...query, ...credentials].join('&');
  const path = pathOf(api, list);
  return { target: search ? `${path}?${search}` : path, flags };
}

/** An operation's path with values that its parameters may have. */
function pathOf(api: API, operation: Operation): string {
  return fullPathOf(api, operation).replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const { schema } = operation.request?.path?.find((one) => one.name === name) ?? {};
    return encodeURIComponent(String(exampleValue((schema ?? {}) as Schema, operation)));
  });
}

/** How curl sends what the first alternative of an operation's security asks for. */
function credentialsOf({ security = [] }: Operation, key: string) {
  const flags: string[] = [];
  const query: string[] = [];
  for (const scheme of security[0] ?? []) {
    if (scheme.type === 'apiKey') {
      if (scheme.in === 'query') query.push(`${encodeURIComponent(scheme.name)}=${key}`);
      else if (scheme.in === 'cookie') flags.push(`-b ${quote(`${scheme.name}=${key}`)}`);
      else flags.push(`-H ${quote(`${scheme.name}: ${key}`)}`);
    } else if (scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic') {
      flags.push(`-u ${quote(`user:${key}`)}`);
    } else flags.push(`-H ${quote(`Authorization: Bearer ${key}`)}`);
  }
  return { flags, query };
}

/** A text as one word of a shell. What stands in a document is data: it ends no quotes, and no line. */
export function quote(text: string): string {
  return `'${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll("'", "'\\''")}'`;
}
