import type { Schema } from '../../api/schema.ts';
import { fits, rangeOf } from './fits.ts';
import { below, fraction, mix } from './random.ts';

/** How far numbers reach where the schema sets one bound or none. */
const reach = 1000;
/** From here on, a bound means none: those of `int32`, which the formats of numbers set. */
const tooFar = 2 ** 31 - 1;

/** Makes numbers within a schema's bounds. */
export function compileNumber(schema: Schema): (seed: number) => number {
  const { least, most, multipleOf } = rangeOf(schema);
  const types = [schema.type ?? 'number'].flat();
  const whole = !types.includes('number');
  // Exclusive bounds are left out by a step: the next multiple, the next integer or a small part of the range.
  const low = least > -tooFar ? least : Math.max(least, Math.min(0, most - reach));
  const high = most < tooFar ? most : Math.min(most, Math.max(low + reach, reach));
  const afterLow = isExclusive(schema.exclusiveMinimum, least);
  const beforeHigh = isExclusive(schema.exclusiveMaximum, most);
  const step = stepOf(multipleOf, whole);
  if (step !== undefined) {
    let first = Math.ceil(low / step);
    let last = Math.floor(high / step);
    if (afterLow && first * step === low) first += 1;
    if (beforeHigh && last * step === high) last -= 1;
    const count = Math.max(1, last - first + 1);
    const make = (seed: number) => round((first + below(count, seed)) * step);
    if (Number.isInteger(step)) return make;
    // Some multiples of a fraction are none to a program that divides them: 0.29 / 0.01 is 28.999999999999996.
    return (seed) => {
      for (let salt = 0; salt < 20; salt += 1) {
        const value = make(mix(seed, salt));
        if (fits(schema, value)) return value;
      }
      return make(seed);
    };
  }
  const span = high - low;
  return (seed) => {
    // Never 0 nor 1, so that both bounds may be exclusive.
    const part = (fraction(seed) * 998 + 1) / 1000;
    const value = low + part * span;
    const short = Math.round(value * 100) / 100;
    return short > low && short < high ? short : value;
  };
}

function stepOf(multipleOf: number | undefined, whole: boolean): number | undefined {
  if (multipleOf === undefined) return whole ? 1 : undefined;
  if (!whole || Number.isInteger(multipleOf)) return multipleOf;
  // The smallest integer that is a multiple as well.
  for (let factor = 1; factor <= 1000; factor += 1) {
    if (Number.isInteger(multipleOf * factor)) return multipleOf * factor;
  }
  return multipleOf;
}

/** A bound is exclusive by itself, or by a flag beside the inclusive one. */
function isExclusive(exclusive: number | boolean | undefined, bound: number): boolean {
  return exclusive === true || exclusive === bound;
}

/** Takes out what binary fractions add: 3 × 0.1 is 0.3. */
function round(value: number): number {
  return Number(value.toPrecision(15));
}
