import { defaultBaseURL } from '../server/server.gen.ts';
import type { TransportOptions } from './call.ts';
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

/** Every option of a client: others are warned of. */
const names = [
  'adminAPIKey',
  'organization',
  'project',
  'baseURL',
  'timeout',
  'maxRetries',
  'retryUnsafe',
  'maxRetryAfter',
  'onRetry',
  'maxResponseSize',
  'defaultHeaders',
  'defaultQuery',
  'arrayFormat',
  'fetch',
  'fetchOptions',
  'logger',
  'logLevel',
  'dangerouslyAllowBrowser',
] as const satisfies readonly (keyof ClientOptions)[];
const loopback = /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/i;

/** Fills in defaults and the environment; throws for what cannot work. */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const {
    adminAPIKey = readEnv('OPENAI_ADMIN_KEY'),
    organization = readEnv('OPENAI_ORG_ID') ?? null,
    project = readEnv('OPENAI_PROJECT_ID') ?? null,
    retryUnsafe = true,
    fetchOptions = {},
    arrayFormat = 'repeat',
  } = options;
  const address = `${options.baseURL ?? ''}`.trim() || readEnv('OPENAI_BASE_URL') || defaultBaseURL;
  if (!address) {
    throw new OrgClientError(
      'The API has no default address. Pass it as `new OrgClient({ baseURL })`.',
    );
  }
  const url = parseBaseURL(address);
  if (
    isBrowser() &&
    !(options.dangerouslyAllowBrowser || options.fetch || loopback.test(address))
  ) {
    throw new OrgClientError(
      'In a browser, everybody can read the admin key. Call the API from a server, or set `dangerouslyAllowBrowser: true` ' +
        'if that is safe.',
    );
  }
  // Looked up for each call, so that what replaces the global one later is used: Mock Service Worker, instrumentation.
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  if (typeof (options.fetch ?? globalThis.fetch) !== 'function') {
    throw new OrgClientError('No global `fetch` found: pass one as `new OrgClient({ fetch })`.');
  }
  if (arrayFormat !== 'repeat' && arrayFormat !== 'brackets') {
    throw new OrgClientError(
      `arrayFormat must be 'repeat' or 'brackets', not ${JSON.stringify(arrayFormat)}.`,
    );
  }
  const key = checkKey(adminAPIKey);
  const logger = options.logger ?? console;
  const logLevel = chooseLogLevel(options.logLevel, readEnv('OPENAI_LOG'), logger);
  warnUnknown(logger, logLevel, options, names, 'client option');
  const defaultHeaders = mergeHeaders(
    mergeHeaders({}, readHeaderLines(readEnv('OPENAI_CUSTOM_HEADERS') ?? '')),
    options.defaultHeaders,
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
    timeout: checkCount('timeout', options.timeout) ?? defaultTimeout,
    maxRetries: checkCount('maxRetries', options.maxRetries) ?? 2,
    retryUnsafe,
    maxRetryAfter: checkCount('maxRetryAfter', options.maxRetryAfter) ?? 60_000,
    maxResponseSize: checkCount('maxResponseSize', options.maxResponseSize) ?? 64_000_000,
    arrayFormat,
    logLevel,
    logger,
  };
  const given = { adminAPIKey: key, organization, project, baseURL: address, logLevel };
  return {
    ...settings,
    settings,
    source: { ...options, ...given, defaultHeaders },
    adminAPIKey: key,
    origin: url.origin,
    base: trimURL(url),
    onRetry: options.onRetry,
    headers: mergeHeaders(mergeHeaders({}, own), defaultHeaders),
    query: mergeQueries(readQuery(url.search), options.defaultQuery),
    fetch,
    // Each runtime has options of its own, which `RequestInit` does not list.
    fetchOptions: fetchOptions as RequestInit,
    log: createLog(logger, logLevel),
  };
}

/** Passes a whole number that is not negative; null and undefined stand for the default. */
export function checkCount(name: string, value: number | null | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && value >= 0) return value;
  throw new OrgClientError(`${name} must be a non-negative integer, not ${String(value)}.`);
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
