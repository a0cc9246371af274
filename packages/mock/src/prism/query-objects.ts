import * as deserializers from '@stoplight/prism-http/dist/validator/deserializers/index.js';
import { type Schema, shapeOf } from '../api/schema.ts';
import type { Query } from '../http/request.ts';
import { type Field, gather, isNested } from '../lib/bracketed.ts';

// Prism writes all names of a query in lower case before it looks for those of an object's properties, knows an array or
// an object by `type` alone, which null may stand beside, and makes an empty object of one that is not there.

type Read = (
  name: string,
  parameters: Query,
  schema: Schema | undefined,
  explode: boolean,
) => unknown;

// Prism's own type of a schema is narrower than what documents have.
type Style = 'form' | 'deepObject' | 'pipeDelimited' | 'spaceDelimited';
const query = deserializers.query as unknown as Record<Style, Read>;
const { form } = query;

/** The query that is being validated, as it was sent: Prism's validators are synchronous. */
let sent: Query = {};

/** Validates with Prism what has this query. */
export function withQuery<T>(given: Query, validate: () => T): T {
  const before = sent;
  sent = given;
  try {
    return validate();
  } finally {
    sent = before;
  }
}

query.form = (name, parameters, schema, explode) => {
  const type = typeOf(schema);
  if (type !== 'object' || !explode)
    return form(name, parameters, { ...schema, ...(type ? { type } : {}) }, explode);
  const names = new Set(
    shapeOf(schema).alternatives.flatMap(({ properties }) => Object.keys(properties ?? {})),
  );
  const pairs = Object.entries(sent).filter(([key]) => names.has(key));
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
};

// Prism throws for all but arrays, and splits at `%20`, which is a space by then.
const separators = { pipeDelimited: '|', spaceDelimited: ' ' } as const;
for (const style of ['pipeDelimited', 'spaceDelimited'] as const) {
  query[style] = (name, parameters, schema, explode) => {
    const value = parameters[name];
    const type = typeOf(schema);
    if (value === undefined || type === undefined) return value;
    const parts = [value].flat().flatMap((one) => (explode ? one : one.split(separators[style])));
    if (type === 'array') return parts;
    return Object.fromEntries(parts.flatMap((part, i) => (i % 2 ? [] : [[part, parts[i + 1]]])));
  };
}

query.deepObject = (name, parameters, schema) => {
  const pairs = Object.entries(sent).flatMap(([key, value]): [string, string][] =>
    key.toLowerCase().startsWith(`${name}[`)
      ? [value].flat().map((one) => [name + key.slice(name.length), one])
      : [],
  );
  const object = gather(pairs)[name];
  return object === undefined ? parameters[name] : withArrays(object, schema);
};

/** An object whose names are indexes is an array, `a[0]=1&a[1]=2`, and so is a text where the schema wants one. */
function withArrays(field: Field, schema: Schema | boolean | undefined): unknown {
  const { alternatives } = shapeOf(schema);
  if (typeof field === 'string') return typeOf(schema) === 'array' ? [field] : field;
  const items = alternatives.find((one) => one.items)?.items;
  const element = Array.isArray(items) ? undefined : items;
  if (Array.isArray(field)) return field.map((one) => withArrays(one, element));
  if (!isNested(field)) return field;
  const entries = Object.entries(field);
  if (entries.every(([name], i) => name === String(i)))
    return entries.map(([, value]) => withArrays(value, element));
  const properties = Object.assign({}, ...alternatives.map((one) => one.properties));
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      withArrays(value, Object.hasOwn(properties, name) ? properties[name] : undefined),
    ]),
  );
}

/** `array` or `object` where a schema allows only that, or null. */
function typeOf(schema: Schema | boolean | undefined): 'array' | 'object' | undefined {
  const types = new Set(
    shapeOf(schema).alternatives.flatMap(
      ({ type, properties }) => type ?? (properties ? 'object' : 'any'),
    ),
  );
  const [type] = types;
  return types.size === 1 && (type === 'array' || type === 'object') ? type : undefined;
}
