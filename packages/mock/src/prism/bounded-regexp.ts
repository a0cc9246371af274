import { canInterrupt, expressionOf, isLinear, withinTime } from '@org/openapi';

/** Milliseconds that the patterns of one check may take altogether: much more than a busy machine needs for good ones. */
const budget = 500;

/** How many patterns were compiled that may take long. */
let found = 0;
/** The pattern that is being tried. */
let current = '';

/** A regular expression for Ajv that is known to {@link mayTakeLong} and {@link inTime}. */
export function boundedRegExp(source: string): { test(text: string): boolean } {
  const pattern = expressionOf(source);
  if (!pattern)
    throw new Error(`The pattern ${JSON.stringify(source)} is not a regular expression.`);
  if (isLinear(source)) return pattern;
  found += 1;
  // Ajv tells patterns apart by their text.
  return Object.assign(Object.create(null) as object, {
    toString: () => String(pattern),
    test(text: string) {
      current = source;
      return pattern.test(text);
    },
  });
}

/** Runs what compiles a schema, and says whether a pattern in it may take long. */
export function mayTakeLong(compile: () => void): boolean {
  const before = found;
  compile();
  return canInterrupt && found > before;
}

/**
 * Runs a check whose patterns may backtrack for minutes, such as `^([a-z]+-?)+$`, and interrupts it after half a
 * second.
 *
 * @returns the pattern at which it was interrupted, or undefined
 */
export function inTime(check: () => boolean): string | undefined {
  return withinTime(check, budget) === undefined ? current : undefined;
}
