import type { Schema } from '../api/types.ts';

/** An initial value for a schema: its example, else the smallest valid value. */
export function draft(schema: Schema | undefined): unknown {
  if (!schema) return null;
  const { const: constant, example, examples, default: preset } = schema;
  const given = [constant, example, examples?.[0], preset, schema.enum?.[0]];
  const known = given.find((value) => value !== undefined);
  if (known !== undefined) return known;
  const type = [schema.type].flat()[0];
  if (type === 'object' || schema.properties) return draftObject(schema);
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return draftNumber(schema);
  if (type === 'boolean') return false;
  if (type === 'string') return '';
  if (type === 'null') return null;
  const [part] = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((parts) => parts ?? []);
  return draft(part);
}

/** Required properties only: the rest is a matter of taste. */
function draftObject({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  return Object.fromEntries(required.map((name) => [name, draft(properties[name])]));
}

function draftNumber({ format, minimum = 0 }: Schema): number {
  // Seconds since 1970, as `format` of several APIs names them.
  if (format !== undefined && /^unix-?time/.test(format)) return Math.floor(Date.now() / 1000);
  return minimum;
}
