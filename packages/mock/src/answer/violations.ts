import type { Operation } from '../api/api.ts';
import { type Diagnostic, plain } from '../prism/diagnostic.ts';
import type { PrismRequest } from '../prism/request.ts';
import type { ErrorDetails } from './error-body.ts';

/**
 * Prism takes a body that could not be parsed, and JSON such as `null` or `0`, for a body that is missing.
 *
 * @param validate what is wrong with a body by the document
 */
export function correctMissing(
  found: readonly Diagnostic[],
  { body, bodyError }: PrismRequest,
  validate: (body: unknown) => readonly Diagnostic[],
): readonly Diagnostic[] {
  if (bodyError === undefined && (body === undefined || body)) return found;
  const others = found.filter(({ path, code }) => path !== undefined || code !== 'required');
  if (bodyError !== undefined) return [aboutBody(bodyError), ...others];
  if (others.length === found.length) return found;
  const broken = validate(body).map(({ message }) => aboutBody(`Request body ${plain(message)}`));
  return [...broken, ...others];
}

function aboutBody(message: string): Diagnostic {
  return { message, severity: 0, path: ['body'], code: 'body' };
}

/** The error for a request that breaks the contract; undefined where nothing refuses it. */
export function refusalOf(
  violations: readonly Diagnostic[],
  operation: Operation,
): { status: number; details: ErrorDetails } | undefined {
  const errors = violations.filter(({ severity }) => severity === 0);
  if (errors.some(({ code }) => code === 401)) return { status: 401, details: {} };
  const mediaType = errors.find(({ code }) => code === 415);
  if (mediaType) return { status: 415, details: { message: `${mediaType.message}.` } };
  const status = invalidStatus(operation);
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
  const isWhole = names.length === 0 && place !== '';
  if ((place === 'body' || isWhole) && code === 'required' && quoted !== undefined)
    return { place, param: [...names, quoted].join('.'), message: 'it is required' };
  if (place === 'body' && code === 'additionalProperties' && quoted !== undefined)
    return { place, param: [...names, quoted].join('.'), message: 'it is not a known property' };
  if (names.length === 0) return { place, param: undefined, message };
  // `['query', 'emails', 0]` is about `emails`.
  const param = place === 'body' ? names.join('.') : names[0];
  return { place, param, message: plain(message) };
}
