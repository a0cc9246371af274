import type { Schema } from '../api/types.ts';

/** Schemas that references lead to, by name. */
export type Definitions = Readonly<Record<string, Schema>> | undefined;

const prefix = '#/__bundled__/';
/** References that lead to references. */
const mostHops = 20;

/** The schema that a reference leads to; undefined if it leads nowhere. */
export function resolve(schema: Schema | undefined, definitions: Definitions): Schema | undefined {
  let current = schema;
  for (let hops = 0; current?.$ref !== undefined; hops += 1) {
    if (hops === mostHops || !current.$ref.startsWith(prefix)) return undefined;
    const [name = '', ...path] = current.$ref.slice(prefix.length).split('/').map(unescapePart);
    let found: unknown = ownValue(definitions, name);
    for (const key of path) found = ownValue(found, key);
    current = typeof found === 'object' && found !== null ? (found as Schema) : undefined;
  }
  return current;
}

function ownValue(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** A part of a JSON pointer. */
function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What stands one level below a schema. */
export interface Level {
  properties: { name: string; schema: Schema; required: boolean }[];
  /** The alternatives, if one of them has levels of its own. */
  alternatives: Schema[];
  /** The items of an array, or the values of other properties. */
  others: { title: string; schema: Schema } | undefined;
}

/** The level below a schema; undefined if there is none. */
export function levelOf(
  schema: Schema | undefined,
  definitions: Definitions,
  depth = 0,
): Level | undefined {
  const own = resolve(schema, definitions);
  if (!own || depth > mostHops) return undefined;
  const parts = [own, ...allOf(own, definitions, 0)];
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const named = new Map(parts.flatMap((part) => Object.entries(part.properties ?? {})));
  const properties = [...named].map(([name, one]) => ({
    name,
    schema: one,
    required: required.has(name),
  }));
  const given = parts.flatMap((part) => [...(part.anyOf ?? []), ...(part.oneOf ?? [])]);
  const alternatives = given.filter((one) => resolve(one, definitions)?.type !== 'null');
  const [only, ...rest] = alternatives;
  // One alternative beside null is that schema.
  if (properties.length === 0 && only && rest.length === 0)
    return levelOf(only, definitions, depth + 1);
  const opens = (one: Schema) => isNested(one, definitions);
  const others = parts.map((part) => othersOf(part)).find((one) => one !== undefined);
  const level: Level = {
    properties,
    alternatives: alternatives.some(opens) ? alternatives : [],
    others: others && (others.isArray ? opens(others.schema) : true) ? others : undefined,
  };
  const isEmpty = level.properties.length === 0 && level.alternatives.length === 0 && !level.others;
  return isEmpty ? undefined : level;
}

function othersOf({ items, additionalProperties }: Schema) {
  if (items) return { title: 'each item', schema: items, isArray: true };
  return typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0
    ? { title: 'each other property', schema: additionalProperties, isArray: false }
    : undefined;
}

/** The parts of `allOf`, those of parts included. */
function allOf({ allOf: parts = [] }: Schema, definitions: Definitions, depth: number): Schema[] {
  if (depth > mostHops) return [];
  return parts.flatMap((part) => {
    const found = resolve(part, definitions);
    return found ? [found, ...allOf(found, definitions, depth + 1)] : [];
  });
}

/** Whether a schema has properties, items with properties, or alternatives that have. */
function isNested(schema: Schema, definitions: Definitions, depth = 0): boolean {
  const own = resolve(schema, definitions);
  if (!own || depth > mostHops) return false;
  const { properties, additionalProperties, items, anyOf = [], oneOf = [], allOf: all = [] } = own;
  if (properties || typeof additionalProperties === 'object') return true;
  const parts = [...(items ? [items] : []), ...anyOf, ...oneOf, ...all];
  return parts.some((part) => isNested(part, definitions, depth + 1));
}
