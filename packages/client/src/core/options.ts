import { isBrowser, readEnv } from './environment.ts';
import { OrgClientError } from './errors.ts';
import { checkHeaderValue, type HeaderMap, type HeadersLike, mergeHeaders } from './headers.ts';
import { chooseLogLevel, createLog, type Logger, type LogLevel } from './log.ts';
import { type ArrayFormat, mergeQueries, type Query, readQuery } from './query.ts';
import type { Fetch, KeySource, TransportOptions } from './transport.ts';
import { version } from './version.ts';

/** Options of the underlying `fetch` that are not the client's to set. */
export type FetchOptions = Omit<RequestInit, 'body' | 'headers' | 'method' | 'signal'> &
  Record<string, unknown>;

/** What a client is made with. Every option may be left out or be undefined. */
export interface ClientOptions {
  /**
   * The admin key. A function is asked once per attempt, so that a key can be rotated; `null` sends no key.
   *
   * @default process.env.OPENAI_ADMIN_KEY
   * @throws {OrgClientError} at construction, if there is none
   * @example new OrgClient({ adminAPIKey: () => vault.read('admin-key') })
   */
  adminAPIKey?: KeySource | undefined;
  /**
   * The organization, sent as `OpenAI-Organization`.
   *
   * @default process.env.OPENAI_ORG_ID
   * @example new OrgClient({ organization: 'org-abc' })
   */
  organization?: string | null | undefined;
  /**
   * The project, sent as `OpenAI-Project`.
   *
   * @default process.env.OPENAI_PROJECT_ID
   * @example new OrgClient({ project: 'proj_abc' })
   */
  project?: string | null | undefined;
  /**
   * Where the API is. Its query, if it has one, goes with every request.
   *
   * @default process.env.OPENAI_BASE_URL, else https://api.openai.com/v1
   * @throws {OrgClientError} at construction, unless it is an http(s) address without credentials
   * @example new OrgClient({ baseURL: 'http://127.0.0.1:4010/v1' })
   */
  baseURL?: string | null | undefined;
  /**
   * How many milliseconds an attempt may take, headers and body together.
   *
   * @default 600_000 (ten minutes)
   * @throws {OrgClientError} unless it is a non-negative integer
   * @example new OrgClient({ timeout: 20_000 })
   */
  timeout?: number | undefined;
  /**
   * How many more times a failed request is sent: after 408, 409, 429 and 5xx, after a timeout, and when the
   * connection fails.
   *
   * @default 2
   * @throws {OrgClientError} unless it is a non-negative integer
   * @example new OrgClient({ maxRetries: 5 })
   */
  maxRetries?: number | undefined;
  /**
   * Headers of every request. A request's own win; `null` deletes a header.
   *
   * @default {}
   * @example new OrgClient({ defaultHeaders: { 'x-team': 'search' } })
   */
  defaultHeaders?: HeadersLike;
  /**
   * Query parameters of every request. A request's own win; `null` deletes a parameter.
   *
   * @default {}
   * @example new OrgClient({ defaultQuery: { limit: '100' } })
   */
  defaultQuery?: Record<string, unknown> | undefined;
  /**
   * How arrays are written: `repeat` (`emails=a&emails=b`) is what the API's description says, `brackets`
   * (`emails[]=a&emails[]=b`) what the official package sends.
   *
   * @default 'repeat'
   * @example new OrgClient({ arrayFormat: 'brackets' })
   */
  arrayFormat?: ArrayFormat | undefined;
  /**
   * The `fetch` that sends the requests, called as `fetch(url, init)`.
   *
   * @default globalThis.fetch
   * @example new OrgClient({ fetch: mock.fetch })
   */
  fetch?: Fetch | undefined;
  /**
   * Further options for every `fetch`, such as Node's `dispatcher`. A request's own win, key by key.
   *
   * @default {}
   * @example new OrgClient({ fetchOptions: { dispatcher: new ProxyAgent('http://127.0.0.1:8888') } })
   */
  fetchOptions?: FetchOptions | undefined;
  /**
   * Where log lines go.
   *
   * @default console
   * @example new OrgClient({ logger: pino() })
   */
  logger?: Logger | undefined;
  /**
   * How much is logged. Keys are masked at every level, and bodies are not logged at all.
   *
   * @default process.env.OPENAI_LOG, else 'warn'
   * @example new OrgClient({ logLevel: 'debug' })
   */
  logLevel?: LogLevel | undefined;
  /**
   * Allows use in a browser, where everybody who opens the page can read the admin key.
   *
   * @default false
   * @throws {OrgClientError} at construction in a browser, unless it is set
   * @example new OrgClient({ adminAPIKey: null, baseURL: '/proxy', dangerouslyAllowBrowser: true })
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What a single request can be given. */
export interface RequestOptions {
  /** Headers, over the client's. `null` deletes one. */
  headers?: HeadersLike;
  /** Query parameters, over the call's own and the client's. `null` deletes one. */
  query?: object | null | undefined;
  /** Milliseconds per attempt, instead of the client's. */
  timeout?: number | undefined;
  /** How many more times a failed request is sent, instead of the client's number. */
  maxRetries?: number | undefined;
  /** Ends the call, between attempts as well; the error's `cause` is the signal's reason. */
  signal?: AbortSignal | null | undefined;
  /**
   * The `Idempotency-Key` of a POST, PUT, PATCH or DELETE; every attempt carries the same one.
   *
   * @default a random UUID
   */
  idempotencyKey?: string | undefined;
  /** Further options for `fetch`, over the client's. */
  fetchOptions?: FetchOptions | undefined;
  /**
   * Asks for the next page as soon as the current one has arrived, one page ahead at most.
   *
   * @default false
   * @example for await (const user of users.list({}, { prefetch: true })) await handle(user);
   */
  prefetch?: boolean | undefined;
}

/** Options with every default filled in and every value checked. */
export interface Settings {
  baseURL: string;
  organization: string | null;
  project: string | null;
  timeout: number;
  maxRetries: number;
  headers: HeaderMap;
  query: Query;
  arrayFormat: ArrayFormat;
  fetchOptions: FetchOptions;
  logLevel: LogLevel;
  transport: TransportOptions;
}

const defaultBaseURL = 'https://api.openai.com/v1';

/** Fills in defaults and the environment; throws for what cannot work. */
export function resolveOptions(options: ClientOptions): Settings {
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new OrgClientError(
      'This looks like a browser, where everybody who opens the page could read the admin key. ' +
        'Call the API from a server, or set `dangerouslyAllowBrowser: true` if you know that it is safe.',
    );
  }
  const {
    organization = readEnv('OPENAI_ORG_ID') ?? null,
    project = readEnv('OPENAI_PROJECT_ID') ?? null,
  } = options;
  const { url, query } = parseBaseURL(
    options.baseURL?.trim() || readEnv('OPENAI_BASE_URL') || defaultBaseURL,
  );
  const logger = options.logger ?? console;
  const logLevel = chooseLogLevel(options.logLevel, readEnv('OPENAI_LOG'), logger);
  const arrayFormat = options.arrayFormat ?? 'repeat';
  if (arrayFormat !== 'repeat' && arrayFormat !== 'brackets') {
    throw new OrgClientError(
      `arrayFormat must be 'repeat' or 'brackets', not ${JSON.stringify(arrayFormat)}.`,
    );
  }
  const own = {
    accept: 'application/json',
    'user-agent': isBrowser() ? undefined : `org-client/${version}`,
    'openai-organization': organization || undefined,
    'openai-project': project || undefined,
  };
  return {
    baseURL: url,
    organization,
    project,
    timeout: checkCount('timeout', options.timeout) ?? 600_000,
    maxRetries: checkCount('maxRetries', options.maxRetries) ?? 2,
    headers: mergeHeaders(mergeHeaders({}, own), options.defaultHeaders),
    query: mergeQueries(query, options.defaultQuery),
    arrayFormat,
    fetchOptions: options.fetchOptions ?? {},
    logLevel,
    transport: {
      fetch: resolveFetch(options.fetch),
      key: resolveKey(options.adminAPIKey),
      log: createLog(logger, logLevel),
    },
  };
}

