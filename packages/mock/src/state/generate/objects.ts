import { type Schema, shapeOf } from '../../api/schema.ts';
import { marksAbsence } from './deletion.ts';
import { type Compile, deepest, isFull, type Maker, type Place } from './maker.ts';
import { fraction, hash, mix, pick } from './random.ts';
import { beginningOf, isBeginning, later, type TimeUnit, timeUnitOf, writeTime } from './times.ts';
import { nouns } from './words.ts';

/** One property, and all that decides its value. */
interface Property {
  name: string;
  make: Maker;
  /** Own for each property: what one is made from does not change when another is added to the spec. */
  salt: number;
  optional: boolean;
  nullable: boolean;
  /** Whether it is a plain boolean, whose chance is that of true. */
  flag: boolean;
  /** Whether a flag is true by default. */
  isTrue: boolean;
  chance: number | undefined;
  time: TimeUnit | undefined;
  /** The index of the time that this one comes after. */
  after: number | undefined;
  /** The index of the flag without which the property is not set. */
  when: number | undefined;
}

/** How often a property that may be left out or null is set, and a flag is true, where the spec does not say. */
const usuallySet = 0.9;
const usuallyTrue = 0.3;
/** How often a flag is set that may be left out or null: its chance is that of true. */
const flagSet = 0.94;

/** Compiles an object's schema into a function that makes such objects: `x-mock` of each property decides how often. */
export function compileObject(schema: Schema, root: object, compileValue: Compile): Maker {
  const properties = propertiesOf(schema, root, compileValue);
  const order = inOrder(properties);
  const extra = compileExtra(schema, root, compileValue);
  let isDeep = false;
  const make: Maker = (place, seed) => {
    const values: unknown[] = [];
    const times: (number | undefined)[] = [];
    const made = place.made ?? { count: 0 };
    made.count += order.length;
    const inner: Place = { ...place, depth: place.depth + 1, made };
    const beginning = beginningOf(seed);
    for (const at of order) {
      const property = properties[at] as Property;
      const own = mix(seed, property.salt);
      if (!isSet(property, values, inner, own)) {
        values[at] = unset(property, own);
        continue;
      }
      if (property.time) {
        const before = property.after === undefined ? undefined : times[property.after];
        const starts = property.after === undefined && isBeginning(property.name);
        const time = starts ? beginning : later(before ?? beginning, own);
        times[at] = time;
        values[at] = writeTime(time, property.time);
      } else if (property.flag) {
        const chance = property.chance ?? (property.isTrue ? usuallySet : usuallyTrue);
        values[at] = inner.persona.exemplary ? chance >= 0.5 : fraction(own, 41) < chance;
      } else {
        values[at] = property.make(inner, own);
      }
    }
    const object: Record<string, unknown> = {};
    for (let i = 0; i < properties.length; i += 1) {
      if (values[i] !== undefined) define(object, (properties[i] as Property).name, values[i]);
    }
    extra?.(object, inner, seed);
    return object;
  };
  return (place, seed) => {
    if (place.depth <= deepest) return make(place, seed);
    // A schema that requires itself has no value that ends.
    if (isDeep) return {};
    isDeep = true;
    try {
      return make(place, seed);
    } finally {
      isDeep = false;
    }
  };
}

function propertiesOf(schema: Schema, root: object, compileValue: Compile): Property[] {
  const entries = Object.entries(schema.properties ?? {}).filter(([, one]) => one !== false);
  const names = entries.map(([name]) => name);
  const indexOf = (name: string | undefined) => {
    const at = name === undefined ? -1 : names.indexOf(name);
    return at < 0 ? undefined : at;
  };
  return entries.map(([name, one]): Property => {
    const shape = shapeOf(one, root);
    const [first = {}] = shape.alternatives;
    const mock = first['x-mock'] ?? {};
    const flagName = /^(.*)(?:_at|At)$/.exec(name)?.[1];
    const flagAt = indexOf(flagName);
    const isFlagTime =
      flagAt !== undefined && isFlag(shapeOf(entries[flagAt]?.[1], root).alternatives[0]);
    return {
      name,
      make: compileValue(one, name, root),
      salt: hash(name),
      optional: !schema.required?.includes(name),
      nullable:
        shape.nullable &&
        shape.alternatives.length > 0 &&
        (mock.chance !== undefined || !hasNull(one)),
      flag: shape.alternatives.length === 1 && isFlag(first),
      isTrue: first.default === true,
      // What is there is neither deleted nor archived.
      chance: mock.chance ?? (marksAbsence(name) ? 0 : undefined),
      time: isFree(first) ? timeUnitOf(first, name) : undefined,
      after: indexOf(mock.after),
      when: indexOf(mock.when) ?? (isFlagTime ? flagAt : undefined),
    };
  });
}

