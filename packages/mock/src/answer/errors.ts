import type { IHttpOperation } from '@stoplight/types';
import { api, responseExample } from '../api/api.ts';
import type { Diagnostic } from '../prism/diagnostic.ts';
import { plain } from '../state/contract.ts';

/** What an error's body says besides what the spec's example says. */
export interface ErrorDetails {
  message?: string;
  param?: string | null;
  code?: string | null;
}

/**
 * The API's error body. It starts from the spec's example for the status, or for the nearest status that has one, so
 * that kinds and codes are stated in the spec alone.
 *
 * @param operation whose examples come first; the other operations' follow
 */
export function errorBody(
  status: number,
  details: ErrorDetails = {},
  operation?: IHttpOperation,
): { error: object } {
  const exact = exampleError(status, operation);
  const nearest = exact ?? {
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    ...exampleError(status < 500 ? 400 : 500, operation),
    message: defaultMessage(status),
    param: null,
    code: null,
  };
  return { error: { ...nearest, ...details } };
}

function exampleError(status: number, operation: IHttpOperation | undefined): object | undefined {
  for (const candidate of operation ? [operation, ...api.operations] : api.operations) {
    const example = responseExample(candidate, status);
    if (typeof example !== 'object' || example === null || !('error' in example)) continue;
    if (typeof example.error === 'object' && example.error) return example.error;
  }
  return undefined;
}

/** A sentence for a status that the spec has no example for. */
function defaultMessage(status: number): string {
  const known: Record<number, string> = {
    404: 'Nothing exists at this path.',
    405: 'The path does not allow this method.',
    406: 'No representation of the answer is acceptable.',
    408: 'The request took too long.',
    409: 'The request conflicts with the current state.',
    413: 'The body is too large.',
    415: 'The content type is not supported.',
    422: 'The request cannot be processed.',
    429: 'Too many requests.',
  };
  return known[status] ?? (status < 500 ? 'The request failed.' : 'The server failed.');
}

/** The status and the body for a request that breaks the contract. */
export function violationResponse(
  violations: readonly Diagnostic[],
  operation: IHttpOperation,
): { status: number; body: object } {
  const errors = violations.filter(({ severity }) => severity === 0);
  const security = errors.find(({ code }) => code === 401);
  if (security) return { status: 401, body: errorBody(401, {}, operation) };
  const [first] = errors;
  if (!first) return { status: 400, body: errorBody(400, { param: null }, operation) };
  if (first.code === 415)
    return { status: 415, body: errorBody(415, { message: `${first.message}.` }, operation) };
  const { param, message } = describeViolation(first);
  if (param === undefined) {
    return {
      status: 400,
      body: errorBody(400, { message: `${message}.`, param: null }, operation),
    };
  }
  return { status: 400, body: invalidParameter(param, message, operation) };
}

/** The body of a 400 that names the parameter, or the body's property. */
export function invalidParameter(
  param: string,
  message: string,
  operation?: IHttpOperation,
): object {
  return errorBody(400, { message: `Invalid '${param}': ${message}.`, param }, operation);
}

/** The parameter or property that a violation is about, and what is wrong with it. */
function describeViolation({ path = [], message, code }: Diagnostic): {
  param: string | undefined;
  message: string;
} {
  const [place, ...names] = path.map(String);
  const [, quoted] = /'([^']+)'$/.exec(message) ?? [];
  // A property that is missing, or should not be there, is named in the sentence alone.
  if (place === 'body' && code === 'required' && quoted !== undefined)
    return { param: [...names, quoted].join('.'), message: 'it is required' };
  if (place === 'body' && code === 'additionalProperties' && quoted !== undefined)
    return { param: [...names, quoted].join('.'), message: 'it is not a known property' };
  if (names.length === 0) return { param: undefined, message };
  // `['query', 'emails', 0]` is about `emails`.
  const param = place === 'body' ? names.join('.') : names[0];
  return { param, message: plain(message) };
}
