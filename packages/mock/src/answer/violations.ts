import type { Operation } from '../api/api.ts';
import { type Diagnostic, plain } from '../prism/diagnostic.ts';
import type { ErrorDetails } from './error-body.ts';

/** The error for a request that breaks the contract; undefined where nothing refuses it. */
export function refusalOf(
  violations: readonly Diagnostic[],
  bodyError: string | undefined,
  operation: Operation,
): { status: number; details: ErrorDetails } | undefined {
  const errors = violations.filter(({ severity }) => severity === 0);
  if (errors.some(({ code }) => code === 401)) return { status: 401, details: {} };
  const mediaType = errors.find(({ code }) => code === 415);
  if (mediaType) return { status: 415, details: { message: `${mediaType.message}.` } };
  const status = invalidStatus(operation);
  if (bodyError) return { status, details: { message: bodyError, param: null } };
  const [first] = errors;
  if (!first) return undefined;
  const { place, param, message } = describe(first);
  return param === undefined
    ? { status, details: { message: `${message}.`, param: null } }
    : { status, details: { message: `Invalid '${param}': ${message}.`, param, place } };
}

/** The status for an invalid request: 422 where the operation describes that and no 400, as Prism does. */
function invalidStatus({ responses }: Operation): number {
  const has = (status: string) => responses.some(({ code }) => code === status);
  return has('422') && !has('400') ? 422 : 400;
}

/** The parameter or property that a violation is about, and what is wrong with it. */
function describe({ path = [], message, code }: Diagnostic): {
  place: string;
  param: string | undefined;
  message: string;
} {
  const [place = '', ...names] = path.map(String);
  const [, quoted] = /'([^']+)'$/.exec(message) ?? [];
  // A property that is missing, or should not be there, is named in the sentence alone.
  if (place === 'body' && code === 'required' && quoted !== undefined)
    return { place, param: [...names, quoted].join('.'), message: 'it is required' };
  if (place === 'body' && code === 'additionalProperties' && quoted !== undefined)
    return { place, param: [...names, quoted].join('.'), message: 'it is not a known property' };
  if (names.length === 0) return { place, param: undefined, message };
  // `['query', 'emails', 0]` is about `emails`.
  const param = place === 'body' ? names.join('.') : names[0];
  return { place, param, message: plain(message) };
}
