import { createFinalURL, mergeHeaders } from 'openapi-fetch';
import type { HeaderMap } from './headers.ts';
import { encodePath } from './path.ts';
import { type ArrayFormat, type Query, writeQuery } from './query.ts';

// Addresses and headers are put together by openapi-fetch's own functions, so that `OrgClient` and `createFetchClient`
// send the same. `OrgClient` needs no more of it: its middleware and parsing would be a fifth of a program's bundle.

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

export function toHeaders(headers: HeaderMap): Headers {
  return mergeHeaders(headers);
}
