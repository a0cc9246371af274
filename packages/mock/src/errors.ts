import type { IHttpOperation } from '@stoplight/types';
import { exampleError } from './engine/operations.ts';
import type { Diagnostic } from './engine/prism.ts';

/**
 * The API's error body. It starts from the spec's example for the status, or for the nearest status that has one, so
 * that kinds and codes are stated in the spec alone.
 */
export function errorBody(
  status: number,
  details: { message?: string; param?: string | null; code?: string | null } = {},
  operation?: IHttpOperation,
): { error: object } {
  const exact = exampleError(status, operation);
  const nearest = exact ?? { ...exampleError(status < 500 ? 400 : 500), param: null, code: null };
  return { error: { ...nearest, ...details } };
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
  if (first?.code === 415)
    return { status: 415, body: errorBody(415, { message: `${first.message}.` }) };
  const param = first?.path?.at(-1);
  if (first?.path?.[0] !== 'query' || param === undefined) {
    return {
      status: 400,
      body: errorBody(400, { message: `${first?.message}.`, param: null }, operation),
    };
  }
  // Prism's sentence begins with the parameter's place, which the message names already.
  const message = first.message.replace(/^Request \w+ parameter \S+ /, '');
  return { status: 400, body: invalidParameter(paramName(first), message, operation) };
}

/** The body of a 400 that names the parameter. */
export function invalidParameter(
  param: string,
  message: string,
  operation?: IHttpOperation,
): object {
  return errorBody(400, { message: `Invalid '${param}': ${message}.`, param }, operation);
}

/** `['query', 'emails', 0]` is about `emails`. */
function paramName({ path = [] }: Diagnostic): string {
  return String(path[1]);
}
