import { clientName, defaultBaseURL, envPrefix, headerOptions } from '../server/server.gen.ts';
import { checkOptions, clientOptions, unknownOptions } from './arguments.ts';
import { type AuthOptions, auth, keyOption, keyVariable } from './auth.gen.ts';
import type { Fetch, TransportOptions } from './call.ts';
import { isBrowser, pageURL, readEnv } from './environment.ts';
import { ClientError, show } from './errors.ts';
import { type HeaderMap, mergeHeaders, readHeaderLines } from './headers.ts';
import { checkKey, missingKey, readHeaderEnv, wayOf } from './key.ts';
import {
  chooseLogLevel,
  createLog,
  type Logger,
  type LogLevel,
  logVariable,
  warnUnknown,
} from './log.ts';
import type { ClientOptions } from './options.ts';
import { type ArrayFormat, mergeQueries, type Query, readQuery } from './query.ts';
import { version } from './version.ts';

/** What a client shows of its options. */
interface Settings {
  baseURL: string;
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
  fetchOptions: RequestInit | undefined;
}

export const defaultTimeout = 600_000;
export const milliseconds = ' (milliseconds)';
const customHeaders = `${envPrefix}_CUSTOM_HEADERS`;
const baseVariable = `${envPrefix}_BASE_URL`;

const loopback = /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/i;

/** Fills in defaults and the environment; throws for what cannot work. */
export function resolveOptions(given: ClientOptions): ResolvedOptions {
  const options: ClientOptions = checkOptions(
    given,
    auth ? Object.keys(auth.options)[0] : keyOption,
  );
  const {
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
    fetchOptions,
    logger: output,
    logLevel,
    dangerouslyAllowBrowser,
  } = options;
  const unknown = unknownOptions(options, clientOptions);
  const own = `${baseURL ?? ''}`.trim();
  const address = own || readEnv(baseVariable) || (defaultBaseURL ?? '');
  // Bundlers leave this out where the spec has a default address.
  if (!defaultBaseURL && !address) {
    throw new ClientError(
      `The API has no default address. Pass it as \`new ${clientName}({ baseURL })\`.`,
    );
  }
  const url = parseBaseURL(address, own ? 'baseURL' : baseVariable);
  if (isBrowser() && !(dangerouslyAllowBrowser || fetch || loopback.test(address))) {
    throw new ClientError(
      'In a browser, everybody can read the key. If that is safe, set `dangerouslyAllowBrowser: true`.',
    );
  }
  // Looked up for each call, so that what replaces the global one later is used: Mock Service Worker, instrumentation.
  const send: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  checkFunction('fetch', fetch);
  checkFunction('onRetry', onRetry);
  if (!(fetch ?? globalThis.fetch)) {
    throw new ClientError(
      `No global \`fetch\` found: pass one as \`new ${clientName}({ fetch })\`.`,
    );
  }
  if (arrayFormat !== 'repeat' && arrayFormat !== 'brackets') {
    throw new ClientError(`arrayFormat must be 'repeat' or 'brackets', not ${show(arrayFormat)}.`);
  }
  const logger = output ?? console;
  const keys = auth
    ? auth.resolve(options, unknown)
    : { [keyOption]: checkKey(options[keyOption as keyof AuthOptions], keyOption, keyVariable) };
  if (!auth && keys[keyOption] === undefined)
    throw missingKey(wayOf(keyOption, keyVariable), keyOption, unknown);
  const level = chooseLogLevel(logLevel, readEnv(logVariable), logger);
  warnUnknown(logger, level, unknown);
  const headers = mergeHeaders(
    mergeHeaders({}, readHeaderLines(readEnv(customHeaders) ?? ''), ` in ${customHeaders}`),
    defaultHeaders,
  );
  // By the names of their options.
  const named: Record<string, string | null> = {};
  const standard: Record<string, string | undefined> = {
    'user-agent': isBrowser() ? undefined : `org-client/${version}`,
  };
  for (const [option, { header, env }] of Object.entries(headerOptions)) {
    // They are what `HeaderOptions` lists.
    const { [option]: value = readHeaderEnv(env) } = options as Record<string, string | null>;
    named[option] = value ?? null;
    standard[header] = value || undefined;
  }
  const settings = {
    // As it was given, without a query, which may hold a secret.
    baseURL: /^https?:/i.test(address) ? address.replace(/[?#].*/s, '') : trimURL(url),
    ...named,
    timeout: checkCount('timeout', timeout, defaultTimeout, milliseconds),
    maxRetries: checkCount('maxRetries', maxRetries, 2),
    retryUnsafe,
    maxRetryAfter: checkCount('maxRetryAfter', maxRetryAfter, 60_000, milliseconds),
    maxResponseSize: checkCount('maxResponseSize', maxResponseSize, 64_000_000, ' (bytes)'),
    arrayFormat,
    logLevel: level,
    logger,
  };
  return {
    ...settings,
    settings,
    source: {
      ...options,
      ...keys,
      ...named,
      baseURL: address,
      logLevel: level,
      defaultHeaders: headers,
    },
    keys,
    origin: url.origin,
    base: trimURL(url),
    onRetry,
    headers: mergeHeaders(mergeHeaders({}, standard), headers),
    query: mergeQueries(readQuery(url.search), defaultQuery),
    fetch: send,
    // Each runtime has options of its own, which `RequestInit` does not list.
    fetchOptions: fetchOptions as RequestInit | undefined,
    log: createLog(logger, level),
  };
}

function checkFunction(name: string, value: unknown): void {
  if (typeof (value ?? checkFunction) === 'function') return;
  throw new ClientError(`${name} must be a function, not ${show(value)}.`);
}

/** The value of an option, a whole number that is not negative; its default for null and undefined. */
export function checkCount(
  name: string,
  value: number | null | undefined,
  usual: number,
  unit = '',
): number {
  const chosen = value ?? usual;
  if (Number.isInteger(chosen) && chosen >= 0) return chosen;
  throw new ClientError(`${name} must be a non-negative integer${unit}, not ${show(value)}.`);
}

/** Parses the address of an API; an error names the option or variable that it comes from. */
export function parseBaseURL(text: string, source: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text, pageURL());
  } catch {
    // Reported below.
  }
  if (url?.username || url?.password) {
    throw new ClientError(`${source} must not contain credentials: pass the key as an option.`);
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    const shown = JSON.stringify(text.replace(/\/\/.*@/, '//***@'));
    throw new ClientError(`${source} must be an http(s) URL, not ${shown}.`);
  }
  return url;
}

/** The address without its query, and without a trailing slash. */
export function trimURL({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '');
}
