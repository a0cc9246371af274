import {
  baseErrors,
  ClientError,
  type ErrorObject,
  errorIn,
  messageIn,
  type Sent,
} from '../server/errors.gen.ts';
import { hide } from './object.ts';

export { ClientError, type ErrorObject };

/** The request of a failed call. */
export interface RequestDetails {
  /** The HTTP method. */
  method: string;
  /** The full URL. Its query has the cursor to continue from. */
  url: string;
  /** How many requests were sent, the first one included. */
  attempts: number;
}

/** The error of a response, as the API writes it. A server that does not follow the API may send anything. */
export type ErrorBody = Partial<ErrorObject> & Record<string, unknown>;

/** The options of connection errors. */
interface ConnectionErrorOptions {
  message?: string | undefined;
  cause?: unknown;
}

/** The maximum length of a message, in characters: an error page may have megabytes. */
const maxMessage = 2_000;

/**
 * A call that failed. `status` tells an error response from a failure to get a response.
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
  THeaders extends Headers | undefined = Headers | undefined,
  TError = ErrorBody | undefined,
> extends ClientError {
  /** The HTTP status, or undefined if the server did not respond. */
  declare readonly status: TStatus;
  /** The headers of the response, or undefined if there was none. */
  declare readonly headers: THeaders;
  /** The `error` of the response's body, or the whole body if it has none. */
  declare readonly error: TError;
  /** The API's code for the error, such as `invalid_api_key`. */
  declare readonly code: ErrorBody['code'];
  /** The parameter that caused the error, if one did. */
  declare readonly param: ErrorBody['param'];
  /** The kind of error, such as `invalid_request_error`. */
  declare readonly type: ErrorBody['type'];
  /** The `x-request-id` of the response. Include it when you report a problem. */
  declare readonly requestID: string | null | undefined;
  /** The HTTP method of the request. */
  declare readonly method: string | undefined;
  /** The URL of the request. Its query has the `after` to continue from. */
  declare readonly url: string | undefined;
  /** How many times the request was sent. */
  declare readonly attempts: number | undefined;
  /** How many seconds the server asked to wait before the next attempt, if it did. */
  declare readonly retryAfter: number | undefined;

  /**
   * @param status the HTTP status
   * @param error the `error` of the response's body: any object, or a text
   * @param message the message if `error` is missing
   * @param headers the headers of the response
   */
  constructor(
    status: TStatus,
    error: TError | object | string | undefined,
    message: string | undefined,
    headers: THeaders,
  ) {
    super(describe(status, error, message));
    // The server may send anything: fields of other types are passed on as they are.
    const { code, param, type } = (error ?? {}) as ErrorBody;
    const requestID = headers?.get('x-request-id');
    const properties = { status, headers, error, code, param, type, requestID };
    for (const [name, value] of Object.entries(properties)) {
      hide(this, name, value, value !== undefined);
    }
  }

  /**
   * The error for a response, of the class that belongs to its status; without status or headers, an
   * {@link APIConnectionError}.
   *
   * @param body the parsed body of the response, whose `error` becomes the error's
   * @example throw APIError.generate(429, { error: { message: 'Slow down.' } }, undefined, new Headers());
   */
  static generate(
    status: number | undefined,
    body: unknown,
    message: string | undefined,
    headers: Headers | undefined,
  ): APIError {
    if (!status || !headers) return new APIConnectionError({ message, cause: body });
    return errorFor(status, errorIn(body as Sent), message, headers);
  }
}

/** The error for a response whose error was found, of the class that belongs to its status. */
export function errorFor(
  status: number,
  error: unknown,
  message: string | undefined,
  headers: Headers,
): APIError {
  const Class = byStatus[status] ?? (status >= 500 ? InternalServerError : APIError);
  return new (Class as typeof APIError)(status, error as ErrorBody, message, headers);
}

/** 400: a parameter is invalid; `param` names it. */
export class BadRequestError extends APIError<400, Headers> {}
/** 401: the key is missing or was not accepted. */
export class AuthenticationError extends APIError<401, Headers> {}
/** 403: the key is valid but lacks the permission. */
export class PermissionDeniedError extends APIError<403, Headers> {}
/** 404: the resource does not exist. */
export class NotFoundError extends APIError<404, Headers> {}
/** 409: the request conflicts with another one. Retried. */
export class ConflictError extends APIError<409, Headers> {}
/** 422: the request is well-formed but cannot be processed. */
export class UnprocessableEntityError extends APIError<422, Headers> {}
/** 429: too many requests; `retryAfter` is how long to wait. Retried. */
export class RateLimitError extends APIError<429, Headers> {}
/** 500 and above: the server failed. Retried. */
export class InternalServerError extends APIError<number, Headers> {}

/** The server could not be reached, or the connection broke before it responded. Retried; `cause` has the reason. */
export class APIConnectionError extends APIError<undefined, undefined, undefined> {
  constructor({ message, cause }: ConnectionErrorOptions = {}) {
    super(undefined, undefined, message || 'Connection error.', undefined);
    if (cause) this.cause = cause;
  }
}
/** An attempt took longer than `timeout`, headers and body together. Retried. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor({ message = 'Request timed out.', cause }: ConnectionErrorOptions = {}) {
    super({ message, cause });
  }
}
/** The caller's signal ended the call; `cause` is the signal's reason. Never retried. */
export class APIUserAbortError extends APIError<undefined, undefined, undefined> {
  constructor({ message, cause }: ConnectionErrorOptions = {}) {
    super(undefined, undefined, message || 'Request was aborted.', undefined);
    if (cause !== undefined) this.cause = cause;
  }
}
/**
 * The server reported success, but the body is cut off, too large, not JSON, or not the expected list.
 * None of its data is passed on, since some might be missing. Only a body that was cut off is retried.
 */
export class InvalidResponseError extends APIError<number, Headers> {}

/** Every class by its name: the statics of the client. */
export const classes: Record<string, { readonly prototype: Error }> = {
  ...baseErrors,
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
};

// On the prototypes, so that a minifier cannot change the names. The last name of a class is its own.
for (const [value, { prototype }] of Object.entries(classes)) {
  hide(prototype, 'name', value);
}

const byStatus: Record<number, unknown> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

function describe(status: number | undefined, error: unknown, message: string | undefined): string {
  const given = messageIn(error as Sent);
  const text = (given ? stringify(given) : error ? stringify(error, true) : message) ?? '';
  const short = text.length > maxMessage ? `${text.slice(0, maxMessage)}…` : text;
  if (status) return `${status} ${short || 'status code (no body)'}`;
  return short || '(no status code or body)';
}

/** A value as a message shows it: a text as JSON, of an object only the type. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Object(value) === value ? typeof value : String(value);
}

function stringify(value: unknown, quoted?: boolean): string | undefined {
  if (typeof value === 'string' && !quoted) return value;
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply, or a loop.
    return 'The error cannot be shown.';
  }
}
