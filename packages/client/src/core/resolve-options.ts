import { defaultBaseURL } from '../server/server.gen.ts';
import type { Fetch, TransportOptions } from './call.ts';
import { isBrowser, pageURL, readEnv } from './environment.ts';
import { OrgClientError } from './errors.ts';
import { type HeaderMap, mergeHeaders, readHeaderLines } from './headers.ts';
import { checkKey } from './key.ts';
import { chooseLogLevel, createLog, type Logger, type LogLevel, warnUnknown } from './log.ts';
import type { ClientOptions } from './options.ts';
import { type ArrayFormat, mergeQueries, type Query, readQuery } from './query.ts';
import { version } from './version.ts';

/** What a client shows of its options. */
interface Settings {
  baseURL: string;
  organization: string | null;
  project: string | null;
  timeout: number;
  maxRetries: number;
  retryUnsafe: boolean;
  maxRetryAfter: number;
  maxResponseSize: number;
  arrayFormat: ArrayFormat;
  logLevel: LogLevel;
  logger: Logger;
}

/** Options with every default filled in and every value checked. */
export interface ResolvedOptions extends Settings, TransportOptions {
  settings: Settings;
  /** The address that paths follow: without a trailing slash and without a query. */
  base: string;
  /** The options as they were given, with what the environment said filled in: a copy of a client starts from here. */
  source: ClientOptions;
  headers: HeaderMap;
  query: Query;
  /** Each runtime has its own; it is the caller's to know which. */
  fetchOptions: RequestInit;
}

export const defaultTimeout = 600_000;

const loopback = /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/i;

/** Fills in defaults and the environment; throws for what cannot work. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const {
    adminAPIKey = readEnv('OPENAI_ADMIN_KEY'),
    organization = readEnv('OPENAI_ORG_ID') ?? null,
    project = readEnv('OPENAI_PROJECT_ID') ?? null,
    baseURL,
    timeout,
    maxRetries,
    retryUnsafe = true,
    maxRetryAfter,
    onRetry,
    maxResponseSize,
    defaultHeaders,
    defaultQuery,
    arrayFormat = 'repeat',
    fetch,
    fetchOptions = {},
    logger: given,
    logLevel,
    dangerouslyAllowBrowser,
    ...rest
  } = options;
  // The compiler refuses an option of `ClientOptions` that is missing above.
  const others: Record<keyof typeof rest, never> = rest;
  const address = `${baseURL ?? ''}`.trim() || readEnv('OPENAI_BASE_URL') || (defaultBaseURL ?? '');
  // Bundlers leave this out where the spec has a default address.
  if (!defaultBaseURL && !address) {
    throw new OrgClientError(
      'The API has no default address. Pass it as `new OrgClient({ baseURL })`.',
    );
  }
  const url = parseBaseURL(address);
  if (isBrowser() && !(dangerouslyAllowBrowser || fetch || loopback.test(address))) {
    throw new OrgClientError(
      'In a browser, everybody can read the admin key. Call the API from a server, or set `dangerouslyAllowBrowser: true` ' +
        'if that is safe.',
    );
  }
  // Looked up for each call, so that what replaces the global one later is used: Mock Service Worker, instrumentation.
  const send: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  if (typeof (fetch ?? globalThis.fetch) !== 'function') {
    throw new OrgClientError('No global `fetch` found: pass one as `new OrgClient({ fetch })`.');
  }
  if (arrayFormat !== 'repeat' && arrayFormat !== 'brackets') {
    throw new OrgClientError(
      `arrayFormat must be 'repeat' or 'brackets', not ${JSON.stringify(arrayFormat)}.`,
    );
  }
  const key = checkKey(adminAPIKey);
  const logger = given ?? console;
  const level = chooseLogLevel(logLevel, readEnv('OPENAI_LOG'), logger);
  warnUnknown(logger, level, Object.keys(others), 'client option');
  const headers = mergeHeaders(
    mergeHeaders({}, readHeaderLines(readEnv('OPENAI_CUSTOM_HEADERS') ?? '')),
    defaultHeaders,
  );
  const own = {
    accept: 'application/json',
    'user-agent': isBrowser() ? undefined : `org-client/${version}`,
    'openai-organization': organization || undefined,
    'openai-project': project || undefined,
  };
  const settings = {
    // As it was given, without a query, which may hold a secret.
    baseURL: /^https?:/i.test(address) ? address.replace(/[?#].*/s, '') : trimURL(url),
    organization,
    project,
    timeout: checkCount({ timeout }, defaultTimeout),
    maxRetries: checkCount({ maxRetries }, 2),
    retryUnsafe,
    maxRetryAfter: checkCount({ maxRetryAfter }, 60_000),
    maxResponseSize: checkCount({ maxResponseSize }, 64_000_000),
    arrayFormat,
    logLevel: level,
    logger,
  };
  return {
    ...settings,
    settings,
    source: {
      ...options,
      adminAPIKey: key,
      organization,
      project,
      baseURL: address,
      logLevel: level,
      defaultHeaders: headers,
    },
    adminAPIKey: key,
    origin: url.origin,
    base: trimURL(url),
    onRetry,
    headers: mergeHeaders(mergeHeaders({}, own), headers),
    query: mergeQueries(readQuery(url.search), defaultQuery),
    fetch: send,
    // Each runtime has options of its own, which `RequestInit` does not list.
    fetchOptions: fetchOptions as RequestInit,
    log: createLog(logger, level),
  };
}

/** The value of an option, as `{ name: value }`: a whole number that is not negative, or null or undefined for the default. */
export function checkCount(
  option: Record<string, number | null | undefined>,
  usual: number,
): number {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || value === null) continue;
    if (Number.isInteger(value) && value >= 0) return value;
    throw new OrgClientError(`${name} must be a non-negative integer, not ${String(value)}.`);
  }
  return usual;
}

/** Parses the address of an API. */
export function parseBaseURL(text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text, pageURL());
  } catch {
    // Reported below.
  }
  if (url?.username || url?.password) {
    throw new OrgClientError(
      'baseURL must not contain credentials: pass the key as `adminAPIKey`.',
    );
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    const shown = JSON.stringify(text.replace(/\/\/.*@/, '//***@'));
    throw new OrgClientError(`baseURL must be an http(s) URL, not ${shown}.`);
  }
  return url;
}

/** The address without its query, and without a trailing slash. */
export function trimURL({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '');
}
