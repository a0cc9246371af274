import { apiOf } from './api/loaded.ts';
import { createCore, extend } from './core.ts';
import { createFetch } from './http/fetch.ts';
import type { LoadedMock, LoadedMockOptions } from './loaded-mock.ts';
import type { Mock } from './mock.ts';
import { checkOptions, type MockOptions } from './options.ts';
import { api as ownAPI } from './spec.ts';

/**
 * A mock in this process, with no socket: hand its `fetch` to a client.
 *
 * @throws {TypeError} that names the option that is invalid, or does not exist
 * @throws {ContractError} that names the item and the property of `data` that break the contract
 * @example
 * ```ts
 * await using mock = createMock({ data: { users: 250 } });
 * const client = new OrgClient({ adminAPIKey: 'any', fetch: mock.fetch });
 * ```
 */
export function createMock(options: LoadedMockOptions): LoadedMock;
export function createMock(options?: MockOptions): Mock;
export function createMock(options: MockOptions | LoadedMockOptions = {}): Mock | LoadedMock {
  checkOptions(options, 'createMock');
  const api = apiOf((options as { api?: unknown }).api) ?? ownAPI;
  // What the document of a loaded API says decides, whatever the types of the package's own say.
  const core = createCore(options as MockOptions, api);
  const close = async () => core.shut();
  return extend(core, { fetch: createFetch(core), close, [Symbol.asyncDispose]: close });
}
