import type { Document, Method, Server } from '@org/openapi';
import { addressOf } from './server-address.ts';

/** Where relative addresses are, for their comparison. */
const nowhere = 'http://relative.invalid';

/** The server that an operation or its path names, instead of the document's. */
export function ownServer(document: Document, path: string, method: Method): Server | undefined {
  const item = document.paths?.[path];
  const [server] = item?.[method]?.servers ?? item?.servers ?? [];
  return server;
}

/**
 * The paths of a server: that of the document's server, and what its own is. Undefined if they have different origins, or
 * a variable without a default.
 */
function pathsOf({ servers }: Document, server: Server): { base: string; own: string } | undefined {
  const [first = { url: '/' }] = servers ?? [];
  const [base, own] = [addressOf(first), addressOf(server)];
  if (base === undefined || own === undefined || !URL.canParse(base, nowhere)) return undefined;
  const baseURL = new URL(base, nowhere);
  if (!URL.canParse(own, baseURL.href)) return undefined;
  const ownURL = new URL(own, baseURL);
  if (ownURL.origin !== baseURL.origin) return undefined;
  const [from, to] = [baseURL, ownURL].map(({ pathname }) => pathname.replace(/\/+$/, ''));
  return { base: from ?? '', own: to ?? '' };
}

/**
 * The path that an operation has below `baseURL`, whatever its own server: `/../v2/books` for a server `/v2` beside the
 * document's `/v1`. Undefined if its server has another origin.
 */
export function pathBelowBase(
  document: Document,
  path: string,
  method: Method,
): string | undefined {
  const server = ownServer(document, path, method);
  if (!server) return path;
  const found = pathsOf(document, server);
  if (!found) return undefined;
  const { base, own } = found;
  const whole = own + path;
  // The server may be above the base path, and the operation below it.
  if (whole.startsWith(`${base}/`)) return whole.slice(base.length);
  return base.replaceAll(/\/[^/]+/g, '/..') + whole;
}

/** The path at which the mock serves an operation: below the path of the document's server, or beside it. */
export function servedPath(document: Document, path: string, method: Method): string {
  return withoutDots(pathBelowBase(document, path, method) ?? path);
}

/** What leads from `baseURL` to an operation that is served at a path beside it: `/..`. Undefined for one below it. */
export function stepsUp(
  document: Document,
  path: string,
  method: Method,
  served: string,
): string | undefined {
  const below = pathBelowBase(document, path, method) ?? path;
  return below !== served && withoutDots(below) === served
    ? below.slice(0, -served.length)
    : undefined;
}

/** A path beside that of the document's server as it is on the server: `/v2/books` for `/../v2/books`. */
export function withoutDots(path: string): string {
  return path.replace(/^(?:\/\.\.)+/, '');
}
