import { type Schema, shapeOf } from '../../api/schema.ts';
import { compileArray } from './arrays.ts';
import { fakerMethods } from './faker.ts';
import { fits } from './fits.ts';
import { isFull, type Maker } from './maker.ts';
import { compileNumber } from './numbers.ts';
import { compileObject } from './objects.ts';
import { codeOf } from './persona.ts';
import { fraction, mix, pick } from './random.ts';
import { compileText, idPrefixOf, isKnownFormat } from './text.ts';

const makers = new WeakMap<object, Map<string, Maker>>();

/**
 * Compiles a schema into a function that makes values of it.
 *
 * @param name of the property that holds the value, which says what its text is about where the schema does not
 * @param root what the schema's references are relative to
 */
export function compileValue(schema: Schema | boolean, name: string, root: object): Maker {
  if (typeof schema !== 'object') return compileAlternative({}, name, root);
  const byName = makers.get(schema) ?? new Map<string, Maker>();
  makers.set(schema, byName);
  const known = byName.get(name);
  if (known) return known;
  // At once, a schema that holds itself would have no end.
  const maker = lazily(() => compile(schema, name, root));
  byName.set(name, maker);
  return maker;
}

/** One value of a schema, the same every time: what shows best what the schema is about. */
export function exampleValue(schema: Schema | boolean, root: object): unknown {
  const persona = { seed: 1, index: 0, exemplary: true, ids: {} };
  return compileValue(schema, '', root)({ persona, row: 0, depth: 0 }, 1);
}

function compile(schema: Schema, name: string, root: object): Maker {
  const { alternatives } = shapeOf(schema, root);
  const [first, ...others] = alternatives.map((one) =>
    lazily(() => compileAlternative(one, name, root)),
  );
  if (!first) return () => null;
  if (others.length === 0) return first;
  const plain = alternatives.findIndex((one) => !['object', 'array'].includes(typeOf(one)));
  const smallest = others[plain - 1] ?? first;
  return (place, seed) => {
    if (isFull(place)) return smallest(place, seed);
    return place.persona.exemplary || fraction(seed, 21) < 0.5
      ? first(place, seed)
      : pick(others, seed, 22)(place, seed);
  };
}

/** A maker that is compiled at its first call: of many alternatives, few are ever made. */
function lazily(compile: () => Maker): Maker {
  let compiled: Maker | undefined;
  return (place, seed) => {
    compiled ??= compile();
    return compiled(place, seed);
  };
}

function compileAlternative(schema: Schema, name: string, root: object): Maker {
  if ('const' in schema) return () => schema.const;
  const byType = compileType(schema, name, root);
  return (
    compileFaker(schema, byType) ??
    compileChoice(schema) ??
    compileExamples(schema, name) ??
    compileDefault(schema, byType) ??
    byType
  );
}

function compileFaker(schema: Schema, otherwise: Maker): Maker | undefined {
  const given = schema['x-faker'];
  const [name, argument] =
    typeof given === 'string' ? [given] : (Object.entries(given ?? {})[0] ?? []);
  const method =
    name !== undefined && Object.hasOwn(fakerMethods, name) ? fakerMethods[name] : undefined;
  if (!method) return undefined;
  return (place, seed) => {
    const value = method(place.persona, seed, argument);
    return value !== undefined && fits(schema, value) ? value : otherwise(place, seed);
  };
}

/** Null is a value only where there is no other: see `hasNull` of an object's properties. */
function compileChoice({ enum: given }: Schema): Maker | undefined {
  if (!given || given.length === 0) return undefined;
  const others = given.filter((value) => value !== null);
  const values = others.length > 0 ? others : given;
  return ({ persona, row }, seed) =>
    persona.exemplary ? values[row % values.length] : pick(values, seed);
}

function compileExamples(schema: Schema, name: string): Maker | undefined {
  const given = schema.examples ?? ('example' in schema ? [schema.example] : []);
  // An example object would be the same in every item: better one that is made from its properties.
  const examples = given.filter((one) => typeof one !== 'object' && fits(schema, one));
  // One address for all would be no good: a format makes as many as are wanted.
  if (examples.length === 0 || isKnownFormat(schema.format)) return undefined;
  const prefixes = examples.map(idPrefixOf);
  return ({ persona, row }, seed) => {
    const at = row % examples.length;
    const prefix = prefixes[at];
    if (prefix === undefined) return examples[at];
    const known = Object.hasOwn(persona.ids, prefix) ? persona.ids[prefix] : undefined;
    const id = known ?? `${prefix}${codeOf(mix(seed, name.length))}`;
    return fits(schema, id) ? id : examples[at];
  };
}

function compileDefault(schema: Schema, otherwise: Maker): Maker | undefined {
  if (!('default' in schema) || typeof schema.default === 'object') return undefined;
  if (!fits(schema, schema.default)) return undefined;
  return (place, seed) =>
    place.persona.exemplary || fraction(seed, 23) < 0.7 ? schema.default : otherwise(place, seed);
}

function compileType(schema: Schema, name: string, root: object): Maker {
  switch (typeOf(schema)) {
    case 'object':
      return compileObject(schema, root, compileValue);
    case 'array':
      return compileArray(schema, name, root, compileValue);
    case 'boolean':
      return (_, seed) => fraction(seed) < 0.3;
    case 'integer':
    case 'number': {
      const number = compileNumber(schema);
      return (_, seed) => number(seed);
    }
    case 'null':
      return () => null;
    default: {
      const text = compileText(schema, name);
      return ({ persona }, seed) => text(persona, seed);
    }
  }
}

/** The first type that a schema names, or else what its keywords are about. */
function typeOf(schema: Schema): string {
  const [type] = [schema.type ?? []].flat();
  if (type !== undefined) return type;
  if (schema.properties || schema.required || schema.additionalProperties) return 'object';
  if (schema.items || schema.prefixItems || schema.minItems !== undefined) return 'array';
  const numeric = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
  return numeric.some((keyword) => keyword in schema) ? 'number' : 'string';
}
