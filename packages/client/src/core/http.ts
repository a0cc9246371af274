import { createFinalURL } from 'openapi-fetch';
import { encodePath } from './path.ts';
import { type ArrayFormat, type Query, writeQuery } from './query.ts';

/**
 * Puts an address together by openapi-fetch's own function, so that `OrgClient` and `createFetchClient` send the same.
 * `OrgClient` needs no more of it: its middleware and parsing would be a fifth of a program's bundle.
 */
export function buildURL(
  baseUrl: string,
  path: string,
  query: Query,
  arrayFormat: ArrayFormat,
): string {
  return createFinalURL(path, {
    baseUrl,
    params: { query },
    pathSerializer: encodePath,
    // openapi-fetch passes on the query above.
    querySerializer: (query) => writeQuery(query as Query, arrayFormat),
  });
}
