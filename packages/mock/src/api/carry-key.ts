import type { HttpSecurityScheme } from '@stoplight/types';

/** Headers and query parameters that carry keys. */
export interface Carried {
  headers: Record<string, string>;
  query: Record<string, string>;
}

/** How a request carries the key of a security scheme; undefined for a scheme that no request can follow. */
export function keyKind(scheme: HttpSecurityScheme): 'bearer' | 'basic' | 'apiKey' | undefined {
  if (scheme.type === 'apiKey') return 'apiKey';
  if (scheme.type === 'oauth2' || scheme.type === 'openIdConnect') return 'bearer';
  const name = scheme.type === 'http' ? scheme.scheme.toLowerCase() : undefined;
  return name === 'bearer' || name === 'basic' ? name : undefined;
}

/** Adds the key of a security scheme to a request: `name:password` for HTTP Basic. */
export function carryKey({ headers, query }: Carried, scheme: HttpSecurityScheme, key: string) {
  const kind = keyKind(scheme);
  if (kind === 'bearer') headers['authorization'] = `Bearer ${key}`;
  else if (kind === 'basic') headers['authorization'] = `Basic ${btoa(key)}`;
  else if (scheme.type !== 'apiKey') return;
  else if (scheme.in === 'header') headers[scheme.name.toLowerCase()] = key;
  else if (scheme.in === 'query') query[scheme.name] = key;
  else {
    const cookie = `${scheme.name}=${key}`;
    headers['cookie'] = headers['cookie'] ? `${headers['cookie']}; ${cookie}` : cookie;
  }
}