/**
 * Prism adds null to the enum of what is `nullable` in OpenAPI 3.0, where only the document's own values are allowed.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#schema-object for null and `enum`
 */
function hasNull(schema: Schema | boolean): boolean {
  return typeof schema === 'object' && (schema.enum ?? []).includes(null);
}

function isFlag(schema: Schema | undefined): boolean {
  if (!schema || schema['x-faker'] || !isFree(schema)) return false;
  return schema.type === 'boolean';
}

/** Whether no keyword says which values there are, or how they look. */
function isFree(schema: Schema): boolean {
  const keywords = ['const', 'enum', 'pattern', 'multipleOf', 'minLength', 'maxLength'];
  return !keywords.some((keyword) => keyword in schema);
}

/** The properties' indexes, each after those that it depends on. */
function inOrder(properties: readonly Property[]): number[] {
  const order = new Set<number>();
  const visit = (at: number, above: readonly number[]) => {
    if (order.has(at) || above.includes(at)) return;
    const { after, when } = properties[at] as Property;
    for (const needed of [after, when]) if (needed !== undefined) visit(needed, [...above, at]);
    order.add(at);
  };
  for (let at = 0; at < properties.length; at += 1) visit(at, []);
  return [...order];
}

function isSet(property: Property, values: unknown[], place: Place, seed: number): boolean {
  const { optional, nullable, when, flag, chance } = property;
  if (!optional && !nullable) return true;
  if (when !== undefined) return values[when] === true;
  if (isFull(place)) return false;
  if (flag) return place.persona.exemplary || fraction(seed, 42) < flagSet;
  const often = chance ?? usuallySet;
  return place.persona.exemplary ? often >= 0.5 : fraction(seed, 42) < often;
}

function unset({ optional, nullable }: Property, seed: number): null | undefined {
  if (!optional) return null;
  return nullable && fraction(seed, 43) < 0.5 ? null : undefined;
}

/** What an object has besides the properties that the schema names: what it requires, and a little that it allows. */
function compileExtra(schema: Schema, root: object, compileValue: Compile) {
  const {
    properties = {},
    required = [],
    additionalProperties,
    minProperties = 0,
    propertyNames,
  } = schema;
  const missing = required.filter((name) => !Object.hasOwn(properties, name));
  const open = additionalProperties !== undefined && additionalProperties !== false;
  const wanted = Math.max(minProperties, open && Object.keys(properties).length === 0 ? 1 : 0);
  if (missing.length === 0 && wanted === 0) return undefined;
  const other = additionalProperties === false ? true : (additionalProperties ?? true);
  const makers = new Map(missing.map((name) => [name, compileValue(other, name, root)]));
  const make = compileValue(other, '', root);
  const nameOf = propertyNames === undefined ? undefined : compileValue(propertyNames, '', root);
  return (object: Record<string, unknown>, place: Place, seed: number): void => {
    for (const [name, maker] of makers) define(object, name, maker(place, mix(seed, hash(name))));
    const least = isFull(place) ? minProperties : wanted;
    for (let i = 0; Object.keys(object).length < least && i < least * 4; i += 1) {
      const name = nameOf
        ? String(nameOf(place, mix(seed, 70 + i)))
        : `${pick(nouns, seed, 50 + i)}${i > 0 ? i : ''}`;
      if (!Object.hasOwn(object, name)) define(object, name, make(place, mix(seed, 60 + i)));
    }
  };
}

/** Sets a property of its own, even one called `__proto__`. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    const own = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(object, name, own);
  } else object[name] = value;
}