/** Passes a whole number that is not negative, and undefined. */
export function checkCount(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  throw new OrgClientError(`${name} must be a non-negative integer, not ${String(value)}.`);
}

function resolveKey(given: ClientOptions['adminAPIKey']): KeySource {
  const key = given === undefined ? readEnv('OPENAI_ADMIN_KEY') : given;
  if (key === null || typeof key === 'function') return key;
  if (!key?.trim()) {
    throw new OrgClientError(
      'The admin key is missing. Pass it as `new OrgClient({ adminAPIKey })`, or set the environment variable ' +
        'OPENAI_ADMIN_KEY. To send none on purpose, pass `adminAPIKey: null`.',
    );
  }
  return checkHeaderValue(key, 'adminAPIKey');
}

function resolveFetch(given: Fetch | undefined): Fetch {
  const fetch = given ?? globalThis.fetch;
  if (typeof fetch === 'function') return fetch;
  throw new OrgClientError(
    'There is no global `fetch` here: pass one as `new OrgClient({ fetch })`.',
  );
}

function parseBaseURL(text: string): { url: string; query: Query } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new OrgClientError(`baseURL must be an http(s) address, not ${JSON.stringify(text)}.`);
  }
  if (url.username || url.password) {
    throw new OrgClientError('baseURL must not hold credentials; pass the key as `adminAPIKey`.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OrgClientError(`baseURL must be an http(s) address, not ${JSON.stringify(text)}.`);
  }
  return { url: url.origin + url.pathname.replace(/\/+$/, ''), query: readQuery(url.search) };
}
