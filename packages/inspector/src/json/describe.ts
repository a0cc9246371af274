import type { Schema } from '../api/types.ts';

/** A schema's type in few words: `string | null`, `integer[]`. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'any';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (parts.length > 0) return [...new Set(parts.map(typeOf))].join(' | ');
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length === 0) return schema.properties ? 'object' : 'any';
  return types.map((type) => (type === 'array' ? arrayOf(schema.items) : type)).join(' | ');
}

function arrayOf(items: Schema | undefined): string {
  const type = typeOf(items);
  return type.includes(' ') ? `(${type})[]` : `${type}[]`;
}

/** The constraints of a schema besides its type, each as a phrase: `1 to 100`, `default 20`. */
export function constraintsOf(schema: Schema | undefined): string[] {
  if (!schema) return [];
  const { minimum, maximum, minLength, maxLength, format } = schema;
  return [
    ...range(minimum, maximum, ''),
    ...range(minLength, maxLength, ' characters'),
    ...(schema.enum
      ? [`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`]
      : []),
    ...(format ? [format] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ];
}

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least !== undefined && most !== undefined) return [`${least} to ${most}${unit}`];
  if (least !== undefined) return [`at least ${least}${unit}`];
  return most === undefined ? [] : [`at most ${most}${unit}`];
}
