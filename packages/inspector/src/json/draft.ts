import type { Schema } from '../api/types.ts';
import { isObject } from './is-object.ts';
import { type Definitions, resolve } from './schema.ts';

/** A schema may require itself. */
const mostLevels = 8;

/** An initial value for a schema: its example, else the smallest valid value. */
export function draft(
  given: Schema | undefined,
  definitions: Definitions = given?.__bundled__,
  depth = 0,
): unknown {
  const schema = resolve(given, definitions);
  if (!schema || depth > mostLevels) return null;
  const { const: constant, example, examples, default: preset } = schema;
  const known = [constant, example, examples?.[0], preset, schema.enum?.[0]].find(
    (value) => value !== undefined,
  );
  if (known !== undefined) return known;
  const { allOf, anyOf, oneOf } = schema;
  if (allOf) {
    const parts = allOf.map((part) => draft(part, definitions, depth + 1));
    const objects = [draftObject(schema, definitions, depth), ...parts].filter(isObject);
    return objects.length > 1 ? Object.assign({}, ...objects) : parts[0];
  }
  const type = [schema.type].flat()[0];
  if (type === 'object' || schema.properties) return draftObject(schema, definitions, depth);
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return draftNumber(schema);
  if (type === 'boolean') return false;
  if (type === 'string') return '';
  if (type === 'null') return null;
  const [part] = [...(anyOf ?? []), ...(oneOf ?? [])];
  return draft(part, definitions, depth + 1);
}

/** Required properties only: the rest is a matter of taste. */
function draftObject(
  { properties = {}, required = [] }: Schema,
  definitions: Definitions,
  depth: number,
): Record<string, unknown> {
  const known = required.filter((name) => Object.hasOwn(properties, name));
  return Object.fromEntries(
    known.map((name) => [name, draft(properties[name], definitions, depth + 1)]),
  );
}

function draftNumber({ format, minimum = 0 }: Schema): number {
  // Seconds since 1970, as `format` of several APIs names them.
  if (format !== undefined && /^unix-?time/.test(format)) return Math.floor(Date.now() / 1000);
  return minimum;
}
