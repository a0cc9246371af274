import { objectOf, objectsOf, type Schema, shapeOf } from '../api/schema.ts';
import { branchOf } from './branch.ts';
import { fits } from './generate/fits.ts';
import { hash, mix } from './generate/random.ts';
import { compileValue } from './generate/values.ts';
import { outcomeOf } from './outcome.ts';
import { isSameObject } from './same-schema.ts';
import { freeze, type Item } from './store.ts';

/** What an answer can be made of. */
export interface Sources {
  /** The item that the operation is about, then those that it belongs to. */
  items: readonly { item: Item; schema: Schema }[];
  /** What the request says: path parameters, and the properties of its body. */
  values: Readonly<Record<string, unknown>>;
  /** Whether the operation deletes: a boolean that nothing else is known about says that it is done. */
  isDelete: boolean;
  /** The property that holds the item, where an answer is an object around it: `{ "droplet": { … } }`. */
  wrapper?: string | undefined;
  /** The spec's example of the answer. */
  example: unknown;
  seed: number;
  root: object;
  /** The objects that are being filled from an item, for a schema that refers to itself. */
  filling?: readonly Schema[];
}

/**
 * Fills an answer's schema from what is known: constants, the items, the request, objects that an item can fill, the
 * spec's example, and generated values for what is required beyond them. An answer that is an item is that item itself.
 */
export function project(schema: Schema, sources: Sources): unknown {
  const whole = sources.items.find((one) => isSameObject(schema, one.schema));
  if (whole) return whole.item;
  const [about] = sources.items;
  const object = about ? branchOf(schema, about.item) : objectOf(schema);
  if (about && isAnything(schema)) return about.item;
  if (!object) return generate(schema, '', sources);
  return freeze(fill(object, sources, sources.example));
}

/** Whether a schema says nothing of its values, as those of handlers that return any type. */
function isAnything(schema: Schema): boolean {
  const {
    title: _,
    description: __,
    $schema: ___,
    ...rest
  } = schema as Schema & Record<string, unknown>;
  return Object.keys(rest).every((name) => name.startsWith('x-') || name.startsWith('__'));
}

function fill(object: Schema, sources: Sources, example: unknown): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(object.properties ?? {})) {
    const isRequired = object.required?.includes(name) ?? false;
    const value = propertyValue(name, property, isRequired, sources, example);
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}

function propertyValue(
  name: string,
  property: Schema | boolean,
  isRequired: boolean,
  sources: Sources,
  example: unknown,
): unknown {
  if (name === sources.wrapper && typeof property === 'object') {
    const inner = (example as Record<string, unknown> | null | undefined)?.[name];
    return project(property, { ...sources, wrapper: undefined, example: inner });
  }
  const { alternatives, nullable } = shapeOf(property, sources.root);
  const [only] = alternatives.length === 1 ? alternatives : [];
  if (only && 'const' in only) return only.const;
  if (only?.enum?.length === 1) return only.enum[0];

  const related = sources.items.find((one) => isSameObject(property, one.schema));
  if (related) return related.item;
  const isAllowed = (value: unknown) =>
    value === null ? nullable : alternatives.some((one) => allows(one, value));
  const [about] = sources.items;
  for (const known of [about?.item, sources.values]) {
    if (!known || !Object.hasOwn(known, name)) continue;
    const value = asNumber(known[name], alternatives);
    if (isAllowed(value)) return value;
  }
  const { filling = [] } = sources;
  for (const object of objectsOf(property)) {
    const filler = sources.items.find(({ item }) => canFill(object, item));
    if (filler && !filling.includes(object))
      return fill(
        object,
        { ...sources, items: [filler], filling: [...filling, object] },
        undefined,
      );
  }

  const outcome = outcomeOf(name, alternatives, nullable);
  if (sources.isDelete && only?.type === 'boolean') return outcome ?? true;
  const shown = (example as Record<string, unknown> | null | undefined)?.[name];
  if (isRequired && typeof shown !== 'object' && shown !== undefined && isAllowed(shown))
    return shown;
  if (outcome !== undefined && (isRequired || outcome !== null)) return outcome;
  if (!isRequired) return undefined;
  return generate(property, name, sources);
}

/** Whether a value is one of a schema's, as far as its outermost part shows. */
function allows(schema: Schema, value: unknown): boolean {
  return fits(typeof value === 'object' ? { type: schema.type ?? typeName(value) } : schema, value);
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A path parameter is a text, even where the answer has a number. */
function asNumber(value: unknown, alternatives: readonly Schema[]): unknown {
  const isNumber = alternatives.some(({ type }) => type === 'integer' || type === 'number');
  return isNumber && typeof value === 'string' && value !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

/** Whether an item has everything that an object's schema requires, constants aside, and at least something. */
function canFill(object: Schema, item: Item): boolean {
  const names = (object.required ?? []).filter((name) => {
    const [first = {}] = shapeOf(object.properties?.[name]).alternatives;
    return !('const' in first) && first.enum?.length !== 1;
  });
  return names.length > 0 && names.every((name) => Object.hasOwn(item, name));
}

function generate(schema: Schema | boolean, name: string, sources: Sources): unknown {
  const seed = mix(sources.seed, hash(name));
  const persona = { seed, index: 0, exemplary: true, ids: {} };
  return compileValue(schema, name, sources.root)({ persona, row: 0, depth: 0 }, seed);
}
