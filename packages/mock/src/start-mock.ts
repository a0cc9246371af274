import type { Access } from './http/access.ts';
import { createFetch } from './http/fetch.ts';
import { addressOf, listen, stop } from './http/listen.ts';
import { createHTTPServer } from './http/server.ts';
import { createCore, extend, type Mock } from './mock.ts';
import { checkOptions } from './options.ts';
import { checkServerOptions, type ServerOptions } from './server-options.ts';
import { api } from './spec.ts';

/** A mock that listens. */
export interface MockServer extends Mock {
  /** Where it listens, base path included: a client's `baseURL`. */
  readonly url: string;
  /**
   * Stops the mock. Calls after that are refused.
   *
   * @param options.grace Milliseconds that requests under way get to finish. Default: 0, they are cut off.
   */
  close(options?: { grace?: number }): Promise<void>;
}

/**
 * Starts a mock that listens on a port of this machine. Rejects where the port is taken.
 *
 * @throws {TypeError} that says which option is invalid
 * @example
 * ```ts
 * await using mock = await startMock({ port: 4010, data: { users: 250 }, seed: 1 });
 * const client = new OrgClient({ adminAPIKey: 'any', baseURL: mock.url });
 * ```
 */
export async function startMock(options: ServerOptions = {}): Promise<MockServer> {
  checkOptions(options, 'startMock');
  checkServerOptions(options);
  const { port = 0, host = '127.0.0.1', cors = true } = options;
  const core = createCore(options);
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
  const close: MockServer['close'] = ({ grace = 0 } = {}) => stop(server, core, grace);
  return extend(core, {
    url: addressOf(server) + api.basePath,
    fetch: createFetch(core),
    close,
    [Symbol.asyncDispose]: () => close(),
  });
}
