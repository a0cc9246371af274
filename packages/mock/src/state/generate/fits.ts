import { matchesPattern } from '@org/openapi';
import type { Schema } from '../../api/schema.ts';

/** Whether a string, number or boolean is what a schema's own keywords allow; formats are not looked at. */
export function fits(schema: Schema, value: unknown): boolean {
  if ('const' in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (!hasType(schema.type, value)) return false;
  if (typeof value === 'string') return fitsText(schema, value);
  if (typeof value === 'number') return fitsNumber(schema, value);
  return true;
}

/** Whether a value has the type, or one of the types. */
export function hasType(type: Schema['type'], value: unknown): boolean {
  if (type === undefined) return true;
  const types = typeof type === 'string' ? [type] : type;
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  if (Array.isArray(value)) return types.includes('array');
  return types.includes(value === null ? 'null' : typeof value);
}

function fitsText({ minLength = 0, maxLength = Infinity, pattern }: Schema, text: string): boolean {
  // A character beyond 16 bits counts once, though it is two code units: that matters near a bound alone.
  if (text.length > maxLength || text.length < minLength * 2) {
    const length = [...text].length;
    if (length < minLength || length > maxLength) return false;
  }
  return pattern === undefined || matchesPattern(pattern, text);
}

function fitsNumber(schema: Schema, value: number): boolean {
  const { least, most, multipleOf } = rangeOf(schema);
  if (value < least || value > most) return false;
  if (value === least && isExclusive(schema, 'Minimum', value)) return false;
  if (value === most && isExclusive(schema, 'Maximum', value)) return false;
  return multipleOf === undefined || Number.isInteger(value / multipleOf);
}

function isExclusive(schema: Schema, side: 'Minimum' | 'Maximum', value: number): boolean {
  const exclusive = schema[`exclusive${side}`];
  return exclusive === true || exclusive === value;
}

/** The numbers that a schema allows, whether or not its bounds are among them. */
export function rangeOf(schema: Schema): {
  least: number;
  most: number;
  multipleOf: number | undefined;
} {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const numbers = (...bounds: unknown[]) => bounds.filter((bound) => typeof bound === 'number');
  return {
    least: Math.max(-Infinity, ...numbers(minimum, exclusiveMinimum)),
    most: Math.min(Infinity, ...numbers(maximum, exclusiveMaximum)),
    multipleOf,
  };
}
