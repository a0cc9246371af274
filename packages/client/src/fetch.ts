import type { paths } from '@org/types';
import imported, { type Client } from 'openapi-fetch';
import { decode } from './core/body.ts';
import { isBrowser } from './core/environment.ts';
import { maskSecrets, parseMasked } from './core/mask.ts';
import type { ClientOptions } from './core/options.ts';
import { encodePath } from './core/path.ts';
import { mergeQueries, writeQuery } from './core/query.ts';
import { type ResolvedOptions, resolveOptions } from './core/resolve-options.ts';
import { isUnsafe, randomKey } from './core/retry.ts';
import { Exchange } from './core/transport.ts';

export type { ClientOptions } from './core/options.ts';

/** Node.js gives a CommonJS file all of openapi-fetch's CommonJS module, where others give its default export. */
const createClient = 'default' in imported ? (imported.default as typeof imported) : imported;

/**
 * The typed openapi-fetch client for every path of the spec, with this package's key, retries, timeouts and logs.
 * Use it for a path without a method on the client, or with libraries for openapi-fetch, such as
 * openapi-react-query. As with openapi-fetch, an error status is in the result's `error` and does not throw.
 *
 * The key is only sent to the origin of `baseURL`, not to another origin by a call's `baseUrl` or a middleware's
 * request.
 *
 * @throws {ClientError} as `new Client(options)` does
 * @example
 * ```ts
 * const api = createFetchClient();
 * const { data, error } = await api.GET(path, { params: { query: { limit: 50 } } });
 * ```
 */
export function createFetchClient(options: ClientOptions = {}): Client<paths> {
  const resolved = resolveOptions(options);
  return createClient<paths>({
    baseUrl: resolved.baseURL,
    headers: { accept: 'application/json', ...resolved.headers },
    pathSerializer: encodePath,
    querySerializer: (query) =>
      writeQuery(mergeQueries(resolved.query, query), resolved.arrayFormat),
    fetch: (request) => send(request, resolved),
  });
}

/** Sends a request with key, retries and timeout. */
async function send(request: Request, resolved: ResolvedOptions): Promise<Response> {
  const { timeout, maxRetries, fetchOptions } = resolved;
  const { url, method, headers, signal } = request;
  if (isUnsafe(method) && !headers.has('idempotency-key')) {
    headers.set('idempotency-key', randomKey());
  }
  const init = {
    ...fetchOptions,
    ...optionsOf(request),
    method,
    headers,
    body: await bodyOf(request),
  };
  const given = { ...resolved.headers, ...Object.fromEntries(headers) };
  const call = { url, init, given, timeout, maxRetries, signals: [signal] };
  const exchange = new Exchange(call, resolved);
  return readable(await exchange.send(), exchange);
}

/** The body, read into memory, so that every attempt can send it. */
async function bodyOf(request: Request): Promise<ArrayBuffer | null> {
  if (!isUnsafe(request.method)) return null;
  // Middleware may want to read the request afterwards.
  const body = await request.clone().arrayBuffer();
  return body.byteLength > 0 ? body : null;
}

/** What a request has unless it was asked for something else; some runtimes refuse even to be told so. */
const defaults: Record<string, unknown> = {
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  redirect: 'follow',
  referrer: 'about:client',
  referrerPolicy: '',
};

/** The options of `fetch` that a call or a middleware has set, also those that only some runtimes have. */
function optionsOf(request: Request): RequestInit {
  // openapi-fetch puts options that `Request` does not know on the object itself.
  const options: Record<string, unknown> = Object.fromEntries(Object.entries(request));
  for (const [name, usual] of Object.entries(defaults)) {
    const value = request[name as 'mode'];
    if (value !== undefined && value !== usual) options[name] = value;
  }
  return options;
}

const readers = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/** Reads a body; one that was compressed and ends early is sent for again, as Node.js takes it for whole. */
async function readWhole(exchange: Exchange, copy?: Response): Promise<Uint8Array<ArrayBuffer>[]> {
  for (;;) {
    const chunks = await exchange.read(copy);
    const { headers, ok } = copy ?? exchange.response;
    if (!ok || copy || !headers.has('content-encoding') || isBrowser()) return chunks;
    try {
      // Only JSON tells whether it is whole.
      if (/json/i.test(headers.get('content-type') ?? '')) {
        JSON.parse(decode(chunks));
        return chunks;
      }
    } catch {
      // Sent for again below.
    }
    await exchange.again(
      exchange.invalid(
        'The body of the response is compressed, and cut off or not to be verified.',
      ),
    );
  }
}

/** Masks secrets in a text or in JSON. */
function maskText(text: string, secrets: Set<string>): string {
  const json = parseMasked(text, secrets);
  if (json !== undefined) return JSON.stringify(json);
  const masked = maskSecrets(text, secrets);
  // A body that is cut may end within a secret.
  for (const secret of secrets) {
    for (let length = secret.length - 1; length >= 8; length -= 1) {
      if (masked.endsWith(secret.slice(0, length))) return `${masked.slice(0, -length)}***`;
    }
  }
  return masked;
}

/** Has the body read within the attempt's time and size, and sent for again where the connection breaks. */
function readable(response: Response, exchange: Exchange, copy?: Response): Response {
  // A `fetch` that is not the platform's may have no streams; what it has instead is left alone.
  if (response.body && !response.body.getReader) return response;
  const replace = (name: string, value: unknown) =>
    Object.defineProperty(response, name, { value, configurable: true, writable: true });
  for (const name of readers) {
    if (!(name in response)) continue;
    replace(name, async () => {
      const chunks = await readWhole(exchange, copy);
      // A server may send a secret back: an error that is printed must not show it.
      const body = response.ok ? new Blob(chunks) : maskText(decode(chunks), exchange.secrets);
      return new Response(body, { headers: response.headers })[name]();
    });
  }
  const { clone } = response;
  replace('clone', () => {
    const cloned = clone.call(response);
    return readable(cloned, exchange, cloned);
  });
  return response;
}
