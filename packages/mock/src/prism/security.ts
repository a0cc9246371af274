import type { HttpSecurityScheme } from '@stoplight/types';
import { fromBase64url } from '../lib/bytes.ts';
import { bearerKey } from './authorization.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Accepts } from './keys.ts';
import type { PrismRequest } from './request.ts';

/**
 * What is wrong with the credentials of a request. It needs those of one alternative of the operation's `security`: all
 * of its schemes. Nothing is kept of one request for the next.
 *
 * @param accepts whether a credential is accepted for a scheme
 * @see https://spec.openapis.org/oas/v3.1.0.html#security-requirement-object
 */
export function checkSecurity(
  alternatives: readonly (readonly HttpSecurityScheme[])[],
  request: PrismRequest,
  accepts: Accepts,
): Diagnostic[] {
  if (alternatives.length === 0) return [];
  const isGiven = (scheme: HttpSecurityScheme) => {
    // What no header shows, such as a client's certificate, cannot be missed.
    if (scheme.type === 'mutualTLS') return true;
    const given = credentialOf(scheme, request);
    return given !== undefined && accepts(scheme, given);
  };
  if (alternatives.some((schemes) => schemes.every(isGiven))) return [];
  const message = `Missing or unknown credentials: expected ${expectedCredentials(alternatives)}`;
  return [{ code: 401, message, severity: 0 }];
}

/** The credentials of each alternative: `Authorization: Bearer`, or the query "key". */
export function expectedCredentials(
  alternatives: readonly (readonly HttpSecurityScheme[])[],
): string {
  return alternatives.map((schemes) => schemes.map(nameOf).join(' and ')).join(' or ');
}

/** What a request gives for a scheme: a key, or `name:password`; undefined where it gives nothing. */
function credentialOf(scheme: HttpSecurityScheme, request: PrismRequest): string | undefined {
  const { headers, url } = request;
  const { authorization } = headers;
  if (scheme.type === 'apiKey') {
    if (scheme.in === 'query') return [url.query?.[scheme.name] ?? []].flat()[0] || undefined;
    if (scheme.in === 'cookie') return cookieOf(headers['cookie'], scheme.name);
    return headers[scheme.name.toLowerCase()] || undefined;
  }
  if (scheme.type !== 'http' || scheme.scheme.toLowerCase() === 'bearer')
    return bearerKey(authorization);
  const [, name = '', rest] = /^(\S+) +(\S.*)$/.exec(authorization ?? '') ?? [];
  if (name.toLowerCase() !== scheme.scheme.toLowerCase()) return undefined;
  if (name.toLowerCase() !== 'basic') return rest;
  const pair = fromBase64url(rest?.trim() ?? '');
  return pair.includes(':') ? pair : undefined;
}

/** The value of a cookie; undefined where there is none. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(/; */).find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || undefined;
}

/** How people call a scheme. */
function nameOf(scheme: HttpSecurityScheme): string {
  if (scheme.type === 'apiKey') return `the ${scheme.in} ${JSON.stringify(scheme.name)}`;
  const name = scheme.type === 'http' ? scheme.scheme : 'bearer';
  return `\`Authorization: ${name.charAt(0).toUpperCase()}${name.slice(1)}\``;
}
