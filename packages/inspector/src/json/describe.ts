import type { Schema } from '../api/types.ts';
import { type Definitions, resolve } from './schema.ts';

/** An alternative may be the schema itself. */
const mostLevels = 8;

/** A schema's type in few words: `string | null`, `integer[]`. */
export function typeOf(given: Schema | undefined, definitions?: Definitions, depth = 0): string {
  const schema = resolve(given, definitions);
  if (!schema || depth > mostLevels) return 'any';
  const of = (one: Schema | undefined) => typeOf(one, definitions, depth + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (parts.length > 0) return [...new Set(parts.map(of))].join(' | ');
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0)
    return types.map((type) => (type === 'array' ? arrayOf(of(schema.items)) : type)).join(' | ');
  if (schema.properties) return 'object';
  return schema.allOf?.map(of).find((type) => type !== 'any') ?? 'any';
}

function arrayOf(type: string): string {
  return type.includes(' ') ? `(${type})[]` : `${type}[]`;
}

/** The constraints of a schema besides its type, each as a phrase: `1 to 100`, `default 20`. */
export function constraintsOf(given: Schema | undefined, definitions?: Definitions): string[] {
  const schema = resolve(given, definitions);
  if (!schema) return [];
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, format, pattern } = schema;
  const { multipleOf, default: preset } = schema;
  return [
    ...range(minimum, maximum, ''),
    ...range(minLength, maxLength, ' characters'),
    ...range(minItems, maxItems, ' items'),
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
    ...(schema.uniqueItems ? ['without duplicates'] : []),
    ...(schema.enum
      ? [`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`]
      : []),
    ...(format ? [format] : []),
    ...(pattern ? [`matches ${pattern}`] : []),
    ...(preset === undefined ? [] : [`default ${JSON.stringify(preset)}`]),
    ...(schema.readOnly ? ['read-only'] : []),
    ...(schema.writeOnly ? ['write-only'] : []),
    ...(schema.deprecated ? ['deprecated'] : []),
  ];
}

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least !== undefined && least === most) return [`${least}${unit}`];
  if (least !== undefined && most !== undefined) return [`${least} to ${most}${unit}`];
  if (least !== undefined) return [`at least ${least}${unit}`];
  return most === undefined ? [] : [`at most ${most}${unit}`];
}
