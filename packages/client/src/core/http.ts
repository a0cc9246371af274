import type { paths } from '@org/types';
import imported, { type Client, createQuerySerializer } from 'openapi-fetch';
import type { HeaderMap } from './headers.ts';
import { type ArrayFormat, mergeQueries, type Query, wireQuery } from './query.ts';

/** Node.js gives a CommonJS file all of openapi-fetch's CommonJS module, where others give its default export. */
const createClient = 'default' in imported ? (imported.default as typeof imported) : imported;

/** What openapi-fetch makes of a typed call: what `fetch` takes, and the options of the call that it let through. */
export type HttpInit = RequestInit & { method: string; headers: Headers };

/**
 * Stands in for `Request`, whose first use costs Node.js about 50 ms. It keeps the address and the options apart, as
 * `fetch(url, init)` wants them.
 */
class LightRequest {
  readonly url: string;
  readonly init: HttpInit;

  constructor(url: string, init: HttpInit) {
    this.url = url;
    this.init = init;
  }

  get method(): string {
    return this.init.method;
  }

  get headers(): Headers {
    return this.init.headers;
  }

  get signal(): AbortSignal | null | undefined {
    return this.init.signal;
  }

  get body(): unknown {
    return this.init.body;
  }

  // A middleware may answer with a real Request.
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && 'url' in value && 'headers' in value;
  }
}

/** The typed openapi-fetch client for the API: it makes requests, and `send` carries them out. */
export function createHttp(
  options: { baseURL: string; headers: HeaderMap; query: Query; arrayFormat: ArrayFormat },
  send: (url: string, init: HttpInit) => Promise<Response>,
): Client<paths> {
  const serialize = createQuerySerializer();
  return createClient<paths>({
    baseUrl: options.baseURL,
    headers: options.headers,
    // It has the part of Request that openapi-fetch uses.
    Request: LightRequest as unknown as typeof Request,
    fetch: (input) => {
      const request = input as Request | (LightRequest & Request);
      return 'init' in request
        ? send(request.url, request.init)
        : send(request.url, readRequest(request));
    },
    querySerializer: (query) =>
      serialize(wireQuery(mergeQueries(options.query, query), options.arrayFormat)),
  });
}

/** A middleware's own Request, as `fetch(url, init)` wants it. */
function readRequest(request: Request): HttpInit {
  const { method, headers, body, signal, redirect } = request;
  return { method, headers, body, signal, redirect, ...(body ? { duplex: 'half' as const } : {}) };
}
