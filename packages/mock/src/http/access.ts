import type { MockRequest } from './request.ts';
import { type Answer, failure } from './response.ts';

/** Names by which the control endpoints may be asked, besides the loopback ones. */
export interface Access {
  /** The host that the mock was told to listen on. */
  boundHost: string;
  /** Hosts that are allowed by name. */
  allowedHosts: readonly string[];
}

/**
 * Refuses what a web page can make a browser send: the control endpoints change the mock and show what was sent to it.
 * A name that an attacker has pointed at this machine (DNS rebinding) shows in `Host`, a page of another origin in
 * `Origin` or `Sec-Fetch-Site`, and a form in its content type.
 *
 * @returns the answer, or undefined where the request is welcome
 * @see https://fetch.spec.whatwg.org/#origin-header
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseForeign(
  request: Pick<MockRequest, 'method' | 'headers'>,
  access: Access,
): Answer | undefined {
  const { host = '', origin } = request.headers;
  const name = hostName(host);
  if (name === undefined || !isAllowed(name, access)) {
    return forbid(
      `The control endpoints do not answer for the host ${JSON.stringify(host)}. ` +
        'Use a loopback address, or allow the host: `--allow-host` or `allowedHosts`.',
    );
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return forbid(
      `The control endpoints do not answer pages of another origin, ${JSON.stringify(origin)}.`,
    );
  }
  if (!isOwnFetch(request)) {
    return forbid('The control endpoints do not answer requests that another site makes.');
  }
  const type = request.headers['content-type'];
  const isJSON = type !== undefined && /^application\/json\s*(;|$)/i.test(type);
  if (!isJSON && (hasBody(request.headers) || type !== undefined)) {
    return failure(
      415,
      `Expected \`content-type: application/json\`, got ${type === undefined ? 'none' : JSON.stringify(type)}.`,
      { param: null, code: null },
    );
  }
  return undefined;
}

/** By the headers alone: a body that is refused is not read. */
function hasBody(headers: MockRequest['headers']): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

/** Where a browser says who makes the request: this page, or the user by opening the address. */
function isOwnFetch({ method, headers }: Pick<MockRequest, 'method' | 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // A link on another page may open the inspector: that page sees nothing of it.
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

function isAllowed(name: string, { boundHost, allowedHosts }: Access): boolean {
  if (name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)) return true;
  // Whoever listens on all addresses has named none.
  const isWildcard = boundHost === '0.0.0.0' || boundHost === '::' || boundHost === '';
  if (!isWildcard && name === plainName(boundHost)) return true;
  return allowedHosts.some((allowed) => plainName(allowed) === name);
}

/** The name in a `Host` header, without port; undefined where it is none. */
function hostName(host: string): string | undefined {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name === undefined ? undefined : plainName(name);
}

/** Lower case, no brackets, no dot at the end. */
function plainName(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function forbid(message: string): Answer {
  return failure(403, message, { param: null, code: null });
}
