import { isLoopback } from '../lib/loopback.ts';
import type { MockRequest } from './request.ts';

/** Who may use the mock from a web page. */
export interface Access {
  /** The host that the mock was told to listen on. */
  boundHost: string;
  /** Hosts that are allowed by name, besides loopback names and the bound host. */
  allowedHosts: readonly string[];
  /** Origins whose pages may call the API, besides those on loopback; false for none, loopback included. */
  origins: readonly string[] | false;
}

/** Why a request is refused before anything happens. */
export interface Refused {
  status: number;
  message: string;
}

type Asking = Pick<MockRequest, 'method' | 'headers'>;

/**
 * Refuses what a web page can make a browser send to the control endpoints, which change the mock and show what was sent
 * to it. A name that an attacker has pointed at this machine (DNS rebinding) shows in `Host`, a page of another origin in
 * `Origin` or `Sec-Fetch-Site`, and a form in its content type.
 *
 * @returns the reason, or undefined where the request is welcome
 * @see https://fetch.spec.whatwg.org/#origin-header
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseControl(request: Asking, access: Access): Refused | undefined {
  const { host = '', origin } = request.headers;
  if (!isAllowedHost(host, access)) {
    return forbid(
      `The control endpoints do not accept the host ${JSON.stringify(host)}. ` +
        'Use a loopback address, or allow the host: `--allow-host` or `allowedHosts`.',
    );
  }
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    return forbid(
      `The control endpoints do not accept pages of another origin, ${JSON.stringify(origin)}.`,
    );
  }
  if (!isOwnFetch(request))
    return forbid('The control endpoints do not accept cross-site requests.');
  const type = request.headers['content-type'];
  const isJSON = type !== undefined && /^application\/json\s*(;|$)/i.test(type);
  if (!isJSON && (type !== undefined || hasBody(request.headers)) && !isEmptyForm(request)) {
    const given = type === undefined ? 'none' : JSON.stringify(type);
    return { status: 415, message: `Expected \`content-type: application/json\`, got ${given}.` };
  }
  return undefined;
}

/**
 * Refuses requests of the API that a page makes which is neither on loopback nor named. Programs send neither `Origin`
 * nor `Sec-Fetch-Site`, and neither does a page that reads from a name which it has pointed at this machine.
 *
 * @param isProxied whether the target is a whole address, as programs send it to a proxy
 * @returns the reason, or undefined where the request is welcome
 */
export function refusePage(
  request: Asking,
  access: Access,
  isProxied: boolean,
): Refused | undefined {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  const isFromPage = origin !== undefined || site !== undefined;
  if (!isFromPage && (isProxied || isWildcard(access) || !isPublicName(host))) return undefined;
  const isNamed = origin !== undefined && isAllowedOrigin(origin, access);
  if (isNamed) return undefined;
  if (!isAllowedHost(host, access)) {
    return forbid(
      `The mock does not accept ${isFromPage ? 'pages of ' : ''}the host ${JSON.stringify(host)}. ` +
        'Use a loopback address, or allow the host: `--allow-host` or `allowedHosts`.',
    );
  }
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    return forbid(
      `The mock does not accept pages of the origin ${JSON.stringify(origin)}. ` +
        'Allow the origin: `--cors-origin` or `cors`.',
    );
  }
  return origin !== undefined || isOwnFetch(request) || site === 'same-site'
    ? undefined
    : forbid('The mock does not accept cross-site requests.');
}

/** Whether a page's origin is on loopback, or named. */
function isAllowedOrigin(origin: string, { origins }: Access): boolean {
  if (origins === false) return false;
  if (origins.includes('*') || origins.includes(origin)) return true;
  const [, host] = /^https?:\/\/([^/]+)$/.exec(origin) ?? [];
  return host !== undefined && isLoopback(hostName(host) ?? '');
}

function isSameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** By the headers alone: a body that is refused is not read. */
function hasBody(headers: MockRequest['headers']): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

/** What `curl -X POST -d ''` sends. A page's form does that as well, but names its origin. */
function isEmptyForm({ headers }: Asking): boolean {
  return (
    !hasBody(headers) &&
    headers['origin'] === undefined &&
    headers['sec-fetch-site'] === undefined &&
    headers['content-type'] === 'application/x-www-form-urlencoded'
  );
}

/** Where a browser says who makes the request: this page, or the user by opening the address. */
function isOwnFetch({ method, headers }: Asking): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // A link on another page may open the inspector: that page sees nothing of it.
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

function isAllowedHost(host: string, { boundHost, allowedHosts }: Access): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  if (isLoopback(name)) return true;
  // Whoever listens on all addresses has named none.
  if (!isWildcard({ boundHost }) && name === plainName(boundHost)) return true;
  return allowedHosts.some((allowed) => plainName(allowed) === name);
}

function isWildcard({ boundHost }: Pick<Access, 'boundHost'>): boolean {
  return boundHost === '0.0.0.0' || boundHost === '::' || boundHost === '';
}

/** Whether a stranger may own a name: it has a dot, is not an address, and its ending is not reserved for private use. */
function isPublicName(host: string): boolean {
  const name = hostName(host) ?? '';
  return /\.[^.]*[a-z][^.]*$/.test(name) && !/\.(?:localhost|local|internal|test)$/.test(name);
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

function forbid(message: string): Refused {
  return { status: 403, message };
}
