import type { MockRequest } from './request.ts';
import type { MockResponse } from './response.ts';

/** Answers a request. @param signal gives what ends a delay; called only where there is one */
export type Respond = (
  request: MockRequest,
  signal?: () => AbortSignal | undefined,
) => Promise<MockResponse>;

/** An error, as whoever answers the target writes errors. */
export type Fail = (target: string, status: number, message: string) => MockResponse;

/** The most bytes that a request's body may have. */
export const largestBody: number = 1024 * 1024;
/** For a control endpoint, which takes snapshots. */
export const largestControlBody: number = 64 * 1024 * 1024;
/** The most bytes of a request's target and headers, as for Node.js. */
export const largestHead: number = 16 * 1024;
