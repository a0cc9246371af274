import type { Json } from './json.ts';

export type Schema = Json;

/** Several schemas that a value has to satisfy, most often one. Each is an object or a boolean. */
export type Schemas = readonly unknown[];

export const jsonTypes = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
/** The types of JSON values. An integer is a number with a constraint. */
export type JSONType = (typeof jsonTypes)[number];

export function typeOf(value: unknown): JSONType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value === 'bigint' ? 'number' : typeof value;
  return type === 'string' || type === 'boolean' || type === 'number' ? type : 'object';
}
