import {
  bare,
  DocumentClient,
  type ListedPage,
  maskSecrets,
  headers as namedHeaders,
  parseMasked,
  secretsOf,
} from '@org/client/internal';
import type { Behavior } from '@org/codegen/model';
import manifest from '../../package.json' with { type: 'json' };
import { type Operation, querySchema } from '../api/api.ts';
import type { Schema } from '../api/schema.ts';
import { type Credentials, credentialsFor } from './credentials.ts';

/** Milliseconds that one attempt may take. */
const timeout = 60_000;
/** How many more times a request is sent: few before the server has answered at all, which it may never do. */
const [retriesAtFirst, retries] = [2, 6];
/** The largest page that is asked for. */
const largestPage = 1_000;

export interface ReaderOptions {
  url: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether it is the API that the client was made for, whose other variables apply. */
  isOwn: boolean;
  operations: readonly Operation[];
  signal: AbortSignal;
  /** Called after every response. */
  onRequest(): void;
}

/** Reads lists and objects of a server, with all guarantees of the client. It can send nothing that changes anything. */
export class Reader {
  /** How many requests were sent, retries included. */
  requests = 0;
  retries = 0;
  readonly #options: ReaderOptions;
  readonly #clients = new Map<string, DocumentClient>();
  readonly #secrets = new Set<string>();
  readonly #variables = new Set<string>();
  #hasAnswered = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The environment variables that keys came from. */
  get variables(): string[] {
    return [...this.#variables];
  }

  /** Finds the keys of operations before the first request. @throws {CopyError} where one is missing */
  prepare(operations: Iterable<Operation>): void {
    for (const operation of operations) this.#clientFor(operation);
  }

  /** Every page of a list. */
  async *list(
    operation: Operation,
    { pageClass, paging }: Extract<Behavior, { kind: 'list' }>,
    params: Record<string, string>,
    limit: number,
  ): AsyncGenerator<ListedPage> {
    const { query, headers } = requiredParameters(operation, paging.size);
    const size = paging.size && pageSize(querySchema(operation, paging.size), limit);
    if (paging.size && size) query[paging.size] = size;
    const order = querySchema(operation, 'order')?.enum;
    if (order?.includes('asc')) query['order'] = 'asc';
    const client = this.#clientFor(operation);
    const call = { path: belowURL(operation), params, query, pageClass, paging };
    const pages = client.pages(call, { ...this.#call(), headers, prefetch: limit === Infinity });
    for await (const page of pages) {
      this.#hasAnswered = true;
      yield page;
    }
  }

  /** One object. */
  async read(operation: Operation, params: Record<string, string>): Promise<unknown> {
    const { query, headers } = requiredParameters(operation);
    const options = { ...this.#call(), query, headers };
    const body = await this.#clientFor(operation).read(belowURL(operation), params, options);
    this.#hasAnswered = true;
    return body;
  }

  /** What a server sent, without the keys that it may send back. */
  masked<T extends object>(value: T): T {
    const text = JSON.stringify(value);
    // It was JSON before.
    return this.#mask(text) === text ? value : (parseMasked(text, this.#secrets) as T);
  }

  /** Why a request failed, without a key and without these ids. */
  explain(error: unknown, ids: readonly string[]): string {
    const { message } = error as Error;
    const cause = causeOf(error);
    const whole = cause === undefined ? message : `${message.replace(/\.$/, '')}: ${cause}`;
    const line = ids.reduce(
      (text, id) => (id.length > 2 ? text.replaceAll(id, '…') : text),
      this.#mask(whole).replace(/\s+/g, ' ').trim(),
    );
    return line.length > 300 ? `${line.slice(0, 300)}…` : line;
  }

  #mask(text: string): string {
    return maskSecrets(text, this.#secrets);
  }

  #call() {
    const maxRetries = this.#hasAnswered ? retries : retriesAtFirst;
    return { signal: this.#options.signal, timeout, maxRetries };
  }

  /** The client that sends the keys of an operation. */
  #clientFor(operation: Operation): DocumentClient {
    const { url, env, isOwn } = this.#options;
    const credentials = credentialsFor(operation, env);
    const key = JSON.stringify([credentials.headers, credentials.query]);
    for (const variable of credentials.variables) this.#variables.add(variable);
    const known = this.#clients.get(key);
    if (known) return known;
    for (const secret of secretsOf(credentials.secrets, [], '')) this.#secrets.add(secret);
    const options = isOwn
      ? Object.fromEntries(Object.entries(bare).filter(([name]) => !namedHeaders.includes(name)))
      : bare;
    const client = new DocumentClient({
      ...options,
      baseURL: url,
      logLevel: 'off',
      defaultHeaders: { 'user-agent': `org-mock/${manifest.version}`, ...credentials.headers },
      defaultQuery: credentials.query,
      fetch: this.#fetch(isOwn ? undefined : this.#allowed(credentials)),
      onRetry: () => {
        this.retries += 1;
      },
    });
    this.#clients.set(key, client);
    return client;
  }

  /** The names of the headers that the document or the credentials ask for, and of those that every request has. */
  #allowed({ headers }: Credentials): ReadonlySet<string> {
    const usual = ['accept', 'accept-encoding', 'user-agent'];
    const documented = this.#options.operations.flatMap(
      ({ request }) => request?.headers?.map(({ name }) => name.toLowerCase()) ?? [],
    );
    return new Set([...usual, ...Object.keys(headers), ...documented]);
  }

  /** @param allowed the headers that are sent, without what the environment may add for another API */
  #fetch(allowed: ReadonlySet<string> | undefined) {
    return readOnly((url, init) => {
      const headers = new Headers(init.headers);
      if (allowed)
        for (const name of [...headers.keys()]) if (!allowed.has(name)) headers.delete(name);
      this.requests += 1;
      this.#options.onRequest();
      return fetch(url, { ...init, headers });
    });
  }
}

