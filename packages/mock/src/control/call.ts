import type { Query } from '../http/request.ts';

/** What an endpoint gets: path parameters, query, and the body, parsed. */
export interface Call {
  params: Record<string, string>;
  query: Query;
  /** The `Host` header. */
  host: string | undefined;
  /** @throws {ControlError} where it is not JSON */
  body(): unknown;
}
