import type { ErrorObject } from '@org/types';

/** What a failed call knows about itself. */
export interface RequestDetails {
  /** The HTTP method. */
  method: string;
  /** The full address, whose query holds the cursor to go on from. */
  url: string;
  /** How many requests were sent, the first one included. */
  attempts: number;
}

/** The base of every error that this package makes, and what it throws for wrong options. */
export class OrgClientError extends Error {}

/**
 * A call that failed. `status` tells an answer of the server from a failure to get one.
 *
 * @example
 * ```ts
 * try {
 *   await client.admin.organization.users.list();
 * } catch (error) {
 *   if (error instanceof APIError) console.error(error.status, error.requestID, error.message);
 * }
 * ```
 */
export class APIError<
  TStatus extends number | undefined = number | undefined,
> extends OrgClientError {
  /** The HTTP status, or undefined where the server gave no answer. */
  readonly status: TStatus;
  /** The headers of the response, or undefined where there was none. */
  readonly headers: Headers | undefined;
  /** The `error` of the response's body, or the body as it is where it has none. */
  readonly error: unknown;
  /** The API's code for the error, for programs. */
  readonly code: string | null | undefined;
  /** The parameter that is at fault, if one is. */
  readonly param: string | null | undefined;
  /** The kind of error, as the API calls it. */
  readonly type: string | undefined;
  /** The `x-request-id` of the response; quote it when you report a problem. */
  readonly requestID: string | null | undefined;
  /** The HTTP method of the request. */
  readonly method: string | undefined;
  /** The address of the request, whose query holds the `after` to go on from. */
  readonly url: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number | undefined;
  /** How many seconds the server asked to wait before the next attempt, if it did. */
  readonly retryAfter: number | undefined;

  constructor(
    status: TStatus,
    error: unknown,
    message: string | undefined,
    headers: Headers | undefined,
    details: Partial<RequestDetails> & { retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(describe(status, error, message), 'cause' in details ? { cause: details.cause } : {});
    const body = (typeof error === 'object' ? error : undefined) as
      | Partial<ErrorObject>
      | null
      | undefined;
    this.status = status;
    this.headers = headers;
    this.error = error;
    this.code = body?.code;
    this.param = body?.param;
    this.type = body?.type;
    this.requestID = headers?.get('x-request-id');
    this.method = details.method;
    this.url = details.url;
    this.attempts = details.attempts;
    this.retryAfter = details.retryAfter;
  }
}

/** 400: a parameter is not as it must be; `param` names it. */
export class BadRequestError extends APIError<400> {}
/** 401: the admin key is missing or unknown. */
export class AuthenticationError extends APIError<401> {}
/** 403: the key is known but may not do this. */
export class PermissionDeniedError extends APIError<403> {}
/** 404: there is nothing at this address. */
export class NotFoundError extends APIError<404> {}
/** 409: the request conflicts with another one. Retried. */
export class ConflictError extends APIError<409> {}
/** 422: the request is well-formed but cannot be carried out. */
export class UnprocessableEntityError extends APIError<422> {}
/** 429: too many requests in too short a time; `retryAfter` says how long to wait. Retried. */
export class RateLimitError extends APIError<429> {}
/** 500 and above: the server failed, through no fault of the request. Retried. */
export class InternalServerError extends APIError<number> {}

/** The server could not be reached, or the connection broke before an answer. Retried; `cause` says more. */
export class APIConnectionError extends APIError<undefined> {}
/** An attempt took longer than `timeout`, headers and body together. Retried. */
export class APIConnectionTimeoutError extends APIConnectionError {}
/** The caller's signal ended the call; `cause` is the signal's reason. */
export class APIUserAbortError extends APIError<undefined> {}
/**
 * The server answered with success, but what it sent is cut off, is no JSON, or is no page of a list: nothing of
 * it is passed on, because part of the data would be missing without a word.
 */
export class InvalidResponseError extends APIError<number> {}

// On the prototypes, so that a minifier cannot change the names.
for (const [name, { prototype }] of Object.entries({
  OrgClientError,
  APIError,
  BadRequestError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  UnprocessableEntityError,
  RateLimitError,
  InternalServerError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIUserAbortError,
  InvalidResponseError,
})) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true });
}

// Each class narrows `status`, which its place in this table guarantees.
const byStatus = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
} as Record<number, unknown> as Record<number, typeof APIError>;

/** The error for a response that is no success. `body` is its text. */
export function statusError(
  response: Response,
  body: string,
  details: RequestDetails & { retryAfter?: number | undefined },
): APIError {
  const { status, headers } = response;
  const json = parse(body);
  const error = (json as { error?: unknown } | null | undefined)?.error ?? json;
  const serverError = InternalServerError as unknown as typeof APIError;
  const Class = byStatus[status] ?? (status >= 500 ? serverError : APIError);
  return new Class(status, error, json ? undefined : body, headers, details);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(status: number | undefined, error: unknown, message: string | undefined): string {
  const given = (error as { message?: unknown } | null | undefined)?.message;
  const text = given
    ? typeof given === 'string'
      ? given
      : JSON.stringify(given)
    : error
      ? JSON.stringify(error)
      : message;
  if (status) return `${status} ${text || 'status code (no body)'}`;
  return text || '(no status code or body)';
}
