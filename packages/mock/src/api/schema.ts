import { isAnnotation, schemaKey } from './schema-key.ts';

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
  propertyNames?: Schema | boolean;
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
  readOnly?: boolean;
  writeOnly?: boolean;
  /** The name of the schema in the document, where references to others stay: see `kept-references.ts` of codegen. */
  'x-kept-schema'?: string;
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
  return readShape(schema, {
    root: root ?? schema,
    seen: new Set(),
    left: maxParts,
    isPartial: false,
  });
}

/** How a schema is being read. */
interface Reading {
  /** What its references are about. */
  root: object;
  /** The references that are being followed. */
  seen: Set<Schema>;
  /** How many parts are read at most from here on. */
  left: number;
  /** Whether a part was left out, because a reference led to itself or nowhere: such shapes are not kept. */
  isPartial: boolean;
}

/** The parts of one schema that are read. */
const maxParts = 20_000;

/** The alternatives of a schema that are told apart. Unions of unions may have more than could ever be listed. */
const maxAlternatives = 500;
/** How much is copied to combine the alternatives of two parts: each combination, and each property in it. */
const maxCopied = 2_000;

/** The first alternative of a schema that is an object with properties, or undefined. */
export function objectOf(schema: Schema | boolean | undefined): Schema | undefined {
  return shapeOf(schema).alternatives.find(({ properties }) => properties !== undefined);
}

/** The alternatives of a schema that are objects with properties. */
export function objectsOf(schema: Schema | boolean | undefined): Schema[] {
  return shapeOf(schema).alternatives.filter(({ properties }) => properties !== undefined);
}

const unions = new WeakMap<Shape, Schema>();

/** One object with the properties of all alternatives; it requires what each of them does. */
export function unionOf(schema: Schema | boolean | undefined): Schema | undefined {
  const [first, ...others] = objectsOf(schema);
  if (!first || others.length === 0) return first;
  const shape = shapeOf(schema);
  const known = unions.get(shape);
  if (known) return known;
  const all = [first, ...others];
  const found = new Map<string, Map<unknown, Schema | boolean>>();
  for (const { properties = {} } of all) {
    for (const [name, property] of Object.entries(properties)) {
      const distinct = found.get(name) ?? new Map<unknown, Schema | boolean>();
      const key = typeof property === 'object' ? schemaKey(property) : property;
      if (!distinct.has(key)) distinct.set(key, property);
      found.set(name, distinct);
    }
  }
  const properties = [...found].map(([name, distinct]): [string, Schema | boolean] => {
    const [only = true, ...rest] = distinct.values();
    return [name, rest.length === 0 ? only : { anyOf: [only, ...rest] }];
  });
  const open = all.find(({ additionalProperties }) => additionalProperties);
  const union: Schema = {
    ...(open ?? first),
    properties: Object.fromEntries(properties),
    required: (first.required ?? []).filter((name) =>
      others.every(({ required }) => required?.includes(name)),
    ),
  };
  unions.set(shape, union);
  return union;
}

/** The schema of a property, or undefined: what any alternative says of it. */
export function propertyOf(
  schema: Schema | boolean | undefined,
  name: string,
): Schema | boolean | undefined {
  const { properties } = unionOf(schema) ?? {};
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The schema of a property, or of one at a path with dots: `metadata.name`. */
export function propertyAt(
  schema: Schema | boolean | undefined,
  path: string,
): Schema | boolean | undefined {
  const own = propertyOf(schema, path);
  const [, first, rest] = /^([^.]+)\.(.+)$/.exec(path) ?? [];
  if (own !== undefined || first === undefined || rest === undefined) return own;
  return propertyAt(propertyOf(schema, first), rest);
}

/** Reads a schema. Each part is read once, however many unions it is part of. */
function readShape(schema: Schema, reading: Reading): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  reading.left -= 1;
  if (reading.left < 0) {
    reading.isPartial = true;
    return { nullable: false, alternatives: [{}] };
  }
  const before = reading.isPartial;
  reading.isPartial = false;
  const followed: Schema[] = [];
  const target = follow(schema, reading, followed);
  const shape = shapes.get(target) ?? compose(target, reading);
  for (const one of followed) reading.seen.delete(one);
  // A target on its own may be part of another document: its shape is kept where nothing in it was left out.
  if (!reading.isPartial) shapes.set(target, shape);
  if (!reading.isPartial || reading.seen.size === 0) shapes.set(schema, shape);
  reading.isPartial ||= before;
  return shape;
}