/** The path of an operation, as it follows the base address. */
function belowURL({ up = '', path }: Operation): string {
  return up + path;
}

/** What the system says about a connection that failed: `connect ECONNREFUSED 127.0.0.1:4010`. */
function causeOf(error: unknown): string | undefined {
  let { cause } = error as Error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  if (!(cause instanceof Error)) return undefined;
  const { code } = cause as NodeJS.ErrnoException;
  return code === undefined || cause.message.includes(code)
    ? cause.message
    : `${cause.message} (${code})`;
}

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A `fetch` that refuses whatever could change something on the server. */
export function readOnly(send: Send): (url: string, init?: RequestInit) => Promise<Response> {
  return (url, init = {}) => {
    const { method = 'GET', body } = init;
    if ((method === 'GET' || method === 'HEAD') && body == null) return send(url, init);
    throw new TypeError(`A copy sends GET and HEAD alone, not ${method}.`);
  };
}

/** Parameters that a request must have, with the only value that the document names. */
interface Parameters {
  query: Record<string, unknown>;
  headers: Record<string, string>;
  /** Those that could be anything. */
  unknown: string[];
}

/** The parameters besides those of the path without which an operation cannot be called. */
export function requiredParameters({ request }: Operation, size?: string): Parameters {
  const found: Parameters = { query: {}, headers: {}, unknown: [] };
  for (const place of ['query', 'headers'] as const) {
    for (const { name, required, schema } of request?.[place] ?? []) {
      if (!required || name === size) continue;
      const { const: only, default: usual = only } = (schema ?? {}) as Schema;
      if (usual === undefined) found.unknown.push(name);
      else if (place === 'query') found.query[name] = usual;
      else found.headers[name] = String(usual);
    }
  }
  for (const { name, required } of request?.cookie ?? []) if (required) found.unknown.push(name);
  return found;
}

/** How many items a page is asked to have: as many as the document allows; undefined where it does not say. */
function pageSize(schema: Schema | undefined, limit: number): number | undefined {
  const { maximum, minimum = 1 } = schema ?? {};
  const largest = maximum === undefined ? undefined : Math.min(maximum, largestPage);
  if (largest === undefined) return undefined;
  return Math.max(minimum, Math.min(largest, limit));
}
