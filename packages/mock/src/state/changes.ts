import { objectOf, type Schema, shapeOf, unionOf } from '../api/schema.ts';
import { isObject } from '../lib/is-object.ts';
import { branchOf, isAlike } from './branch.ts';
import { fits } from './generate/fits.ts';
import { plainName } from './page-parts.ts';
import type { Item } from './store.ts';

/** What a request wants of an item, by the names of its properties. */
export type Changes = Record<string, unknown>;

/**
 * The properties of a body that its item has. Bodies often name what the item holds as a whole, as with `labels: ['bug']`
 * for a list of objects: what is of another kind than the item's property is left out.
 */
export function changesIn(schema: Schema, body: unknown): Changes {
  const { properties = {}, additionalProperties } = unionOf(schema) ?? {};
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  const changes: Changes = {};
  for (const [name, value] of Object.entries(
    renamed(propertiesOf(body), Object.keys(properties)),
  )) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) {
      if (isOpen) changes[name] = value;
    } else if (value === null || isAlike(property, value, schema)) {
      changes[name] = value;
    } else if (!Array.isArray(value) && isAlike(property, [value], schema)) {
      // One of what the item has several of.
      changes[name] = [value];
    }
  }
  return changes;
}

/** How many properties of a body are named that an item does not take: the first ones tell what is wrong. */
const mostUnstored = 10;

/**
 * The properties of a body that an item does not take. Those that the document calls write-only are in no answer.
 *
 * @param body the schema of the body
 */
export function unstoredIn(body: Schema | undefined, given: unknown, changes: Changes): string[] {
  const stored = new Set(Object.keys(changes).map(plainName));
  const { properties = {} } = unionOf(body) ?? {};
  const isSecret = (name: string) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return typeof property === 'object' && property?.writeOnly === true;
  };
  return Object.keys(propertiesOf(given))
    .filter((name) => !stored.has(plainName(name)) && !isSecret(name))
    .slice(0, mostUnstored);
}

/** A body whose properties have the names that the item's have: some APIs take `FriendlyName` and give `friendly_name`. */
function renamed(body: Changes, names: readonly string[]): Changes {
  const others = Object.keys(body).filter((name) => !names.includes(name));
  if (others.length === 0) return body;
  const free = names.filter((name) => !Object.hasOwn(body, name));
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => {
    if (!others.includes(name)) return [name, value];
    const alike = free.filter((one) => plainName(one) === plainName(name));
    return [alike.length === 1 ? (alike[0] ?? name) : name, value];
  });
  return Object.fromEntries(entries);
}

/** An item without what a replacing body could have said, and did not; what the schema requires beside it stays. */
export function withoutProperties(
  item: Item,
  replaced: readonly string[],
  schema: Schema,
  asked: Changes,
): Changes {
  const required = branchOf(schema, { ...item, ...asked }, asked)?.required ?? [];
  const isKept = (name: string) => !replaced.includes(name) || required.includes(name);
  return Object.fromEntries(Object.entries(item).filter(([name]) => isKept(name)));
}

/**
 * Changes of a merge patch, whose objects change the properties that they have, and leave out what is null.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7396
 */
export function mergedWith(item: Item, changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const own = item[name];
      if (!isObject(value) || !isObject(own)) return [name, value];
      const inner = { ...own, ...mergedWith(own, value) };
      return [name, Object.fromEntries(Object.entries(inner).filter(([, part]) => part !== null))];
    }),
  );
}

/**
 * Changes of a body that changes what it names alone: the properties of an object that it leaves out stay. An object whose
 * properties the document does not name, or that may be one of several, is a value as a whole.
 */
export function namedWith(item: Item, changes: Changes, schema: Schema): Changes {
  const { properties = {} } = branchOf(schema, { ...item, ...changes }, changes) ?? {};
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const own = item[name];
      const { alternatives } = shapeOf(properties[name], schema);
      const [part, ...others] = alternatives;
      const isNamed = part?.properties !== undefined && others.length === 0;
      if (!isNamed || !isObject(value) || !isObject(own)) return [name, value];
      return [name, { ...own, ...namedWith(own, value, part) }];
    }),
  );
}

/** A copy of a body's properties; none where it is not an object. */
export function propertiesOf(body: unknown): Changes {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (structuredClone(body) as Changes)
    : {};
}

/** What a body is taken to say where it leaves out a property. */
export function defaultsOf(body: Schema | undefined): Changes {
  const entries = Object.entries(objectOf(body)?.properties ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, property]) => {
      const [shape] = shapeOf(property).alternatives;
      const isSaid = shape && 'default' in shape && shape.default !== null;
      return isSaid ? [[name, shape.default]] : [];
    }),
  );
}

/**
 * What the required properties of an item are that a request creates, where it does not say: their default, else null or
 * the first of the values that they may have. Others are generated.
 */
export function firstValues(item: Schema): Changes {
  const object = objectOf(item);
  const entries = (object?.required ?? []).flatMap((name) => {
    const { alternatives, nullable } = shapeOf(object?.properties?.[name], item);
    const [first, ...others] = alternatives;
    if (!first || others.length > 0) return [];
    const value = first.default ?? (nullable ? null : first.enum?.[0]);
    const isAllowed = value === null ? nullable : fits(first, value);
    return value === undefined || !isAllowed ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** The properties that a replacing body could have said. */
export function replacedBy(body: Schema | undefined): string[] {
  const properties = Object.entries(unionOf(body)?.properties ?? {});
  return properties.flatMap(([name, property]) => {
    const isSent = typeof property !== 'object' || property.readOnly !== true;
    return isSent ? [name] : [];
  });
}