function compose(schema: Schema, reading: Reading): Shape {
  const { allOf, anyOf, oneOf, nullable, ...own } = schema;
  let alternatives: Schema[] = [own];
  // `nullable` belongs to the type beside it; the parts of a composition say for themselves.
  let mayBeNull = nullable === true || allowsNull(own) || !restrictsType(own);
  for (const part of allOf ?? []) {
    if (typeof part !== 'object') continue;
    const shape = readShape(part, reading);
    mayBeNull = mayBeNull && shape.nullable;
    alternatives = cross(alternatives, shape.alternatives);
  }
  for (const choices of [anyOf, oneOf]) {
    if (!choices) continue;
    const read = choices.map((part) =>
      typeof part === 'object'
        ? readShape(part, reading)
        : { nullable: part, alternatives: part ? [{}] : [] },
    );
    mayBeNull = mayBeNull && read.some((shape) => shape.nullable);
    const distinct = new Set<Schema>();
    for (const shape of read) {
      for (const one of shape.alternatives) if (distinct.size < maxAlternatives) distinct.add(one);
    }
    alternatives = cross(alternatives, [...distinct]);
  }
  const bare = !(allOf || anyOf || oneOf || restrictsType(own) || nullable);
  return {
    nullable: mayBeNull && !bare,
    alternatives: alternatives.map(withoutNull).filter((one) => one !== undefined),
  };
}

/** @param followed gets the references on the way */
function follow(schema: Schema, reading: Reading, followed: Schema[]): Schema {
  if (schema.$ref === undefined) return schema;
  if (reading.seen.has(schema)) {
    reading.isPartial = true;
    return {};
  }
  reading.seen.add(schema);
  followed.push(schema);
  let target: unknown = schema.$ref.startsWith('#') ? reading.root : undefined;
  for (const part of schema.$ref.replace(/^#\/?/, '').split('/')) {
    if (part === '') continue;
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    target = (target as Record<string, unknown> | undefined)?.[name];
  }
  const { $ref, ...beside } = schema;
  if (typeof target !== 'object' || target === null) {
    reading.isPartial = true;
    return beside;
  }
  const found = follow(target, reading, followed);
  return Object.keys(beside).length === 0 ? found : { ...found, ...beside };
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
  const merged: Schema[] = [];
  let budget = maxCopied;
  for (const a of left) {
    for (const b of right) {
      if (merged.length === maxAlternatives || budget < 0) return merged;
      budget -= 1 + sizeOf(a.properties, b.properties);
      const one = merge(a, b);
      if (one) merged.push(one);
    }
  }
  return merged;
}

/** How many properties are copied to merge these; none where only one side has any. */
function sizeOf(a: Schema['properties'], b: Schema['properties']): number {
  return a && b ? Object.keys(a).length + Object.keys(b).length : 0;
}

/** One schema that says what both say; undefined where no type is left. */
function merge(a: Schema, b: Schema): Schema | undefined {
  // The same object for the same alternative: unions of unions have it many times.
  if (Object.keys(a).length === 0) return b;
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
  if (a.properties && b.properties) {
    merged.properties = { ...a.properties };
    for (const [name, schema] of Object.entries(b.properties)) {
      const other = merged.properties[name];
      merged.properties[name] =
        other === undefined || other === schema ? schema : { allOf: [other, schema] };
    }
  }
  // What says more than the schema of that name is another one.
  if (merged['x-kept-schema'] !== undefined && !Object.keys(a).every(isAnnotation))
    if (!Object.keys(b).every(isAnnotation)) delete merged['x-kept-schema'];
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
