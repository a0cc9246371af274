import type { Document, Schema } from './document.ts';
import { deref } from './reference.ts';

/** A property of an object schema, wherever in it the property is stated. */
interface Property {
  schema: Schema;
  required: boolean;
}

/** An object schema, read with all of its parts. */
export type Shape = Map<string, Property>;

/**
 * The properties that a schema has, through references, `allOf` and the spellings of "or null". Of alternatives that
 * are all objects, the properties that they share. Empty if the schema is not an object.
 */
export function shapeOf(
  document: Document,
  schema: Schema | undefined,
  known: Map<Schema, Shape> = new Map(),
): Shape {
  const shape: Shape = new Map();
  const resolved = deref(document, schema);
  if (!resolved) return shape;
  // Each schema is read once, so recursion ends.
  const before = known.get(resolved);
  if (before) return before;
  known.set(resolved, shape);
  for (const part of resolved.allOf ?? []) merge(shape, shapeOf(document, part, known));
  const alternatives = nonNull(document, resolved.anyOf ?? resolved.oneOf ?? []);
  const [first, ...others] = alternatives.map((part) => shapeOf(document, part, known));
  if (first) {
    for (const [name, property] of first) {
      if (others.every((other) => other.has(name))) merge(shape, new Map([[name, property]]));
    }
  }
  const own = Object.entries(resolved.properties ?? {}).map(
    ([name, property]): [string, Property] => [name, { schema: property, required: false }],
  );
  merge(shape, new Map(own));
  for (const name of resolved.required ?? []) {
    const property = shape.get(name);
    if (property) shape.set(name, { ...property, required: true });
  }
  return shape;
}

/** The types of a document's schemas that are known already. Only valid while nothing changes the document. */
export type KnownTypes = Map<Schema, Set<string>>;

/** The schema of an array's items, through references and "or null"; undefined if the schema is not an array. */
export function itemsOf(
  document: Document,
  schema: Schema | undefined,
  known?: KnownTypes,
): Schema | undefined {
  const resolved = withoutNull(document, schema);
  const isArray = resolved && typesOf(document, resolved, known).has('array');
  return isArray ? (resolved.items ?? {}) : undefined;
}

/**
 * The types that a value may have, without `null`.
 *
 * @param known keeps the types of the parts for further calls: many schemas may have the same parts
 */
export function typesOf(
  document: Document,
  schema: Schema | undefined,
  known: KnownTypes = new Map(),
): Set<string> {
  const read: KnownTypes = new Map();
  const active = new Set<Schema>();
  let isCircular = false;
  const visit = (part: Schema | undefined): Set<string> => {
    const resolved = deref(document, part);
    if (!resolved) return new Set();
    if (active.has(resolved)) isCircular = true;
    const before = known.get(resolved) ?? read.get(resolved);
    if (before) return before;
    const found = new Set<string>();
    read.set(resolved, found);
    active.add(resolved);
    for (const type of [resolved.type ?? []].flat()) if (type !== 'null') found.add(type);
    if (found.size === 0) {
      const { allOf = [], anyOf = [], oneOf = [], properties, items } = resolved;
      for (const one of [...allOf, ...anyOf, ...oneOf])
        for (const type of visit(one)) found.add(type);
      if (found.size === 0 && properties) found.add('object');
      if (found.size === 0 && items) found.add('array');
      if (found.size === 0) for (const value of valuesOf(resolved)) found.add(typeof value);
    }
    active.delete(resolved);
    return found;
  };
  const found = visit(schema);
  // In a circle, the parts were read before all of their types were known.
  if (!isCircular) for (const [part, types] of read) known.set(part, types);
  return found;
}

/** The other schema of a "this or null" union; otherwise the schema itself. */
export function withoutNull(document: Document, schema: Schema | undefined): Schema | undefined {
  const resolved = deref(document, schema);
  const alternatives = nonNull(document, resolved?.anyOf ?? resolved?.oneOf ?? []);
  if (alternatives.length === 1) return withoutNull(document, alternatives[0]);
  const [only, ...others] = resolved?.allOf ?? [];
  if (only && others.length === 0 && !resolved?.properties) return withoutNull(document, only);
  return resolved;
}

/** The values that a schema lists, if it does. */
export function valuesOf(schema: Schema): unknown[] {
  if ('const' in schema) return [schema.const];
  return schema.enum ?? [];
}

function nonNull(document: Document, alternatives: readonly Schema[]): Schema[] {
  return alternatives.filter((part) => {
    const { type } = deref(document, part) ?? {};
    return type !== 'null';
  });
}

function merge(into: Shape, from: Shape): void {
  for (const [name, property] of from) {
    const required = property.required || (into.get(name)?.required ?? false);
    into.set(name, { ...property, required });
  }
}
