import type { API } from './api/api.ts';
import { apiOf } from './api/loaded.ts';
import type { Copy } from './copy/copy.ts';
import { checkCopyOptions } from './copy/options.ts';
import { createCore, extend, type MockCore } from './core.ts';
import type { Access } from './http/access.ts';
import { createFetch } from './http/fetch.ts';
import { addressOf, listen, stop } from './http/listen.ts';
import { createHTTPServer } from './http/server.ts';
import { loadAPI } from './load-api.ts';
import type { LoadedMockServer, LoadedServerOptions } from './loaded-mock.ts';
import type { MockServer } from './mock.ts';
import { checkOptions } from './options.ts';
import { checkServerOptions, type ServerOptions } from './server-options.ts';
import { api as ownAPI } from './spec.ts';

/**
 * Starts a mock that listens on a port of this machine. Rejects where the port is taken.
 *
 * @throws {TypeError} that says which option is invalid
 * @throws {Error} with a line for each problem of the document that `spec` names
 * @example
 * ```ts
 * await using mock = await startMock({ port: 4010, data: { users: 250 }, seed: 1 });
 * const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
 * ```
 */
export function startMock(options: LoadedServerOptions): Promise<LoadedMockServer>;
export function startMock(options?: ServerOptions): Promise<MockServer>;
export async function startMock(
  options: ServerOptions | LoadedServerOptions = {},
): Promise<MockServer | LoadedMockServer> {
  checkOptions(options, 'startMock');
  checkServerOptions(options);
  return (await startServer(options)).mock;
}

/** A mock that listens, and what the command does with it besides. */
export interface StartedServer extends Pick<MockCore, 'hideKeys' | 'reload' | 'setHandlers'> {
  mock: MockServer;
  /** The API that it serves now. */
  readonly api: API;
}

/** What `from` names, as a mock can begin with it. */
async function copyOf(
  { from, seed = 1 }: Pick<ServerOptions, 'from' | 'seed'>,
  api: API,
): Promise<Copy | undefined> {
  if (from === undefined) return undefined;
  // The client and what copies with it are loaded by those who copy.
  const { copyServer } = await import('./copy/copy.ts');
  const context = { env: process.env, isOwn: api === ownAPI, seed: String(seed) };
  return copyServer(api, checkCopyOptions(from), context);
}

/** Starts a mock whose options are checked already. */
export async function startServer(
  options: ServerOptions | LoadedServerOptions,
): Promise<StartedServer> {
  const { port = 0, host = '127.0.0.1', cors = true } = options;
  const given = options as { api?: unknown; spec?: string };
  let api = apiOf(given.spec === undefined ? given.api : await loadAPI(given.spec)) ?? ownAPI;
  const copy = await copyOf(options, api);
  const core = createCore(
    (copy ? { ...options, data: copy.snapshot } : options) as ServerOptions,
    api,
  );
  const access: Access = {
    boundHost: host,
    allowedHosts: options.allowedHosts ?? [],
    origins: cors === true ? [] : cors,
  };
  const server = createHTTPServer({
    respond: core.respond,
    fail: core.failTarget,
    isControl: core.isControl,
    access,
    requestTimeout: options.requestTimeout ?? 30_000,
  });
  await listen(server, port, host);
  const origin = addressOf(server);
  const close: MockServer['close'] = ({ grace = 0 } = {}) => stop(server, core, grace);
  const mock: MockServer = extend(core, {
    get url() {
      return origin + api.basePath;
    },
    copied: copy?.report,
    fetch: createFetch(core),
    close,
    [Symbol.asyncDispose]: () => close(),
  });
  return {
    mock,
    get api() {
      return api;
    },
    hideKeys: core.hideKeys,
    setHandlers: core.setHandlers,
    reload(next) {
      const problems = core.reload(next);
      api = next;
      return problems;
    },
  };
}
