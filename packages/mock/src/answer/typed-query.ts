import type { IHttpOperation } from '@stoplight/types';
import { querySchema } from '../api/api.ts';
import { type Schema, shapeOf } from '../api/schema.ts';
import type { Query } from '../http/request.ts';

/** The parameters of an operation with the types that the spec gives them: numbers, booleans and arrays. */
export function typedQuery(operation: IHttpOperation, query: Query): Record<string, unknown> {
  const typed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    const schema = querySchema(operation, name);
    if (schema) typed[name] = typedValue(schema, value);
  }
  return typed;
}

function typedValue(schema: Schema, value: string | string[]): unknown {
  const [shape = {}] = shapeOf(schema).alternatives;
  const [type] = [shape.type ?? []].flat();
  if (type === 'array') {
    const items = Array.isArray(shape.items) || typeof shape.items !== 'object' ? {} : shape.items;
    return [value].flat().map((item) => typedValue(items, item));
  }
  if (type === 'integer' || type === 'number') return value === '' ? undefined : Number(value);
  if (type === 'boolean') return value === 'true';
  return value;
}
