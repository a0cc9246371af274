type Headers = Record<string, string>;

/**
 * The headers by which a page of another origin may read an answer. Programs send no origin, and look at none of them.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(origin: string | undefined): Headers {
  if (origin === undefined) return { vary: 'origin' };
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-request-id, x-mock-session, retry-after, link, location',
    vary: 'origin',
  };
}

/** Whether a request asks what a page may send. */
export function isPreflight(method: string, headers: Headers): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** The answer to a preflight: everything that it asks for. */
export function preflightHeaders(request: Headers): Headers {
  const names = request['access-control-request-headers'];
  return {
    'access-control-allow-methods': request['access-control-request-method'] ?? '*',
    ...(names !== undefined && { 'access-control-allow-headers': names }),
    ...(request['access-control-request-private-network'] && {
      'access-control-allow-private-network': 'true',
    }),
    'access-control-max-age': '600',
  };
}
