import type { ErrorObject, ValidateFunction } from 'ajv';

/** What a compiled schema said about a value. */
interface Verdict {
  value: unknown;
  isValid: boolean;
  errors: ErrorObject[] | null;
  evaluated: object | undefined;
}

/** The part of a compiled function of Ajv's that its callers use. */
type Check = Pick<ValidateFunction, 'errors' | 'evaluated'> &
  ((this: unknown, value: unknown, place?: { instancePath?: string }) => unknown);

/** Errors that one schema reports to the schemas that refer to it. */
const mostErrors = 50;

/** What the check in progress has found so far: by schema, and by object or the place of another value. */
let verdicts = new Map<Check, Map<unknown, Verdict>>();

/** Forgets the verdicts of the previous check: values may have changed. */
export function forgetVerdicts(): void {
  if (verdicts.size > 0) verdicts = new Map();
}

/**
 * A check that remembers its verdict on each value. Where unions consist of unions, a value is compared with the same
 * schema once for each way that leads to it, and the ways are exponential in number. So are the errors: when asked again,
 * it reports the first.
 */
export function remembered(check: Check): Check {
  const asked: Check = function (this: unknown, value, place) {
    const isObject = typeof value === 'object' && value !== null;
    const key: unknown = isObject ? value : (place?.instancePath ?? '');
    let known = verdicts.get(check);
    if (!known) {
      known = new Map();
      verdicts.set(check, known);
    }
    const before = known.get(key);
    // The names of properties are checked at the place of their object.
    if (before && Object.is(before.value, value)) {
      check.errors = before.errors?.slice(0, 1) ?? null;
      if (before.evaluated && check.evaluated) Object.assign(check.evaluated, before.evaluated);
      return before.isValid;
    }
    const isValid = check.call(this, value, place) === true;
    // The outermost schema has no place: all of its errors are reported.
    if (place) check.errors = check.errors?.slice(0, mostErrors) ?? null;
    const { errors = null, evaluated } = check;
    known.set(key, { value, isValid, errors, evaluated: evaluated && { ...evaluated } });
    return isValid;
  };
  // The compiled code knows itself by the inner function, and others by this one.
  for (const name of ['errors', 'evaluated'] as const) {
    Object.defineProperty(asked, name, {
      get: () => check[name],
      set: (value: never) => {
        check[name] = value;
      },
    });
  }
  return asked;
}

/** Wraps the function that Ajv has compiled, as its option `code.process`. */
export function rememberVerdicts(code: string): string {
  const start = 'return function validate';
  const at = code.indexOf(start);
  if (at < 0) return code;
  const compiled = code.slice(at + 'return '.length);
  return `${code.slice(0, at)}return self.opts.code.remembered(${compiled});`;
}
