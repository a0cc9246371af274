/** Integers beyond the exact range of floating point, by the object or array that contains them. */
const exact = new WeakMap<object, Map<string, bigint>>();

/** Records the digits of a number that floating point cannot represent. */
export function markExact(holder: object, key: string, value: bigint): void {
  const known = exact.get(holder) ?? new Map<string, bigint>();
  exact.set(holder, known.set(key, value));
}

/** The exact number, if floating point cannot represent it: 9223372036854775807 is 2⁶³ - 1. */
export function exactAt(holder: object, key: string | number): bigint | undefined {
  return exact.get(holder)?.get(String(key));
}

/** The value at a key: a bigint if floating point cannot represent it. */
export function writtenAt(holder: object, key: string | number): unknown {
  return exactAt(holder, key) ?? (holder as Record<string, unknown>)[key];
}

/** Notes that a copy was written as the original was. */
export function copyExact(original: object, copy: object): void {
  const known = exact.get(original);
  if (known) exact.set(copy, known);
}

/** Negative if `a` is less than `b`, positive if it is more. Inexact numbers are compared as floating point. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  const [left, right] = typeof a === typeof b ? [a, b] : [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether an integer has to be written down to be kept. */
export function isInexact(text: string): boolean {
  return /^[-+]?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}
