import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';

/** A request as Prism's validators and its mocker take it. */
export interface PrismRequest extends IHttpRequest {
  headers: Record<string, string>;
  /** What is wrong with a body that could not be parsed; `body` is missing then. */
  bodyError?: string;
}

/** An answer as Prism's validators take it. */
export type PrismAnswer = IHttpResponse;
