/** The part of JSON Schema that the mock reads for itself; validation is Prism's. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  /** As OpenAPI 3.0 writes it. */
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  /** A number as of draft 6, a flag on `minimum` before. */
  exclusiveMinimum?: number | boolean;
  exclusiveMaximum?: number | boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  required?: string[];
  properties?: Record<string, Schema | boolean>;
  additionalProperties?: Schema | boolean;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema | boolean | (Schema | boolean)[];
  prefixItems?: (Schema | boolean)[];
  additionalItems?: Schema | boolean;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  oneOf?: (Schema | boolean)[];
  anyOf?: (Schema | boolean)[];
  allOf?: (Schema | boolean)[];
  writeOnly?: boolean;
  'x-faker'?: string | Record<string, unknown>;
  'x-mock'?: { chance?: number; after?: string; when?: string };
}

/** What a schema with compositions comes down to: the alternatives, of which a value is one. */
export interface Shape {
  /** Whether null is a value as well. */
  nullable: boolean;
  /** Each without `$ref`, `allOf`, `anyOf`, `oneOf` and null; none of them where null is the only value. */
  alternatives: Schema[];
}

const shapes = new WeakMap<object, Shape>();

/** Reads a schema: references followed, `allOf` merged, null taken out however it is spelled. */
export function shapeOf(schema: Schema | boolean | undefined, root?: object): Shape {
  if (typeof schema !== 'object') return { nullable: false, alternatives: [{}] };
  const known = shapes.get(schema);
  if (known) return known;
  const shape = readShape(schema, root ?? schema, new Set());
  shapes.set(schema, shape);
  return shape;
}

/** The first alternative of a schema that is an object with properties, or undefined. */
export function objectOf(schema: Schema | boolean | undefined): Schema | undefined {
  return shapeOf(schema).alternatives.find(({ properties }) => properties !== undefined);
}

/** The schema of a property, or undefined. */
export function propertyOf(
  schema: Schema | boolean | undefined,
  name: string,
): Schema | boolean | undefined {
  const { properties } = objectOf(schema) ?? {};
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function readShape(given: Schema, root: object, seen: Set<Schema>): Shape {
  const schema = follow(given, root, seen);
  const { allOf, anyOf, oneOf, nullable, ...own } = schema;
  let alternatives: Schema[] = [own];
  // `nullable` belongs to the type beside it; the parts of a composition say for themselves.
  let mayBeNull = nullable === true || allowsNull(own) || !restrictsType(own);
  for (const part of allOf ?? []) {
    if (typeof part !== 'object') continue;
    const shape = readShape(part, root, seen);
    mayBeNull = mayBeNull && shape.nullable;
    alternatives = cross(alternatives, shape.alternatives);
  }
  for (const choices of [anyOf, oneOf]) {
    if (!choices) continue;
    const read = choices.map((part) =>
      typeof part === 'object'
        ? readShape(part, root, seen)
        : { nullable: part, alternatives: part ? [{}] : [] },
    );
    mayBeNull = mayBeNull && read.some((shape) => shape.nullable);
    alternatives = cross(
      alternatives,
      read.flatMap((shape) => shape.alternatives),
    );
  }
  const bare = !(allOf || anyOf || oneOf || restrictsType(own) || nullable);
  return {
    nullable: mayBeNull && !bare,
    alternatives: alternatives.map(withoutNull).filter((one) => one !== undefined),
  };
}

function follow(schema: Schema, root: object, seen: Set<Schema>): Schema {
  if (schema.$ref === undefined) return schema;
  if (seen.has(schema)) return {};
  seen.add(schema);
  let target: unknown = schema.$ref.startsWith('#') ? root : undefined;
  for (const part of schema.$ref.replace(/^#\/?/, '').split('/')) {
    if (part === '') continue;
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    target = (target as Record<string, unknown> | undefined)?.[name];
  }
  const { $ref, ...beside } = schema;
  return typeof target === 'object' && target !== null
    ? { ...follow(target, root, seen), ...beside }
    : beside;
}

/** Whether anything says which types a value may have. */
function restrictsType({ type, enum: values, ...schema }: Schema): boolean {
  return type !== undefined || values !== undefined || 'const' in schema;
}

function allowsNull(schema: Schema): boolean {
  if ('const' in schema) return schema.const === null;
  if (schema.enum && !schema.enum.includes(null)) return false;
  return schema.type !== undefined ? [schema.type].flat().includes('null') : !!schema.enum;
}

/** An alternative without null; undefined where nothing is left. */
function withoutNull(schema: Schema): Schema | undefined {
  if ('const' in schema && schema.const === null) return undefined;
  let rest = schema;
  if (schema.enum?.includes(null)) {
    rest = { ...rest, enum: schema.enum.filter((value) => value !== null) };
    if (rest.enum?.length === 0) return undefined;
  }
  if (rest.type === 'null') return undefined;
  if (Array.isArray(rest.type)) {
    const types = rest.type.filter((type) => type !== 'null');
    const [first] = types;
    if (first === undefined) return undefined;
    rest = { ...rest, type: types.length === 1 ? first : types };
  }
  return rest;
}

/** Every alternative of one side together with every one of the other, where both can hold. */
function cross(left: Schema[], right: Schema[]): Schema[] {
  return left.flatMap((a) => right.map((b) => merge(a, b)).filter((one) => one !== undefined));
}

/** One schema that says what both say; undefined where no type is left. */
function merge(a: Schema, b: Schema): Schema | undefined {
  const merged: Schema = { ...a, ...b };
  const types = intersect(typesOf(a), typesOf(b));
  if (types) {
    if (types.length === 0) return undefined;
    merged.type = types;
  }
  if (a.enum && b.enum) {
    merged.enum = a.enum.filter((value) => b.enum?.includes(value));
    if (merged.enum.length === 0) return undefined;
  }
  if ('const' in a && 'const' in b && a.const !== b.const) return undefined;
  const required = new Set([...(a.required ?? []), ...(b.required ?? [])]);
  if (required.size > 0) merged.required = [...required];
  if (a.properties || b.properties) {
    merged.properties = { ...a.properties };
    for (const [name, schema] of Object.entries(b.properties ?? {})) {
      const other = merged.properties[name];
      merged.properties[name] =
        other === undefined || other === schema ? schema : { allOf: [other, schema] };
    }
  }
  for (const [name, tighter] of bounds) {
    const both = [a[name], b[name]].filter((bound) => typeof bound === 'number');
    if (both.length > 0) Object.assign(merged, { [name]: tighter(...both) });
  }
  return merged;
}

const bounds = [
  ['minimum', Math.max],
  ['exclusiveMinimum', Math.max],
  ['minLength', Math.max],
  ['minItems', Math.max],
  ['minProperties', Math.max],
  ['maximum', Math.min],
  ['exclusiveMaximum', Math.min],
  ['maxLength', Math.min],
  ['maxItems', Math.min],
  ['maxProperties', Math.min],
] as const;

function typesOf({ type }: Schema): string[] | undefined {
  return type === undefined ? undefined : [type].flat();
}

/** Types in both lists; an integer is a number. */
function intersect(a: string[] | undefined, b: string[] | undefined): string[] | undefined {
  if (!a || !b) return a ?? b;
  const both = (one: string[], other: string[]) =>
    one.filter((type) => other.includes(type) || (type === 'integer' && other.includes('number')));
  return [...new Set([...both(a, b), ...both(b, a)])];
}
