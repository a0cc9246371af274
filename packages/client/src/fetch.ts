import type { paths } from '@org/types';
import type { Client } from 'openapi-fetch';
import { createHttp } from './core/http.ts';
import { type ClientOptions, resolveOptions } from './core/options.ts';
import { Exchange } from './core/transport.ts';

export type { ClientOptions } from './core/options.ts';

/**
 * The typed openapi-fetch client for every path of the spec, with this package's key, retries, timeouts and logs.
 * Use it for a path that has no method on `OrgClient` yet, or with what is made for openapi-fetch, such as
 * openapi-react-query. As with openapi-fetch, an error status is in the result's `error` and does not throw.
 *
 * @throws {OrgClientError} as `new OrgClient(options)` does
 * @example
 * ```ts
 * const api = createFetchClient();
 * const { data, error } = await api.GET('/organization/users', { params: { query: { limit: 50 } } });
 * ```
 */
export function createFetchClient(options: ClientOptions = {}): Client<paths> {
  const settings = resolveOptions(options);
  const { timeout, maxRetries, fetchOptions, transport } = settings;
  return createHttp(settings, async (url, given) => {
    const { signal, ...init } = given;
    const call = {
      url,
      init: { ...fetchOptions, ...init },
      authorize: !init.headers.has('authorization'),
      timeout,
      maxRetries,
      signals: signal ? [signal] : [],
    };
    const exchange = new Exchange(call, transport);
    const response = await exchange.send();
    // openapi-fetch reads the body by one of these: let it do so within the attempt's time.
    const text = () => exchange.text();
    return Object.defineProperties(response, {
      text: { value: text },
      json: { value: async () => JSON.parse(await text()) },
    });
  });
}
